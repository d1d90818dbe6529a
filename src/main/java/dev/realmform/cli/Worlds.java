package dev.realmform.cli;

import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.AccessGraph;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.plan.Holes;
import dev.realmform.postgres.DatabaseProvider;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keycloak and a cluster as one: a plan over both. Neither knows the other; what a Secret shall hold of a client is filled in
 * between the two.
 *
 * @param keycloak empty where the files name no realm
 * @param arrival  whether that Keycloak is there yet
 * @param cluster  opened when it is first needed
 */
record Worlds(Optional<Provider> keycloak, Optional<Arrival> arrival, ClusterDoor cluster) implements Provider {

    private static final Predicate<Address> OF_CLUSTER = Address::isOfCluster;

    /** With another way to the same Keycloak. */
    Worlds through(Provider other) {
        return new Worlds(Optional.of(other), arrival, cluster);
    }

    @Override
    public List<ResourceType> types() {
        return keycloak.map(Provider::types).orElse(List.of());
    }

    @Override
    public Optional<ResourceType> type(String name) {
        // Asked for each of thousands of resources, nearly all of them Keycloak's.
        Optional<ResourceType> ofKeycloak = KeycloakProvider.offline(name);
        return ofKeycloak.isPresent() ? ofKeycloak
                : cluster.opened()
                        .flatMap(open -> open.provider().type(name))
                        .or(() -> KubernetesProvider.offline(name))
                        .or(() -> DatabaseProvider.offline(name));
    }

    @Override
    public LiveState read(Scope scope) {
        Scope ofKeycloak = part(scope, OF_CLUSTER.negate(), scope.declared());
        if (keycloak.isEmpty() && !ofKeycloak.owned().isEmpty()) {
            throw Problem.refused("the state holds resources of Keycloak, and the files name no realm",
                    ofKeycloak.owned().firstKey().toString(),
                    "Give the files that declare them too, or another --state.").asException();
        }
        LiveState first = keycloak.map(provider -> read(provider, ofKeycloak, scope)).orElseGet(Worlds::nothing);
        if (!isClusterNeeded(scope)) {
            return first;
        }
        Holes holes = new Holes(scope.declared(), first);
        SortedMap<Address, Resource> filled = new TreeMap<>(scope.declared());
        filled.replaceAll((address, resource) -> address.isOfCluster() ? holes.filled(resource) : resource);
        return together(first, cluster.open().provider().read(part(scope, OF_CLUSTER, filled)));
    }

    private LiveState read(Provider provider, Scope ofKeycloak, Scope all) {
        arrival.ifPresent(one -> one.look(all, isClusterNeeded(all)));
        return present().isPresent() ? provider.read(ofKeycloak) : KeycloakProvider.ofServerToCome(ofKeycloak);
    }

    private boolean isClusterNeeded(Scope scope) {
        return cluster.isDeclared() || scope.owned().keySet().stream().anyMatch(OF_CLUSTER);
    }

    /** Whether Keycloak is yet to be made by this run. */
    boolean awaitsKeycloak() {
        return arrival.filter(Arrival::isAwaited).isPresent();
    }

    /** Keycloak, if there is something to ask it. */
    private Optional<Provider> present() {
        return keycloak.filter(ignored -> arrival.map(Arrival::isAsked).orElse(true));
    }

    private static LiveState nothing() {
        return new LiveState(Collections.emptySortedMap(), new ServerIdentity("", Collections.emptySortedMap()),
                List.of());
    }

    private static LiveState together(LiveState one, LiveState other) {
        SortedMap<Address, LiveObject> objects = new TreeMap<>(one.objects());
        objects.putAll(other.objects());
        SortedMap<String, String> ids = new TreeMap<>(one.identity().realmIds());
        ids.putAll(other.identity().realmIds());
        return new LiveState(objects, new ServerIdentity(one.identity().issuer(), ids),
                Stream.concat(one.notices().stream(), other.notices().stream()).toList());
    }

    /** What of a scope is about one of the two. */
    static Scope part(Scope scope, Predicate<Address> mine, SortedMap<Address, Resource> declared) {
        SortedMap<Address, Set<String>> owned = new TreeMap<>(scope.owned());
        owned.keySet().removeIf(mine.negate());
        Map<Address, Address> renames = new HashMap<>(scope.renames());
        renames.keySet().removeIf(mine.negate());
        Scope.Past past = new Scope.Past(kept(scope.past().held(), mine), kept(scope.past().made(), mine));
        return new Scope(part(declared, mine), owned, scope.manage(), renames, kept(scope.going(), mine), past);
    }

    private static Set<Address> kept(Set<Address> addresses, Predicate<Address> mine) {
        return addresses.stream().filter(mine).collect(Collectors.toUnmodifiableSet());
    }

    private static SortedMap<Address, Resource> part(SortedMap<Address, Resource> resources, Predicate<Address> mine) {
        SortedMap<Address, Resource> part = new TreeMap<>(resources);
        part.keySet().removeIf(mine.negate());
        return part;
    }

    private static Plan part(Plan plan, Predicate<Address> mine) {
        return new Plan(plan.changes().stream().filter(change -> mine.test(change.address())).toList(),
                plan.waitsFor(), plan.unchanged(), plan.notices(), plan.access(), plan.expected());
    }

    /** What of a plan is about Keycloak. */
    static Plan ofKeycloak(Plan plan) {
        return part(plan, OF_CLUSTER.negate());
    }

    @Override
    public Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> ofKeycloak = part(declared, OF_CLUSTER.negate());
        Accepted first = present().map(provider -> provider.accepted(ofKeycloak, live))
                .orElseGet(() -> new Accepted(ofKeycloak,
                        awaitsKeycloak() ? List.of(arrival.orElseThrow().notice()) : List.of()));
        SortedMap<Address, Resource> ofCluster = part(declared, OF_CLUSTER);
        SortedMap<Address, Resource> all = new TreeMap<>(first.declared());
        all.putAll(cluster.opened()
                .map(open -> open.provider().accepted(ofCluster, live).declared())
                .orElse(ofCluster));
        return new Accepted(all, first.notices());
    }

    /** All of Keycloak needs the Keycloak that the cluster runs, if it does. */
    @Override
    public SortedMap<Address, Set<Address>> standsOn(SortedMap<Address, Resource> declared, LiveState live) {
        Set<Address> servers = Stream
                .concat(declared.values().stream(), live.objects().values().stream().map(LiveObject::resource))
                .filter(KubernetesProvider::runsKeycloak)
                .map(Resource::address)
                .collect(Collectors.toUnmodifiableSet());
        SortedMap<Address, Set<Address>> all = new TreeMap<>();
        if (!servers.isEmpty()) {
            Stream.concat(declared.keySet().stream(), live.objects().keySet().stream())
                    .filter(OF_CLUSTER.negate())
                    .forEach(address -> all.put(address, servers));
        }
        cluster.opened().ifPresent(open -> all.putAll(open.provider().standsOn(declared, live)));
        return all;
    }

    @Override
    public List<Problem> review(Plan plan) {
        List<Problem> problems = new ArrayList<>();
        present().ifPresent(provider -> problems.addAll(provider.review(ofKeycloak(plan))));
        cluster.opened().ifPresent(open -> problems.addAll(open.provider().review(part(plan, OF_CLUSTER))));
        return problems;
    }

    @Override
    public List<Plan.Notice> notices(Plan plan) {
        List<Plan.Notice> notices = new ArrayList<>();
        present().ifPresent(provider -> notices.addAll(provider.notices(ofKeycloak(plan))));
        cluster.opened().ifPresent(open -> notices.addAll(open.provider().notices(part(plan, OF_CLUSTER))));
        return notices;
    }

    @Override
    public Optional<AccessGraph> access(Plan plan) {
        return present().flatMap(provider -> provider.access(ofKeycloak(plan)));
    }

    @Override
    public List<Outcome> write(List<Change> bundle) {
        return !bundle.isEmpty() && bundle.getFirst().address().isOfCluster()
                ? cluster.open().provider().write(bundle)
                : keycloak.orElseThrow().write(bundle);
    }

    @Override
    public void waitNoLonger() {
        cluster.opened().ifPresent(open -> open.provider().waitNoLonger());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
