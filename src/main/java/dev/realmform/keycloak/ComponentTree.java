package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The components of a realm by their addresses. One request answers all of them, in one list, each with the id of the one it
 * lies in; at the top that is the realm.
 *
 * @param bodies by address
 * @param twice  addresses that several components have: Keycloak lets kind and name be given twice (26.7.3)
 */
record ComponentTree(SortedMap<Address, Value.MapOf> bodies, Set<Address> twice) {

    static ComponentTree read(Reader reader, String realm) {
        return of(realm, reader.objects(realm, "components"));
    }

    static ComponentTree of(String realm, List<Value.MapOf> components) {
        Map<String, Value.MapOf> byId = new HashMap<>();
        components.forEach(component -> component.text("id").ifPresent(id -> byId.put(id, component)));
        SortedMap<Address, Value.MapOf> bodies = new TreeMap<>();
        Set<Address> twice = new HashSet<>();
        for (Value.MapOf component : components) {
            Address address = address(realm, component, byId);
            if (bodies.putIfAbsent(address, component) != null) {
                twice.add(address);
            }
        }
        return new ComponentTree(bodies, twice);
    }

    private static Address address(String realm, Value.MapOf component, Map<String, Value.MapOf> byId) {
        String kind = component.text("providerType").orElse("");
        String name = name(component);
        return component.text("parentId")
                .map(byId::get)
                .map(parent -> SubComponentType.address(address(realm, parent, byId), kind, name))
                .orElseGet(() -> ComponentType.address(realm, kind, component.text("subType"), name));
    }

    /** The user profile has no name (26.7.3). */
    static String name(Value.MapOf component) {
        return component.text("name").or(() -> component.text("providerId")).orElse("");
    }

    /** Hands out those of one type that are wanted. */
    void each(KeycloakType type, Wanted wanted, BiConsumer<Address, Value.MapOf> found) {
        Set<Address> addresses = wanted.of(type.name());
        bodies.forEach((address, body) -> {
            boolean asked = addresses.contains(address);
            if (address.type().equals(type.name()) && (asked || isCovered(type, wanted, address))) {
                if (asked && twice.contains(address)) {
                    throw ambiguous(address, wanted).asException();
                }
                found.accept(address, body);
            }
        });
    }

    private static boolean isCovered(KeycloakType type, Wanted wanted, Address address) {
        Optional<Address> around = type.container(address);
        return wanted.all(type) || around.filter(container -> isGoing(wanted, container)).isPresent();
    }

    private static boolean isGoing(Wanted wanted, Address address) {
        return wanted.isGoing(address) || (address.type().equals(SubComponentType.NAME)
                && isGoing(wanted, SubComponentType.around(address)));
    }

    private static Problem ambiguous(Address address, Wanted wanted) {
        return Problem.refused("there are several components " + address + " on the server",
                wanted.declared(address).map(Resource::source).map(Object::toString).orElse(address.toString()),
                "Rename or delete all but one of them; which one is meant, nobody can tell.");
    }

    /** The id of the component at an address. */
    Optional<String> id(Address address) {
        return Optional.ofNullable(bodies.get(address)).flatMap(body -> body.text("id"));
    }

    /** Any id, to ask the server about kinds of components. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        bodies.values().forEach(body -> body.text("id").ifPresent(ids::add));
        return ids;
    }
}
