package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Writes one change: applies, or deletes, or both, and waits for what the cluster makes of it. Safe for use by many threads. */
final class ObjectWriter {

    /** Nothing else writes to these, so that one which moved is another than was planned for. */
    private static final Set<String> WRITTEN_BY_US_ALONE = Set.of("Secret", "ConfigMap");

    private final ClusterPort cluster;
    private final Refs refs;
    private final DryRuns dryRuns;
    private final Waiting waiting;
    private final Function<Value.Unknown, Value> future;
    private final Map<Address, String> uids;

    /**
     * Writes.
     *
     * @param future what a value of the future has become
     * @param uids   the ids of live objects as they were planned for
     */
    ObjectWriter(ClusterPort cluster, DryRuns dryRuns, Waiting.Patience patience, Function<Value.Unknown, Value> future,
            Map<Address, String> uids) {
        this.cluster = cluster;
        this.refs = new Refs(cluster);
        this.dryRuns = dryRuns;
        this.waiting = new Waiting(cluster, patience);
        this.future = future;
        this.uids = uids;
    }

    void waitNoLonger() {
        waiting.end();
    }

    Outcome write(Change change) {
        Address address = change.address();
        if (!change.writes()) {
            return new Outcome.Done(Optional.ofNullable(uids.get(address)), false);
        }
        try {
            return switch (change) {
                case Change.Create create -> create(create.desired());
                case Change.Update update -> apply(update.desired());
                case Change.Adopt adopt -> apply(adopt.desired());
                case Change.Replace replace -> replace(replace);
                case Change.Delete delete -> delete(address, delete.live());
                case Change.Forget ignored -> throw new IllegalStateException("writes nothing");
            };
        } catch (ProblemException e) {
            return failed(e.problems().getFirst());
        }
    }

    private static Outcome failed(Problem problem) {
        return new Outcome.Failed(problem, Optional.empty(), false);
    }

    /** An apply would merge with what somebody else has made meanwhile, and count as ours: so it is looked first. */
    private Outcome create(Resource desired) {
        ObjectRef ref = ref(desired);
        return switch (cluster.get(ref)) {
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> apply(ref, desired);
            case ClusterAnswer.Done ignored -> failed(stale(desired.address(), "somebody has made it"));
            case ClusterAnswer.Refused refused -> failed(refusal(refused, desired));
            case ClusterAnswer.Trouble(Problem problem) -> failed(problem);
        };
    }

    private static Problem stale(Address address, String what) {
        return new Problem(Problem.Kind.STALE, what + " since this plan was made", address.toString(),
                "Nothing was written to it. Plan again.", Optional.empty());
    }

    private ObjectRef ref(Resource desired) {
        return waiting.until(() -> refs.declared(desired))
                .orElseThrow(() -> Problem.failed("the cluster knows no kind " + desired.address().type() + " in "
                        + desired.value().text("apiVersion").orElse(""), desired.address().toString(),
                        "Install what brings it, then apply again.").asException());
    }

    private Outcome apply(Resource desired) {
        return apply(ref(desired), desired);
    }

    private Outcome apply(ObjectRef ref, Resource desired) {
        Value.MapOf manifest = Manifests.wire(desired.address(), Holes.filled(desired, future));
        ClusterAnswer answer = cluster.apply(ref, manifest, ClusterPort.Mode.FOR_GOOD, ClusterPort.Others.RESPECT);
        if (answer instanceof ClusterAnswer.Refused refused && !Refusals.conflicts(refused).isEmpty()) {
            Set<Refusals.Conflict> news = new HashSet<>(Refusals.conflicts(refused));
            dryRuns.find(desired.address()).ifPresent(shown -> news.removeAll(shown.conflicts()));
            if (!news.isEmpty()) {
                return failed(
                        stale(desired.address(), news.iterator().next().text() + ", which it was not, or not by it,"));
            }
            answer = cluster.apply(ref, manifest, ClusterPort.Mode.FOR_GOOD, ClusterPort.Others.OVERRULE);
        }
        return switch (answer) {
            case ClusterAnswer.Done(Value.MapOf object) -> written(ref, desired.address(), Manifests.uid(object));
            case ClusterAnswer.Refused refused -> failed(refusal(refused, desired));
            case ClusterAnswer.Trouble(Problem problem) -> new Outcome.Failed(problem, Optional.empty(), true);
        };
    }

    private static Problem refusal(ClusterAnswer.Refused refused, Resource desired) {
        return Refusals.of(refused, "the cluster refuses " + desired.address(), desired.address().toString());
    }

    private Outcome written(ObjectRef ref, Address address, String uid) {
        uids.put(address, uid);
        Optional<Problem> problem = waiting.rollout(ref, address.toString());
        return problem.<Outcome>map(stuck -> new Outcome.Failed(stuck, Optional.of(uid), true))
                .orElseGet(() -> new Outcome.Done(Optional.of(uid), false));
    }

    private Outcome replace(Change.Replace replace) {
        Outcome gone = delete(replace.address(), replace.live());
        return gone instanceof Outcome.Done ? apply(replace.desired()) : gone;
    }

    private Outcome delete(Address address, Resource live) {
        Optional<ObjectRef> ref = refs.of(address, live.value());
        String uid = uids.getOrDefault(address, "");
        if (ref.isEmpty() || uid.isEmpty()) {
            return failed(stale(address, "it is not known any more"));
        }
        ClusterPort.Precondition precondition = new ClusterPort.Precondition(Optional.of(uid),
                WRITTEN_BY_US_ALONE.contains(address.type()) ? version(ref.get(), uid) : Optional.empty());
        return switch (cluster.delete(ref.get(), precondition)) {
            case ClusterAnswer.Done ignored -> gone(ref.get(), address, uid);
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND ->
                new Outcome.Done(Optional.empty(), true);
            case ClusterAnswer.Refused refused when refused.status() == Refusals.CONFLICT ->
                failed(stale(address, "another object has its name, or it was changed,"));
            case ClusterAnswer.Refused refused -> failed(Refusals.of(refused, address + " cannot be deleted",
                    address.toString()));
            case ClusterAnswer.Trouble(Problem problem) -> new Outcome.Failed(problem, Optional.empty(), true);
        };
    }

    private Optional<String> version(ObjectRef ref, String uid) {
        return cluster.get(ref) instanceof ClusterAnswer.Done(Value.MapOf object)
                && Manifests.uid(object).equals(uid)
                        ? object.map(Manifests.METADATA).text("resourceVersion")
                        : Optional.empty();
    }

    private Outcome gone(ObjectRef ref, Address address, String uid) {
        Optional<Problem> problem = waiting.gone(ref, uid, address.toString());
        if (problem.isPresent()) {
            return new Outcome.Failed(problem.get(), Optional.of(uid), true);
        }
        uids.remove(address);
        return new Outcome.Done(Optional.empty(), false);
    }

    /** The ids of live objects, to be filled by reading. */
    static Map<Address, String> noIds() {
        return new ConcurrentHashMap<>();
    }
}
