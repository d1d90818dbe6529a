package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the server what it would make of one object: without taking anything from others, and, if that is refused because others
 * hold fields, once more as if they were taken.
 *
 * @param live as it is; empty if it is not there
 */
record Trial(ClusterPort cluster, ObjectRef ref, Resource desired, Optional<Value.MapOf> live) {

    /** What came of it. */
    sealed interface Result {

        record Tried(DryRuns.DryRun answer) implements Result {}

        /**
         * The login may not even try.
         *
         * @param weaker a comparison of our own, if there is something to compare with
         * @param grants whether it is since the object gives rights that the login does not have
         */
        record NotAllowed(Optional<DryRuns.DryRun> weaker, boolean grants) implements Result {}

        record Wrong(Problem problem) implements Result {}
    }

    Result result() {
        return switch (ask(ClusterPort.Others.RESPECT)) {
            case ClusterAnswer.Done(Value.MapOf object) -> tried(object, List.of());
            case ClusterAnswer.Refused refused when !Refusals.conflicts(refused).isEmpty() ->
                overruling(Refusals.conflicts(refused));
            case ClusterAnswer.Refused refused -> refused(refused, List.of());
            case ClusterAnswer.Trouble(Problem problem) -> new Result.Wrong(problem);
        };
    }

    private Result overruling(List<Refusals.Conflict> conflicts) {
        return switch (ask(ClusterPort.Others.OVERRULE)) {
            case ClusterAnswer.Done(Value.MapOf object) -> tried(object, conflicts);
            case ClusterAnswer.Refused refused -> refused(refused, conflicts);
            case ClusterAnswer.Trouble(Problem problem) -> new Result.Wrong(problem);
        };
    }

    private ClusterAnswer ask(ClusterPort.Others others) {
        Value.MapOf manifest = Manifests.wire(address(), Holes.certain(desired));
        return cluster.apply(ref, manifest, ClusterPort.Mode.DRY_RUN, others);
    }

    private Address address() {
        return desired.address();
    }

    private Result tried(Value.MapOf object, List<Refusals.Conflict> conflicts) {
        return new Result.Tried(new DryRuns.DryRun(withHoles(Manifests.canonical(address(), object)), conflicts,
                List.of()));
    }

    /** What is not known yet will be new; what was not given is taken to be as it is. */
    private Value.MapOf withHoles(Value.MapOf answer) {
        Value.MapOf planned = answer;
        for (Map.Entry<Path, Value> hole : Holes.of(desired.value()).entrySet()) {
            Optional<Value> value = hole.getValue() instanceof Value.Unknown unknown ? Optional.of(unknown)
                    : live.flatMap(object -> object.at(hole.getKey()));
            if (value.isPresent()) {
                planned = Holes.with(planned, hole.getKey(), value.get());
            }
        }
        return planned;
    }

    private Result refused(ClusterAnswer.Refused refused, List<Refusals.Conflict> conflicts) {
        boolean grants = Refusals.grantsTooMuch(refused);
        if (grants || Refusals.lacksRight(refused)) {
            return new Result.NotAllowed(live.map(object -> new DryRuns.DryRun(
                    withHoles(Covered.over(Holes.certain(desired), object)), List.of(), List.of())), grants);
        }
        if (live.isPresent() && Refusals.isImmutable(refused)) {
            List<Path> fixed = paths(refused);
            return new Result.Tried(new DryRuns.DryRun(
                    withHoles(Covered.over(Holes.certain(desired), live.get())), conflicts,
                    fixed.isEmpty() ? List.of(Path.ROOT) : fixed));
        }
        String place = desired.source().exact();
        return new Result.Wrong(Refusals.of(refused, "the cluster refuses " + address(),
                place.isEmpty() ? address().toString() : place));
    }

    /** What the server names in its refusal, up to the first index. */
    private static List<Path> paths(ClusterAnswer.Refused refused) {
        return refused.causes()
                .stream()
                .map(cause -> cause.field().replaceFirst("\\[.*", "").replaceFirst("^\\.", ""))
                .filter(field -> !field.isEmpty())
                .map(field -> Path.of(field.split("\\.", -1)))
                .toList();
    }
}
