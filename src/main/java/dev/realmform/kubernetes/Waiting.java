package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Waits for what a cluster does by itself after a write, within bounds. */
final class Waiting {

    private static final int PODS_NAMED = 3;
    private static final int LOOKS = 10;

    /** An API server that starts anew is away for moments, and what is waited for goes on meanwhile. */
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    /** Where nobody waits for rollouts: what goes is waited for all the same, since what comes after it needs its place. */
    private static final Duration FOR_WHAT_GOES = Duration.ofMinutes(10);

    private final ClusterPort cluster;
    private final Patience patience;

    /**
     * How long, and how often it is looked.
     *
     * @param longest  zero: nobody waits for what a controller does
     * @param interval between two looks
     * @param nanos    a clock that never jumps
     */
    record Patience(Duration longest, Duration interval, LongSupplier nanos) {

        Patience(Duration longest) {
            this(longest, Duration.ofSeconds(1), System::nanoTime);
        }
    }

    private volatile boolean isEnded;

    Waiting(ClusterPort cluster, Patience patience) {
        this.cluster = cluster;
        this.patience = patience;
    }

    /** Until something is there that comes within moments or not at all, as a kind does after its definition. */
    <T> Optional<T> until(Supplier<Optional<T>> look) {
        Optional<T> found = look.get();
        for (int looked = 1; found.isEmpty() && looked < LOOKS && pause(); looked++) {
            found = look.get();
        }
        return found;
    }

    /** Until a workload runs what it shall run; empty if it does. */
    Optional<Problem> rollout(ObjectRef ref, String where) {
        if (patience.longest().isZero()) {
            return Optional.empty();
        }
        long start = patience.nanos().getAsLong();
        long heard = start;
        while (true) {
            switch (cluster.get(ref)) {
                case ClusterAnswer.Done(Value.MapOf object) -> {
                    heard = patience.nanos().getAsLong();
                    Rollout rollout = Rollout.of(object);
                    if (rollout instanceof Rollout.Through) {
                        return Optional.empty();
                    }
                    if (rollout instanceof Rollout.Stuck(String why)) {
                        return Optional.of(stuck(where, why, object, ref));
                    }
                    if (rollout instanceof Rollout.Running(String how) && isOver(start, patience.longest())) {
                        return Optional.of(stuck(where, "not through after " + text(patience.longest()) + ", " + how,
                                object, ref));
                    }
                }
                case ClusterAnswer.Refused refused -> {
                    return Optional.of(Refusals.of(refused, "the rollout of " + where + " cannot be followed", where));
                }
                case ClusterAnswer.Trouble(Problem problem) -> {
                    if (problem.kind() != Problem.Kind.UNREACHABLE || isOver(start, patience.longest())
                            || isOver(heard, OUTAGE)) {
                        return Optional.of(problem);
                    }
                }
            }
            if (!pause()) {
                return Optional.of(interrupted(where));
            }
        }
    }

    /** Until an object is gone, or another one has its name; empty if so. */
    Optional<Problem> gone(ObjectRef ref, String uid, String where) {
        Duration longest = patience.longest().isZero() ? FOR_WHAT_GOES : patience.longest();
        long start = patience.nanos().getAsLong();
        long heard = start;
        while (true) {
            switch (cluster.get(ref)) {
                case ClusterAnswer.Done(Value.MapOf object) when !Manifests.uid(object).equals(uid) -> {
                    return Optional.empty();
                }
                case ClusterAnswer.Done(Value.MapOf object) -> {
                    heard = patience.nanos().getAsLong();
                    if (isOver(start, longest)) {
                        List<String> holders = object.map(Manifests.METADATA).texts("finalizers");
                        return Optional.of(Problem.failed(where + " is on its way out, and still there after "
                                + text(longest)
                                + (holders.isEmpty() ? "" : "; it waits for " + String.join(", ", holders)), where,
                                "Look at it with kubectl describe, then run again."));
                    }
                }
                case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> {
                    return Optional.empty();
                }
                case ClusterAnswer.Refused refused -> {
                    return Optional.of(Refusals.of(refused, "the deletion of " + where + " cannot be followed", where));
                }
                case ClusterAnswer.Trouble(Problem problem) -> {
                    if (problem.kind() != Problem.Kind.UNREACHABLE || isOver(start, longest) || isOver(heard, OUTAGE)) {
                        return Optional.of(problem);
                    }
                }
            }
            if (!pause()) {
                return Optional.of(interrupted(where));
            }
        }
    }

    private static Problem interrupted(String where) {
        return new Problem(Problem.Kind.INTERRUPTED, "interrupted while waiting for " + where, where,
                "What was asked for goes on in the cluster. Plan again.", Optional.empty());
    }

    private Problem stuck(String where, String why, Value.MapOf object, ObjectRef ref) {
        String pods = pods(object, ref);
        return Problem.failed(where + ": " + Refusals.words(why) + pods, where,
                "What was written stays. Look at the pods and their events, correct the manifest and apply again;"
                        + " --rollout-timeout sets how long to wait, 0 does not wait.");
    }

    private String pods(Value.MapOf object, ObjectRef ref) {
        Map<String, Value> labels = object.map("spec").map("selector").map("matchLabels").fields();
        if (labels.isEmpty()) {
            return "";
        }
        String selector = labels.entrySet()
                .stream()
                .filter(label -> label.getValue() instanceof Value.Text)
                .map(label -> label.getKey() + "=" + ((Value.Text) label.getValue()).value())
                .collect(Collectors.joining(","));
        Kind pods = new Kind("v1", "Pod", "pods", true);
        return cluster.list(pods, ref.namespace(), selector) instanceof ClusterAnswer.Done(Value.MapOf list)
                ? Manifests.items(list)
                        .stream()
                        .flatMap(pod -> Rollout.waits(pod)
                                .map(why -> "; pod " + pod.map(Manifests.METADATA).text("name").orElse("?") + " waits: "
                                        + Refusals.words(why))
                                .stream())
                        .limit(PODS_NAMED)
                        .collect(Collectors.joining())
                : "";
    }

    private boolean isOver(long start, Duration longest) {
        return patience.nanos().getAsLong() - start >= longest.toNanos();
    }

    /** All waits end at their next look. */
    void end() {
        isEnded = true;
    }

    private boolean pause() {
        try {
            if (!isEnded) {
                Thread.sleep(patience.interval());
            }
            return !isEnded;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String text(Duration time) {
        return time.toSeconds() % 60 == 0 && time.toMinutes() > 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
    }
}
