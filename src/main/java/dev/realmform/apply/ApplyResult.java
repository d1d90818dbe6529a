package dev.realmform.apply;

import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.List;
import java.util.TreeMap;

/**
 * How an apply ended: every change of the plan is in exactly one of the lists, in the order in which they ended.
 *
 * @param done        what has been made
 * @param failed      what has not
 * @param skipped     what was not started
 * @param interrupted whether an interrupt was asked for before the end
 */
public record ApplyResult(List<ApplyEvent.Succeeded> done, List<ApplyEvent.Failed> failed,
        List<ApplyEvent.Skipped> skipped,
        boolean interrupted) {

    public ApplyResult {
        done = List.copyOf(done);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /** Whether the whole plan has been carried out. */
    public boolean isComplete() {
        return failed.isEmpty() && skipped.isEmpty();
    }

    /** The counts of what succeeded, counted as the plan counts. */
    public Plan.Counts counts() {
        List<Change> made = done.stream().map(ApplyEvent.Succeeded::change).toList();
        return new Plan(made, new TreeMap<>(), 0, List.of()).counts();
    }

    /**
     * The last line. Byte-stable when complete: {@code Apply complete! Resources: 1 added, 3 changed, 1 destroyed.}
     *
     * <p>When not, it says so, counts what was done all the same, and what was not.
     */
    public String summary() {
        Plan.Counts counts = counts();
        String resources = "Resources: " + counts.add() + " added, " + counts.change() + " changed, "
                + counts.destroy() + " destroyed";
        if (isComplete()) {
            return "Apply complete! " + resources + ".";
        }
        return "Apply incomplete! " + resources + "; " + failed.size() + " failed, " + skipped.size()
                + " not started.";
    }
}
