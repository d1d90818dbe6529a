package dev.realmform.kubernetes;

import dev.realmform.kubernetes.helm.Differences;
import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Lays objects that are left to another tool beside those that are live, by the server's own answer to a dry run. Names fields,
 * and no values.
 */
final class Comparison {

    private static final int NAMED = 5;

    private final ClusterPort cluster;
    private final Refs refs;
    private final Map<Address, String> found = new ConcurrentSkipListMap<>();
    private final Map<Address, Problem> problems = new ConcurrentSkipListMap<>();

    Comparison(ClusterPort cluster) {
        this.cluster = cluster;
        this.refs = new Refs(cluster);
    }

    /** @throws ProblemException if something cannot be looked at */
    List<String> of(List<Resource> left) {
        Parallel.each(left, this::compare);
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems.values()));
        }
        return found.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList();
    }

    private void compare(Resource written) {
        Address address = written.address();
        Resource desired = written.withValue(unlabelled(written.value()));
        Optional<ObjectRef> ref = refs.declared(desired);
        if (ref.isEmpty()) {
            found.put(address, "is of a kind that the cluster does not know");
            return;
        }
        switch (cluster.get(ref.get())) {
            case ClusterAnswer.Done(Value.MapOf object) -> compare(ref.get(), desired,
                    Manifests.canonical(address, object));
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND ->
                found.put(address, "is not there");
            case ClusterAnswer.Refused refused -> problems.put(address,
                    Refusals.of(refused, address + " cannot be read", written.source().exact()));
            case ClusterAnswer.Trouble(Problem problem) -> problems.put(address, problem);
        }
    }

    /** Whose an object is, its own tool says. */
    private static Value.MapOf unlabelled(Value.MapOf value) {
        Value.MapOf without = Holes.without(value, Marks.MANAGED_BY);
        Path labels = Marks.MANAGED_BY.parent();
        return without.at(labels).filter(Value.EMPTY_MAP::equals).isPresent() ? Holes.without(without, labels)
                : without;
    }

    private void compare(ObjectRef ref, Resource desired, Value.MapOf live) {
        switch (new Trial(cluster, ref, desired, Optional.of(live)).result()) {
            case Trial.Result.Tried(DryRuns.DryRun answer) -> tell(desired.address(), answer.planned(), live);
            case Trial.Result.NotAllowed(Optional<DryRuns.DryRun> weaker, boolean ignored) ->
                weaker.ifPresent(answer -> tell(desired.address(), answer.planned(), live));
            case Trial.Result.Wrong(Problem problem) -> problems.put(desired.address(), problem);
        }
    }

    private void tell(Address address, Value.MapOf planned, Value.MapOf live) {
        List<Path> paths = Differences.between(planned, live);
        if (!paths.isEmpty()) {
            String more = paths.size() > NAMED ? " and " + (paths.size() - NAMED) + " more" : "";
            found.put(address, paths.stream()
                    .limit(NAMED)
                    .map(Path::toString)
                    .collect(Collectors.joining(", ", "(", more + ")")));
        }
    }
}
