package dev.realmform.kubernetes;

import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.List;

/**
 * What is to be restarted.
 *
 * @param changes one for each workload: nothing of its files changes, and nothing of it is ours by it
 * @param notices why each of them is, and what a restart will not do
 */
public record Restarting(List<Change.Update> changes, List<Plan.Notice> notices) {

    /** Of nothing. */
    public static final Restarting NOTHING = new Restarting(List.of(), List.of());

    public Restarting {
        changes = List.copyOf(changes);
        notices = List.copyOf(notices);
    }
}
