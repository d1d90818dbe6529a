package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import dev.realmform.provider.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two worlds as one, where one of them is not there. */
class WorldsTest {

    private static final Address REALM = Address.of("realm", "osmo");
    private static final Address SERVER = Address.of("StatefulSet", "osmo", "keycloak");

    private final Worlds worlds = new Worlds(Optional.empty(), Optional.empty(),
            new ClusterDoor(Shell.ofProcess(), Optional.empty(), new ServerOptions(), hole -> Value.NULL));

    private static Scope owning(Address address) {
        return new Scope(new TreeMap<>(), new TreeMap<>(Map.of(address, Set.of())), Manage.NOTHING, Map.of(), Set.of());
    }

    private static Resource workload(Address address, String product) {
        return Resource.desired(address, Value.EMPTY_MAP.with("metadata", Value.EMPTY_MAP.with("labels",
                Value.EMPTY_MAP.with("app.kubernetes.io/name", Value.text(product)))), Origin.NONE);
    }

    @Test
    void whatTheStateHoldsOfKeycloakIsNotTakenForGoneWhereNoFileNamesARealm() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> worlds.read(owning(REALM))).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .isEqualTo("the state holds resources of Keycloak, and the files name no realm"));
    }

    @Test
    void withoutObjectsNoClusterIsOpened() {
        assertThat(
                worlds.read(new Scope(new TreeMap<>(), new TreeMap<>(), Manage.NOTHING, Map.of(), Set.of())).objects())
                .isEmpty();
        assertThat(worlds.cluster().opened()).isEmpty();
    }

    @Test
    void eachOfTheTwoIsReadItsOwn() {
        SortedMap<Address, Resource> declared = new TreeMap<>();
        declared.put(REALM, Resource.desired(REALM, Value.EMPTY_MAP, Origin.NONE));
        declared.put(SERVER, workload(SERVER, "keycloak"));
        Scope both = new Scope(declared, new TreeMap<>(Map.of(REALM, Set.of(), SERVER, Set.of())), Manage.NOTHING,
                Map.of(), Set.of(REALM, SERVER));
        Scope ofCluster = Worlds.part(both, Address::isOfCluster, both.declared());
        assertThat(ofCluster.declared().keySet()).containsExactly(SERVER);
        assertThat(ofCluster.owned().keySet()).containsExactly(SERVER);
        assertThat(ofCluster.going()).containsExactly(SERVER);
    }

    @Test
    void allOfKeycloakStandsOnTheServerInTheClusterIfThereIsOne() {
        SortedMap<Address, Resource> declared = new TreeMap<>();
        declared.put(REALM, Resource.desired(REALM, Value.EMPTY_MAP, Origin.NONE));
        declared.put(SERVER, workload(SERVER, "another"));
        LiveState nothing = new LiveState(new TreeMap<>(), new ServerIdentity("", new TreeMap<>()), List.of());
        assertThat(worlds.standsOn(declared, nothing)).isEmpty();
        declared.put(SERVER, workload(SERVER, "keycloak"));
        assertThat(worlds.standsOn(declared, nothing)).containsOnlyKeys(REALM).containsEntry(REALM, Set.of(SERVER));
    }
}
