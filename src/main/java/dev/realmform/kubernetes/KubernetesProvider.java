package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** One Kubernetes cluster: any object of any kind, by server-side apply. */
public final class KubernetesProvider implements Provider {

    private static final ObjectRef ITS_OWN = new ObjectRef(new Kind("v1", "Namespace", "namespaces", false), "",
            "kube-system");

    private static final Set<String> SERVERS = Set.of("StatefulSet", "Deployment");
    private static final Path PRODUCT = Path.of("metadata", "labels", "app.kubernetes.io/name");
    private static final Path WHOLE = Path.of("metadata", "labels", "app.kubernetes.io/part-of");
    private static final Path PODS = Path.of("spec", "template", "spec");

    /** An image of Keycloak, from wherever it comes; not one of its operator, nor of a tool for it. */
    private static final Pattern IMAGE = Pattern.compile("(.*/)?keycloak([:@].*)?");

    private final ClusterPort cluster;
    private final Dealing dealing;
    private final DryRuns dryRuns = new DryRuns();
    private final Map<Address, String> uids = ObjectWriter.noIds();
    private final ObjectWriter writer;
    private final Restarts restarts;
    private SortedMap<Address, Resource> held = new TreeMap<>();

    /**
     * How to deal with what others do.
     *
     * @param takeOver fields that others hold are taken over, whatever the manifests say
     * @param patience how long to wait for a rollout or for something to be gone; zero does not wait for rollouts
     */
    public record Dealing(boolean takeOver, Duration patience) {}

    /**
     * A cluster.
     *
     * @param others what a value that another world holds has become
     */
    public KubernetesProvider(ClusterPort cluster, Dealing dealing, Function<Value.Unknown, Value> others,
            RandomGenerator random) {
        this(cluster, dealing, new Waiting.Patience(dealing.patience()), others, random);
    }

    KubernetesProvider(ClusterPort cluster, Dealing dealing, Waiting.Patience patience,
            Function<Value.Unknown, Value> others, RandomGenerator random) {
        this.cluster = cluster;
        this.dealing = dealing;
        this.writer = new ObjectWriter(cluster, dryRuns, patience,
                hole -> Generated.of(hole).<Value>map(way -> way.make(random)).orElseGet(() -> others.apply(hole)),
                uids);
        this.restarts = new Restarts(cluster, new Waiting(cluster, patience));
    }

    /** Any kind is a type; none is listed, for a cluster may have thousands. */
    @Override
    public List<ResourceType> types() {
        return List.of();
    }

    @Override
    public Optional<ResourceType> type(String name) {
        return KnownKinds.isKind(name) ? Optional.of(new ObjectType(name, dryRuns)) : Optional.empty();
    }

    /** The type of a kind where there is no cluster to ask. */
    public static Optional<ResourceType> offline(String name) {
        return KnownKinds.isKind(name) ? Optional.of(new ObjectType(name, new DryRuns())) : Optional.empty();
    }

    /**
     * Whether an object runs a Keycloak server: a workload that says so by the label that is usual for it, or whose image does,
     * for charts call their objects as they like.
     */
    public static boolean runsKeycloak(Resource object) {
        return SERVERS.contains(object.address().type())
                && (isOfKeycloak(object) || object.value().at(PODS).filter(KubernetesProvider::hasImage).isPresent());
    }

    /** Whether an object belongs to Keycloak, by the same label. */
    public static boolean isOfKeycloak(Resource object) {
        return object.value().at(PRODUCT).filter(Value.text("keycloak")::equals).isPresent();
    }

    private static boolean hasImage(Value pods) {
        return pods instanceof Value.MapOf spec && spec.list("containers")
                .stream()
                .anyMatch(container -> container instanceof Value.MapOf map
                        && map.text("image").filter(image -> IMAGE.matcher(image).matches()).isPresent());
    }

    /** How far objects that are left to another tool are from what they are declared to be. Writes nothing. */
    public List<String> differences(List<Resource> left) {
        return new Comparison(cluster).of(left);
    }

    /**
     * Name and password of an administrator; empty if they are not in the cluster.
     *
     * @throws dev.realmform.model.ProblemException if the cluster does not give them out
     */
    public Optional<BootstrapAdmin.Account> account(BootstrapAdmin admin) {
        return admin.account(cluster);
    }

    @Override
    public LiveState read(Scope scope) {
        dryRuns.clear();
        Look look = new Look(cluster, dryRuns, scope);
        look.take();
        SortedMap<Address, LiveState.LiveObject> objects = new TreeMap<>(look.objects());
        uids.clear();
        objects.forEach((address, object) -> object.id().ifPresent(uid -> uids.put(address, uid)));
        held = new TreeMap<>();
        scope.past()
                .held()
                .forEach(address -> Optional.ofNullable(objects.get(address))
                        .ifPresent(object -> held.put(address, object.resource())));
        SortedMap<String, String> ids = new TreeMap<>();
        identity().ifPresent(uid -> ids.put(ServerIdentity.CLUSTER, uid));
        return new LiveState(objects, new ServerIdentity("", ids), look.notices());
    }

    /**
     * An object as the server has it now, whoever made it: with its status, and the data of a Secret in clear. Empty if it is
     * not there.
     *
     * @throws dev.realmform.model.ProblemException if it cannot be read
     */
    public Optional<Value.MapOf> object(Address address) {
        return new Refs(cluster).of(address).flatMap(ref -> switch (cluster.get(ref)) {
            case ClusterAnswer.Done(Value.MapOf object) -> Optional.of(Manifests.canonical(address, object)
                    .with("status", object.map("status")));
            case ClusterAnswer.Refused refused when refused.status() == Refusals.NOT_FOUND -> Optional.empty();
            case ClusterAnswer.Refused refused -> throw Refusals.of(refused, address + " cannot be read",
                    address.toString()).asException();
            case ClusterAnswer.Trouble(Problem problem) -> throw problem.asException();
        });
    }

    /** The uid of the namespace that each cluster has from its first day to its last. */
    private Optional<String> identity() {
        return cluster.get(ITS_OWN) instanceof ClusterAnswer.Done(Value.MapOf namespace)
                ? Optional.of(Manifests.uid(namespace)).filter(uid -> !uid.isEmpty())
                : Optional.empty();
    }

    @Override
    public Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        kept.replaceAll((address, resource) -> live.find(address)
                .map(object -> Holes.kept(resource, object.resource().value()))
                .orElse(resource));
        return new Accepted(kept, List.of());
    }

    /** What is of a kind that a definition brings comes after that, and goes before it. */
    @Override
    public SortedMap<Address, Set<Address>> standsOn(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> all = new TreeMap<>();
        live.objects().forEach((address, object) -> all.put(address, object.resource()));
        all.putAll(declared);
        Map<String, Address> definitions = new HashMap<>();
        all.values()
                .stream()
                .filter(Definitions::isOne)
                .forEach(definition -> definitions.put(Definitions.type(definition), definition.address()));
        SortedMap<Address, Set<Address>> grounds = new TreeMap<>();
        all.keySet()
                .forEach(address -> Optional.ofNullable(definitions.get(address.type()))
                        .ifPresent(definition -> grounds.put(address, Set.of(definition))));
        return grounds;
    }

    @Override
    public List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Delete(Resource live, Change.Delete.DeleteReason why, Optional<Address> with)
                    && why != Change.Delete.DeleteReason.INSIDE && !Marks.isOurs(live.value())) {
                problems.add(Problem.refused(live.address() + " is to be deleted, and no longer has the label "
                        + Marks.MANAGED_BY.last() + ": " + Marks.MANAGER, live.address().toString(),
                        "Somebody else has taken charge of it. Let it go with: realmform state rm " + live.address()
                                + "; or put the label back."));
            } else if (change.writes() && change.declared().isPresent()) {
                contested(change.declared().get()).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /**
     * What somebody wrote by hand into an object of ours is drift, which an apply mends. What another tool applies or a
     * controller scales, and whatever others hold of an object that we only adopt, is theirs until somebody says otherwise.
     */
    private Optional<Problem> contested(Resource desired) {
        Address address = desired.address();
        if (dealing.takeOver() || Marks.says(desired.value(), Marks.TAKE_OVER, "true")) {
            return Optional.empty();
        }
        return dryRuns.find(address)
                .stream()
                .flatMap(answer -> answer.conflicts().stream())
                .filter(conflict -> conflict.declared() || !held.containsKey(address))
                .findFirst()
                .map(conflict -> Problem.refused(address + ": " + conflict.text() + ", with another value",
                        desired.source().exact(),
                        "Leave the field to it, by taking it out of the manifest or by $ignore; or take it over:"
                                + " $takeOver: true in the manifest, or --take-over for all."));
    }

    /**
     * Plans to start anew all live workloads whose pods read one of these objects. What is planned so, {@link #write} restarts.
     *
     * @throws dev.realmform.model.ProblemException if workloads cannot be listed, or one would not start anew
     */
    public Restarting restarts(Set<Address> read, Instant at) {
        return restarts.of(read, at);
    }

    /** The values of an object that are made once and kept, by their places. */
    public static SortedMap<Path, Value> madeOnce(Resource declared) {
        SortedMap<Path, Value> made = new TreeMap<>(Holes.of(declared.value()));
        made.values().removeIf(hole -> !(hole instanceof Value.Unknown unknown && Generated.of(unknown).isPresent()));
        return made;
    }

    /** Whether an object belongs to the Keycloak, or its database, that a section of the files stands for. */
    public static boolean isOfServer(Resource object) {
        return object.value().at(WHOLE).filter(Value.text("keycloak")::equals).isPresent();
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        return bundle.stream()
                .map(change -> restarts.isOne(change) ? restarts.carryOut(change) : writer.write(change))
                .toList();
    }

    @Override
    public void waitNoLonger() {
        writer.waitNoLonger();
        restarts.waitNoLonger();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
