package dev.realmform.kubernetes;

import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Whether a workload has come to run what its manifest says. Judged by what its controller reports, and only if that is about
 * this very manifest: an object is "ready" for a moment after each change, until its controller has seen it.
 */
sealed interface Rollout {

    /** It is through. */
    record Through() implements Rollout {}

    /** It will not come through by itself. */
    record Stuck(String why) implements Rollout {}

    /** It goes on. */
    record Running(String how) implements Rollout {}

    Rollout THROUGH = new Through();

    static Rollout of(Value.MapOf object) {
        if (Marks.says(object, Marks.WAIT, "false")) {
            return THROUGH;
        }
        return switch (object.text("kind").orElse("")) {
            case "Deployment" -> seen(object).orElseGet(() -> deployment(object));
            case "StatefulSet" -> seen(object).orElseGet(() -> statefulSet(object));
            case "DaemonSet" -> seen(object).orElseGet(() -> daemonSet(object));
            case "Job" -> job(object);
            case "CustomResourceDefinition" ->
                condition(object, "Established").isPresent() ? THROUGH : new Running("not established yet");
            default -> THROUGH;
        };
    }

    private static Optional<Rollout> seen(Value.MapOf object) {
        boolean seen = number(object.map("status"), "observedGeneration", 0) >= number(object.map("metadata"),
                "generation", 1);
        return seen ? Optional.empty() : Optional.of(new Running("its controller has not seen the change yet"));
    }

    private static Rollout deployment(Value.MapOf object) {
        Value.MapOf status = object.map("status");
        Optional<String> exceeded = status.list("conditions")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(one -> one.text("reason").filter("ProgressDeadlineExceeded"::equals).isPresent())
                .findFirst()
                .map(one -> one.text("message").orElse("it makes no progress"));
        if (exceeded.isPresent()) {
            return new Stuck(exceeded.get());
        }
        long wanted = number(object.map("spec"), "replicas", 1);
        long updated = number(status, "updatedReplicas", 0);
        long available = number(status, "availableReplicas", 0);
        if (updated < wanted) {
            return new Running(updated + " of " + wanted + " replicas are new");
        }
        if (number(status, "replicas", 0) > updated) {
            return new Running(number(status, "replicas", 0) - updated + " old replicas are not gone yet");
        }
        return available < wanted ? new Running(available + " of " + wanted + " replicas are available") : THROUGH;
    }

    private static Rollout statefulSet(Value.MapOf object) {
        Value.MapOf spec = object.map("spec");
        Value.MapOf status = object.map("status");
        if (spec.map("updateStrategy").text("type").filter("OnDelete"::equals).isPresent()) {
            return THROUGH;
        }
        long wanted = number(spec, "replicas", 1);
        long ready = number(status, "readyReplicas", 0);
        if (ready < wanted) {
            return new Running(ready + " of " + wanted + " replicas are ready");
        }
        long kept = number(spec.map("updateStrategy").map("rollingUpdate"), "partition", 0);
        long updated = number(status, "updatedReplicas", 0);
        if (updated < wanted - kept) {
            return new Running(updated + " of " + (wanted - kept) + " replicas are new");
        }
        boolean same = status.text("updateRevision").equals(status.text("currentRevision"));
        return kept > 0 || same ? THROUGH : new Running("the last replicas are not new yet");
    }

    private static Rollout daemonSet(Value.MapOf object) {
        Value.MapOf status = object.map("status");
        long wanted = number(status, "desiredNumberScheduled", 0);
        long updated = number(status, "updatedNumberScheduled", 0);
        long available = number(status, "numberAvailable", 0);
        return updated < wanted || available < wanted
                ? new Running(Math.min(updated, available) + " of " + wanted + " pods are new and available")
                : THROUGH;
    }

    private static Rollout job(Value.MapOf object) {
        if (object.map("spec").isTrue("suspend") || condition(object, "Complete").isPresent()) {
            return THROUGH;
        }
        return condition(object, "Failed").<Rollout>map(failed -> new Stuck("it has failed: "
                + failed.text("message").or(() -> failed.text("reason")).orElse("no reason given")))
                .orElseGet(() -> new Running("it has not ended yet"));
    }

    private static Optional<Value.MapOf> condition(Value.MapOf object, String type) {
        return object.map("status")
                .list("conditions")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(one -> one.text("type").filter(type::equals).isPresent()
                        && one.text("status").filter("True"::equals).isPresent())
                .findFirst();
    }

    private static long number(Value.MapOf object, String field, long otherwise) {
        return object.get(field).orElse(Value.NULL) instanceof Value.Num(BigDecimal value) ? value.longValue()
                : otherwise;
    }

    /** Why a pod does not run, as far as it says. */
    static Optional<String> waits(Value.MapOf pod) {
        Value.MapOf status = pod.map("status");
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (Value item : status.list(list)) {
                if (item instanceof Value.MapOf container) {
                    Value.MapOf waiting = container.map("state").map("waiting");
                    Optional<String> reason = waiting.text("reason");
                    if (reason.isPresent() && !reason.get().equals("PodInitializing")) {
                        return Optional.of(reason.get() + waiting.text("message").map(text -> ": " + text).orElse(""));
                    }
                }
            }
        }
        return status.list("conditions")
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .filter(one -> one.text("type").filter("PodScheduled"::equals).isPresent()
                        && one.text("status").filter("False"::equals).isPresent())
                .findFirst()
                .map(one -> one.text("reason").orElse("not scheduled")
                        + one.text("message").map(text -> ": " + text).orElse(""));
    }
}
