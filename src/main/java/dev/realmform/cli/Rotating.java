package dev.realmform.cli;

import dev.realmform.apply.ApplyResult;
import dev.realmform.apply.Interrupt;
import dev.realmform.apply.Watcher;
import dev.realmform.kubernetes.Restarting;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.plan.Extent;
import dev.realmform.plan.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The way of a rotation: lock, plan, show, ask, carry out, tell. Its plan is one like any other, so order, events and what
 * follows from a failure are those of an apply.
 */
record Rotating(Speaking speaking, Workplace workplace, Rotation rotation, RotateOptions options,
        Optional<EventStream> events) {

    private static final String COMMAND = "rotate";

    /**
     * What is going to be done.
     *
     * @param found    with the plan of the rotation
     * @param restarts what of it are restarts: nothing of those is ours to remember
     */
    private record Ready(Survey.Found found, Restarting restarts) {

        Plan plan() {
            return found.planned().plan();
        }
    }

    ExitCode run() {
        Duration patience = Times.parse("--lock-timeout", options.lockTimeout);
        try (Hold hold = Hold.take(speaking, () -> workplace.lock(patience, COMMAND),
                problems -> events.ifPresent(stream -> stream.ended(problems)))) {
            Ready ready = ready();
            PlanOutput output = new PlanOutput(speaking, workplace);
            if (events.isEmpty()) {
                output.show(ready.found());
            } else if (options.approval() == Approval.ASK) {
                output.showAside(ready.found());
            }
            options.approval().obtain(speaking.shell(), "Do you want to make it anew?", "Say --auto-approve.");
            return carryOut(ready, hold);
        }
    }

    private Ready ready() {
        Set<Address> about = new HashSet<>(rotation.holders());
        about.add(rotation.source());
        Survey.Found found = workplace.survey(rotation.provider(),
                new Targets(about.stream().map(Address::toString).sorted().toList()));
        refuse(found);
        Change source = rotation.change(found);
        Plan plan = found.planned().plan();
        Set<Address> read = plan.changes()
                .stream()
                .map(Change::address)
                .filter(address -> rotation.holders().contains(address))
                .collect(Collectors.toCollection(TreeSet::new));
        read.add(source.address());
        read.removeIf(address -> !address.isOfCluster());
        Restarting restarts = options.noRestart || read.isEmpty() ? Restarting.NOTHING
                : workplace.provider()
                        .cluster()
                        .open()
                        .provider()
                        .cluster()
                        .restarts(read, speaking.shell().clock().instant());
        Plan whole = Renewal.plan(source, plan, rotation.holders(), restarts.changes());
        return new Ready(found.with(whole.noting(notices(source, plan, whole, restarts))), restarts);
    }

    /** What has to be as the files say before a secret can be carried there, and is not. */
    private void refuse(Survey.Found found) {
        List<Problem> problems = new ArrayList<>(found.planned().problems());
        Plan plan = found.planned().plan();
        List<Change> needed = new ArrayList<>(Renewal.before(plan, rotation.holders()));
        needed.removeIf(change -> change.address().equals(rotation.source()) || change instanceof Change.Update
                || change instanceof Change.Adopt || rotation.holders().contains(change.address()));
        plan.change(rotation.source()).filter(change -> !(change instanceof Change.Update)).ifPresent(needed::add);
        needed.forEach(change -> problems.add(Problem.refused(change.address() + " is not yet as the files say", "",
                "Apply first: a secret is made anew where everything around it is in place.")));
        Set<Address> written = new HashSet<>(rotation.holders());
        if (rotation.source().isOfCluster()) {
            written.add(rotation.source());
        }
        problems.addAll(new MissingSecrets(rotation.provider(), found.request().within(Extent.Only.of(written)))
                .problems());
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private List<Plan.Notice> notices(Change source, Plan found, Plan whole, Restarting restarts) {
        List<Plan.Notice> notices = new ArrayList<>(rotation.notices());
        notices.addAll(restarts.notices());
        boolean isHeld = source.address().isOfCluster()
                || rotation.holders().stream().anyMatch(Address::isOfCluster);
        if (!isHeld) {
            notices.add(new Plan.Notice.General("No Secret of these files holds it: who has it, has to be given the new"
                    + " one."));
        } else if (options.noRestart) {
            notices.add(new Plan.Notice.General("Nothing is restarted: pods that read it as a variable keep the old"
                    + " one."));
        } else if (restarts.changes().isEmpty()) {
            notices.add(new Plan.Notice.General("No Deployment, StatefulSet or DaemonSet reads it: nothing is"
                    + " restarted."));
        }
        List<String> left = found.changes()
                .stream()
                .map(Change::address)
                .filter(address -> whole.change(address).isEmpty()
                        || (address.equals(source.address()) && !address.isOfCluster()))
                .map(Address::toString)
                .toList();
        if (!left.isEmpty()) {
            notices.add(new Plan.Notice.General("Other changes that the files ask for are left to an apply: "
                    + String.join(", ", left) + "."));
        }
        return notices;
    }

    private ExitCode carryOut(Ready ready, Hold hold) {
        ApplyResult result = walk(ready, hold);
        String next = new RotationEnd(rotation, ready.restarts(), result, String.join(" ", files())).next();
        events.ifPresent(stream -> stream.carriedOut(result));
        return new ResultOutput(speaking, next, options.json).show(result);
    }

    private List<String> files() {
        return workplace.desired().files().stream().map(file -> "-f " + file).toList();
    }

    private ApplyResult walk(Ready ready, Hold hold) {
        Set<Address> restarted = ready.restarts()
                .changes()
                .stream()
                .map(Change::address)
                .collect(Collectors.toSet());
        // A client's own entry stays as it is: nothing that it holds changes, and what differs of it is left to an apply.
        Carrying carrying = new Carrying(speaking.shell(), rotation.provider(), workplace.fileNames(),
                workplace.atOnce(),
                change -> !restarted.contains(change.address())
                        && (change.address().isOfCluster() || !change.address().equals(rotation.source())));
        Interrupt interrupt = hold.carrying();
        try (ProgressOutput progress = new ProgressOutput(speaking, ready.plan().changes().size())) {
            events.ifPresent(stream -> stream.planned(ready.plan()));
            return carrying.carryOut(ready.found(), hold.lock(),
                    events.<Watcher>map(stream -> stream).orElse(progress), interrupt);
        }
    }
}
