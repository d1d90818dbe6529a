package dev.realmform.cli;

import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.plan.Holes;
import dev.realmform.postgres.DatabaseProvider;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cluster and the databases that what runs in it needs, as one. Neither knows the other; a password that lies in a Secret is
 * handed on between the two.
 */
record ClusterSide(KubernetesProvider cluster, DatabaseProvider databases, Optional<FrontDoor> door)
        implements
            Provider {

    private static final Predicate<Address> IS_DATABASE = address -> address.type().equals(Address.DATABASE);

    /** @param trusted whether the files may say whom this machine speaks to */
    static ClusterSide of(KubernetesProvider cluster, boolean trusted, FrontDoor door) {
        return new ClusterSide(cluster, new DatabaseProvider(trusted, hole -> inCluster(cluster, hole)),
                Optional.of(door).filter(ignored -> trusted));
    }

    private static Value inCluster(KubernetesProvider cluster, Value.Unknown hole) {
        return cluster.object(hole.source())
                .flatMap(object -> object.at(Path.parse(hole.field())))
                .orElseThrow(() -> missing(hole).asException());
    }

    private static Problem missing(Value.Unknown hole) {
        return Problem.invalid(hole.source() + " is not there, or has no " + hole.field(), hole.source().toString(),
                "Make it, or correct its name and key in cluster.database.");
    }

    @Override
    public List<ResourceType> types() {
        return List.of();
    }

    @Override
    public Optional<ResourceType> type(String name) {
        return databases.type(name).or(() -> cluster.type(name));
    }

    @Override
    public LiveState read(Scope scope) {
        Scope ofCluster = Worlds.part(scope, IS_DATABASE.negate(), scope.declared());
        LiveState live = noting(cluster.read(ofCluster), door
                .map(front -> front.notices(ofCluster.declared().values(), cluster::object))
                .orElse(List.of()));
        Scope others = Worlds.part(scope, IS_DATABASE, scope.declared());
        if (others.declared().isEmpty() && others.owned().isEmpty()) {
            return live;
        }
        SortedMap<Address, LiveObject> objects = new TreeMap<>(live.objects());
        others.declared().values().forEach(database -> around(database, scope.declared(), objects));
        LiveState wider = new LiveState(objects, live.identity(), live.notices());
        Holes holes = new Holes(cluster.accepted(ofCluster.declared(), wider).declared(), wider);
        SortedMap<Address, Resource> filled = new TreeMap<>(others.declared());
        filled.replaceAll((address, database) -> holes.filled(database));
        LiveState found = databases.read(Worlds.part(others, IS_DATABASE, filled));
        objects.putAll(found.objects());
        return noting(new LiveState(objects, live.identity(), live.notices()), found.notices());
    }

    private static LiveState noting(LiveState live, List<Plan.Notice> more) {
        return new LiveState(live.objects(), live.identity(),
                Stream.concat(live.notices().stream(), more.stream()).toList());
    }

    /** What a database takes from objects that no file declares is looked up, and is nobody's to change. */
    private void around(Resource database, SortedMap<Address, Resource> declared,
            SortedMap<Address, LiveObject> objects) {
        holes(database.value()).filter(hole -> !declared.containsKey(hole.source())).forEach(hole -> {
            Value.MapOf object = cluster.object(hole.source())
                    .filter(there -> there.at(Path.parse(hole.field())).isPresent())
                    .orElseThrow(() -> missing(hole).asException());
            objects.putIfAbsent(hole.source(), new LiveObject(
                    Resource.live(hole.source(), object.without("status")), Optional.empty(), true, Optional.empty()));
        });
    }

    private static Stream<Value.Unknown> holes(Value value) {
        return switch (value) {
            case Value.Unknown unknown -> Stream.of(unknown);
            case Value.MapOf map -> map.fields().values().stream().flatMap(ClusterSide::holes);
            default -> Stream.of();
        };
    }

    @Override
    public Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> all = new TreeMap<>(declared);
        all.keySet().removeIf(IS_DATABASE);
        Accepted accepted = cluster.accepted(all, live);
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        kept.putAll(accepted.declared());
        return new Accepted(kept, accepted.notices());
    }

    /** Keycloak looks for its database when it starts. */
    @Override
    public SortedMap<Address, Set<Address>> standsOn(SortedMap<Address, Resource> declared, LiveState live) {
        Set<Address> grounds = declared.keySet()
                .stream()
                .filter(IS_DATABASE)
                .collect(Collectors.toUnmodifiableSet());
        SortedMap<Address, Set<Address>> all = new TreeMap<>(cluster.standsOn(declared, live));
        if (grounds.isEmpty()) {
            return all;
        }
        declared.values()
                .stream()
                .filter(KubernetesProvider::runsKeycloak)
                .forEach(workload -> all.put(workload.address(), grounds));
        return all;
    }

    @Override
    public List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>(cluster.review(part(plan, IS_DATABASE.negate())));
        problems.addAll(databases.review(part(plan, IS_DATABASE)));
        return problems;
    }

    @Override
    public List<Plan.Notice> notices(Plan plan) {
        return databases.notices(part(plan, IS_DATABASE));
    }

    private static Plan part(Plan plan, Predicate<Address> mine) {
        return new Plan(plan.changes().stream().filter(change -> mine.test(change.address())).toList(),
                plan.waitsFor(), plan.unchanged(), plan.notices());
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        return !bundle.isEmpty() && IS_DATABASE.test(bundle.getFirst().address()) ? databases.write(bundle)
                : cluster.write(bundle);
    }

    @Override
    public void waitNoLonger() {
        cluster.waitNoLonger();
    }

    @Override
    public void close() {
        databases.close();
        cluster.close();
    }
}
