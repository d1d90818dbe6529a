package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Starts the pods of workloads anew, as {@code kubectl rollout restart} does it: by an annotation of their template. It is
 * written under a name of its own, so whosever a workload is, its files need not know of it, and an apply leaves it alone.
 */
final class Restarts {

    private static final Path STAMP = Path.of("spec", "template", "metadata", "annotations",
            "kubectl.kubernetes.io/restartedAt");

    private static final List<Kind> WORKLOADS = List.of(new Kind("apps/v1", "Deployment", "deployments", true),
            new Kind("apps/v1", "StatefulSet", "statefulsets", true),
            new Kind("apps/v1", "DaemonSet", "daemonsets", true));

    /** The kubelet reads it to fetch images; no program in a pod does. */
    private static final String PULLING = "imagePullSecrets";

    private final ClusterPort cluster;
    private final Waiting waiting;
    private final Map<Address, ObjectRef> planned = new ConcurrentHashMap<>();

    Restarts(ClusterPort cluster, Waiting waiting) {
        this.cluster = cluster;
        this.waiting = waiting;
    }

    /**
     * Plans to restart all live workloads whose pods read one of these objects: as variables, or mounted.
     *
     * @throws ProblemException if workloads cannot be listed, or one would not start anew
     */
    Restarting of(Set<Address> objects, Instant at) {
        planned.clear();
        SortedSet<String> namespaces = objects.stream()
                .map(Manifests::namespace)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Problem> problems = new ArrayList<>();
        List<Change.Update> changes = new ArrayList<>();
        List<Plan.Notice> notices = new ArrayList<>();
        for (String namespace : namespaces) {
            for (Kind kind : WORKLOADS) {
                for (Value.MapOf item : listed(kind, namespace)) {
                    Resource live = live(kind, item);
                    SortedSet<Address> read = reads(live, objects);
                    if (!read.isEmpty() && !objects.contains(live.address())) {
                        planned.put(live.address(), new ObjectRef(kind, namespace, live.address().name()));
                        changes.add(restart(live, at));
                        notices.addAll(notices(live, read));
                        paused(live).ifPresent(problems::add);
                    }
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Restarting(changes, notices);
    }

    private List<Value.MapOf> listed(Kind kind, String namespace) {
        return switch (cluster.list(kind, namespace, "")) {
            case ClusterAnswer.Done(Value.MapOf list) -> Manifests.items(list);
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> List.of();
            case ClusterAnswer.Refused refused -> throw Refusals
                    .of(refused,
                            "which " + kind.plural() + " of " + namespace + " are to be restarted cannot be found out",
                            ObjectType.NAMESPACE + "/" + namespace)
                    .asException();
            case ClusterAnswer.Trouble(Problem problem) -> throw new ProblemException(problem);
        };
    }

    private static Resource live(Kind kind, Value.MapOf item) {
        Address address = Manifests.address(kind.apiVersion(), kind.name(), item);
        return Resource.live(address, Manifests.canonical(address, item));
    }

    private static SortedSet<Address> reads(Resource workload, Set<Address> objects) {
        return new ObjectReferences(workload).all()
                .stream()
                .filter(reference -> !reference.at().isRoot() && !reference.at().last().equals(PULLING))
                .map(Reference::to)
                .filter(objects::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Change.Update restart(Resource live, Instant at) {
        Value stamp = Value.text(at.truncatedTo(ChronoUnit.SECONDS).toString());
        Edit edit = live.value()
                .at(STAMP)
                .<Edit>map(before -> new Edit.Set(STAMP, before, stamp))
                .orElseGet(() -> new Edit.Add(STAMP, stamp));
        Resource becomes = live.withValue(Holes.with(live.value(), STAMP, stamp));
        return new Change.Update(live, becomes, becomes, List.of(edit), Optional.empty());
    }

    private static List<Plan.Notice> notices(Resource live, SortedSet<Address> read) {
        List<Plan.Notice> notices = new ArrayList<>();
        notices.add(new Plan.Notice.About(live.address(), "restarted: its pods read "
                + String.join(", ", read.stream().map(Address::toString).toList())));
        if (isByHand(live.value())) {
            notices.add(new Plan.Notice.Warning(Optional.of(live.address()),
                    "its pods are new only once somebody deletes the old ones (updateStrategy OnDelete)"));
        }
        return notices;
    }

    private static boolean isByHand(Value.MapOf workload) {
        return workload.map("spec").map("updateStrategy").text("type").filter("OnDelete"::equals).isPresent();
    }

    private static Optional<Problem> paused(Resource live) {
        String where = live.address().toString();
        return live.value().map("spec").isTrue("paused")
                ? Optional.of(Problem.refused(where + " is paused, so its pods would keep the old value", where,
                        "kubectl -n " + Manifests.namespace(live.address()) + " rollout resume deployment/"
                                + live.address().name() + ". Or leave restarting to others: --no-restart."))
                : Optional.empty();
    }

    /** Whether a change is one of those that were planned here. */
    boolean isOne(Change change) {
        return planned.containsKey(change.address());
    }

    /** Restarts one, and waits until its pods are new. */
    Outcome carryOut(Change change) {
        Address address = change.address();
        ObjectRef ref = Optional.ofNullable(planned.get(address)).orElseThrow();
        Value stamp = change.declared().flatMap(becomes -> becomes.value().at(STAMP)).orElseThrow();
        return switch (cluster.merge(ref, Holes.with(Value.EMPTY_MAP, STAMP, stamp))) {
            case ClusterAnswer.Done(Value.MapOf object) -> isByHand(object) ? done() : waited(ref, address);
            // Whatever had the old value is gone with it.
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> done();
            case ClusterAnswer.Refused refused -> new Outcome.Failed(
                    Refusals.of(refused, address + " cannot be restarted", address.toString()), Optional.empty(),
                    false);
            case ClusterAnswer.Trouble(Problem problem) -> new Outcome.Failed(problem, Optional.empty(), true);
        };
    }

    private Outcome waited(ObjectRef ref, Address address) {
        return waiting.rollout(ref, address.toString())
                .<Outcome>map(problem -> new Outcome.Failed(problem, Optional.empty(), true))
                .orElseGet(Restarts::done);
    }

    private static Outcome done() {
        return new Outcome.Done(Optional.empty(), false);
    }

    void waitNoLonger() {
        waiting.end();
    }
}
