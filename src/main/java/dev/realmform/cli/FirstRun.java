package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Interrupt;
import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Carries out a plan that makes the Keycloak which the rest of it goes to: first what lies in the cluster, then, once Keycloak
 * answers, the rest, planned again with what is there. It goes on only if that is what was planned before.
 *
 * @param walk  carries out a part
 * @param again plans again, with all that speaks against the plan
 * @param told  is told what is not even begun
 */
record FirstRun(Arrival arrival, Interrupt interrupt, Function<Survey.Found, ApplyResult> walk,
        Supplier<Survey.Found> again, Consumer<ApplyEvent> told) {

    ApplyResult carryOut(Survey.Found found) {
        Plan whole = found.planned().plan();
        Set<Address> later = later(whole);
        ApplyResult first = walk.apply(found.with(part(whole, later, false)));
        Plan rest = part(whole, later, true);
        if (!first.isComplete()) {
            return together(first, notBegun(rest, first));
        }
        Survey.Found second;
        try {
            arrival.await(interrupt);
            second = again.get();
            refuseOther(whole, later, second.planned().plan());
        } catch (ProblemException e) {
            return together(first, failed(rest, e.problems()));
        }
        return together(first, walk.apply(second));
    }

    /** What is of Keycloak, or waits for something of it. */
    private static Set<Address> later(Plan plan) {
        Set<Address> later = new TreeSet<>();
        for (Change change : plan.changes()) {
            if (!change.address().isOfCluster() || plan.waitsFor(change).stream().anyMatch(later::contains)) {
                later.add(change.address());
            }
        }
        return later;
    }

    private static Plan part(Plan plan, Set<Address> later, boolean isLater) {
        return new Plan(
                plan.changes().stream().filter(change -> later.contains(change.address()) == isLater).toList(),
                plan.waitsFor(), plan.unchanged(), plan.notices(), plan.access(), plan.expected());
    }

    private static void refuseOther(Plan whole, Set<Address> later, Plan now) {
        List<String> other = now.changes()
                .stream()
                .filter(change -> !later.contains(change.address()) || !whole.change(change.address())
                        .filter(planned -> Action.of(planned) == Action.of(change))
                        .isPresent())
                .map(change -> Action.of(change).word() + " " + change.address())
                .toList();
        if (!other.isEmpty()) {
            throw new Problem(Problem.Kind.STALE,
                    "Keycloak answers, and is not as empty as it was taken for: now the plan would "
                            + String.join(", ", other),
                    "", "Nothing was written to it. Plan again, and review that plan.",
                    Optional.empty()).asException();
        }
    }

    private ApplyResult notBegun(Plan rest, ApplyResult first) {
        ApplyEvent.Because because = first.interrupted() ? new ApplyEvent.Because.Interrupted()
                : first.failed()
                        .stream()
                        .map(failed -> (ApplyEvent.Because) new ApplyEvent.Because.NeededFailed(
                                failed.change().address()))
                        .findFirst()
                        .orElseGet(() -> first.skipped().getFirst().because());
        return new ApplyResult(List.of(), List.of(), skipped(rest.changes(), because), first.interrupted());
    }

    /** What went wrong between the two parts, told of the first change that it kept from being begun. */
    private ApplyResult failed(Plan rest, List<Problem> problems) {
        if (rest.changes().isEmpty()) {
            throw new ProblemException(problems);
        }
        if (problems.getFirst().kind() == Problem.Kind.INTERRUPTED) {
            return new ApplyResult(List.of(), List.of(),
                    skipped(rest.changes(), new ApplyEvent.Because.Interrupted()), true);
        }
        Problem first = problems.getFirst();
        Problem all = new Problem(first.kind(), String.join("\n", problems.stream().map(Problem::what).toList()),
                first.where(), first.remedy(), first.cause());
        Change change = rest.changes().getFirst();
        ApplyEvent.Failed failed = new ApplyEvent.Failed(change, all, Duration.ZERO, false);
        told.accept(failed);
        return new ApplyResult(List.of(), List.of(failed), skipped(rest.changes().subList(1, rest.changes().size()),
                new ApplyEvent.Because.NeededFailed(change.address())), false);
    }

    private List<ApplyEvent.Skipped> skipped(List<Change> changes, ApplyEvent.Because because) {
        List<ApplyEvent.Skipped> skipped = new ArrayList<>();
        changes.forEach(change -> skipped.add(new ApplyEvent.Skipped(change, because)));
        skipped.forEach(told);
        return skipped;
    }

    private static ApplyResult together(ApplyResult one, ApplyResult other) {
        return new ApplyResult(both(one.done(), other.done()), both(one.failed(), other.failed()),
                both(one.skipped(), other.skipped()), one.interrupted() || other.interrupted());
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
