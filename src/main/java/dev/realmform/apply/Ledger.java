package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.provider.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records each end, then tells of it, then counts it. A recorder or watcher that throws is remembered and not obeyed: what
 * runs has to end and be recorded first. Owned by the coordinating thread.
 */
final class Ledger {

    private final Recorder recorder;
    private final Watcher watcher;
    private final List<ApplyEvent.Succeeded> done = new ArrayList<>();
    private final List<ApplyEvent.Failed> failed = new ArrayList<>();
    private final List<ApplyEvent.Skipped> skipped = new ArrayList<>();
    private final List<RuntimeException> trouble = new ArrayList<>();
    private final List<Address> unrecorded = new ArrayList<>();

    Ledger(Recorder recorder, Watcher watcher) {
        this.recorder = recorder;
        this.watcher = watcher;
    }

    boolean isInTrouble() {
        return !trouble.isEmpty();
    }

    /** Whether the bundle may be sent: its intention is on disk. */
    boolean pending(List<Change> bundle) {
        return attempt(() -> recorder.pending(bundle));
    }

    /** Comes before any of them is told. */
    void record(List<Recorder.Ended> ends) {
        if (!attempt(() -> recorder.ended(ends))) {
            ends.forEach(end -> unrecorded.add(end.change().address()));
        }
    }

    void succeeded(Change change, Outcome.Done outcome, Duration took) {
        done.add(tell(new ApplyEvent.Succeeded(change, took, outcome.found())));
    }

    void failed(Change change, Outcome.Failed outcome, Duration took) {
        failed(change, outcome.problem(), took, outcome.partly());
    }

    /** A failure before anything was sent: there is nothing to record. */
    void unsent(Change change, Problem problem, Duration took) {
        failed(change, problem, took, false);
    }

    private void failed(Change change, Problem problem, Duration took, boolean partly) {
        failed.add(tell(new ApplyEvent.Failed(change, problem, took, partly)));
    }

    void skipped(Change change, ApplyEvent.Because because) {
        skipped.add(tell(new ApplyEvent.Skipped(change, because)));
    }

    <E extends ApplyEvent> E tell(E event) {
        attempt(() -> watcher.on(event));
        return event;
    }

    void tick() {
        attempt(watcher::tick);
    }

    /** The result; thrown instead, if there was trouble: what it was, and what is not recorded because of it. */
    ApplyResult result(boolean interrupted) {
        if (isInTrouble()) {
            throw problems();
        }
        return new ApplyResult(done, failed, skipped, interrupted);
    }

    /** Whatever it throws, calls in flight must not be lost for it; it is thrown again by {@link #result}. */
    private boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) {
            trouble.add(e);
            return false;
        }
    }

    private ProblemException problems() {
        RuntimeException first = trouble.getFirst();
        List<Problem> problems = new ArrayList<>();
        if (first instanceof ProblemException known) {
            problems.addAll(known.problems());
        } else {
            problems.add(new Problem(Problem.Kind.FAILED, "the apply stopped: " + first, "",
                    "What was running has been waited for.", Optional.of(first)));
        }
        if (!unrecorded.isEmpty()) {
            String names = String.join("\n", unrecorded.stream().map(address -> "  " + address).toList());
            problems.add(Problem.failed("ended, but could not be recorded:\n" + names, "",
                    "Remove the cause and run apply again: it looks at each of them before it goes on."));
        }
        ProblemException exception = new ProblemException(problems);
        trouble.forEach(exception::addSuppressed);
        return exception;
    }
}
