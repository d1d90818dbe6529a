package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All roles of a realm on the server: those of the realm, and a list of each client. Which role is part of which others, the
 * server tells of none: all that are composed of others are asked, once and only if somebody wants to know.
 */
final class RoleBook {

    private static final String ROLES = "roles";

    private final Reader reader;
    private final AccessRealm realm;
    private final AccessNodes nodes;
    private final Map<Address, Value.MapOf> bodies = new ConcurrentHashMap<>();
    private Optional<Map<Address, Set<Address>>> composedInto = Optional.empty();

    private RoleBook(Reader reader, AccessRealm realm, AccessNodes nodes) {
        this.reader = reader;
        this.realm = realm;
        this.nodes = nodes;
    }

    static RoleBook read(Reader reader, AccessRealm realm, AccessNodes nodes) {
        RoleBook book = new RoleBook(reader, realm, nodes);
        String live = realm.live().orElseThrow();
        List<String[]> lists = new ArrayList<>();
        lists.add(new String[]{live, ROLES});
        realm.clients().keySet().forEach(client -> lists.add(new String[]{live, "clients", client, ROLES}));
        reader.each(lists, list -> reader.objects(list).forEach(body -> book.bodies.put(nodes.role(body), body)));
        return book;
    }

    Set<Address> roles() {
        return Set.copyOf(bodies.keySet());
    }

    /** The way to a role and to what lies below it; empty if it is not on the server. */
    Optional<String[]> way(Address role, String last) {
        return Optional.ofNullable(bodies.get(role)).map(body -> {
            String live = realm.live().orElseThrow();
            String name = body.text("name").orElse("");
            return body.isTrue("clientRole")
                    ? new String[]{live, "clients", body.text("containerId").orElse(""), ROLES, name, last}
                    : new String[]{live, ROLES, name, last};
        });
    }

    /** The roles that this one is part of. */
    synchronized Set<Address> composedInto(Address role) {
        if (composedInto.isEmpty()) {
            Map<Address, Set<Address>> into = new ConcurrentHashMap<>();
            Map<Address, Value.MapOf> composed = new HashMap<>(bodies);
            composed.values().removeIf(body -> !body.isTrue("composite"));
            reader.each(composed.entrySet(), parent -> nodes.composites(parent.getValue().text("id").orElse(""))
                    .forEach(part -> into.computeIfAbsent(part, unseen -> ConcurrentHashMap.newKeySet())
                            .add(parent.getKey())));
            composedInto = Optional.of(into);
        }
        return composedInto.get().getOrDefault(role, Set.of());
    }
}
