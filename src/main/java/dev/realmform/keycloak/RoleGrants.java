package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Roles that are given directly to somebody: a group, a user, a service account. Written through role mappings alone. */
final class RoleGrants {

    static final String REALM_ROLES = "realmRoles";
    static final String CLIENT_ROLES = "clientRoles";

    static final Map<String, Field> FIELDS = Map.of(REALM_ROLES, Field.set(), CLIENT_ROLES, Field.mapOf(Field.set()));

    private static final String ROLE_MAPPINGS = "role-mappings";

    private RoleGrants() {}

    /**
     * Keycloak gives this role to everyone it makes. It is the realm's to give, so a set of roles that does not mention it
     * does not take it away.
     */
    static boolean isGivenToAll(String role) {
        return role.startsWith("default-roles-");
    }

    /** The roles that a value gives, and the clients whose roles they are. */
    static Set<Reference> references(String realm, Value.MapOf value) {
        Set<Reference> references = new HashSet<>(
                RoleNames.clientRoles(realm, value.map(CLIENT_ROLES), Path.of(CLIENT_ROLES)));
        value.get(REALM_ROLES)
                .ifPresent(roles -> references.addAll(RoleNames.realmRoles(realm, roles, Path.of(REALM_ROLES))));
        return references;
    }

    /** An import of a holder makes a role that is not there (26.7.3). */
    static Imported.Need need(Address referred) {
        boolean role = referred.type().equals(RealmRoleType.NAME) || referred.type().equals(ClientRoleType.NAME);
        return role ? Imported.Need.LOOKED_AT : Imported.Need.CHECKED_BY_THE_SERVER;
    }

    /** The calls that give what is missing, and then take what is too much. */
    static List<Call> calls(Way holder, String realm, Value.MapOf before, Value.MapOf after) {
        return mapped(holder.then(ROLE_MAPPINGS), realm, before, after);
    }

    /** The same for roles that are mapped at some other place of a holder. */
    static List<Call> mapped(Way mappings, String realm, Value.MapOf before, Value.MapOf after) {
        List<Call> give = new ArrayList<>();
        List<Call> take = new ArrayList<>();
        Sets roles = Sets.between(before, after, Path.of(REALM_ROLES));
        Way ofRealm = mappings.then("realm");
        send(give, ofRealm, realmRoles(realm, roles.added()), Call::post);
        send(take, ofRealm, realmRoles(realm, roles.removed()), Call::delete);
        SortedSet<String> clients = new TreeSet<>(before.map(CLIENT_ROLES).fields().keySet());
        clients.addAll(after.map(CLIENT_ROLES).fields().keySet());
        for (String client : clients) {
            Sets theirs = Sets.between(before, after, Path.of(CLIENT_ROLES, client));
            Way ofClient = mappings.then("clients").id(ClientType.address(realm, client));
            send(give, ofClient, clientRoles(realm, client, theirs.added()), Call::post);
            send(take, ofClient, clientRoles(realm, client, theirs.removed()), Call::delete);
        }
        give.addAll(take);
        return give;
    }

    /** Takes realm roles away that came with the creation. */
    static List<Call> take(Way holder, String realm, List<String> roles) {
        List<Call> take = new ArrayList<>();
        send(take, holder.then(ROLE_MAPPINGS, "realm"), realmRoles(realm, roles), Call::delete);
        return take;
    }

    private static void send(List<Call> calls, Way way, List<Value> roles, BiFunction<Way, Value, Call> call) {
        if (!roles.isEmpty()) {
            calls.add(call.apply(way, new Value.ListOf(roles)));
        }
    }

    private static List<Value> realmRoles(String realm, Iterable<String> roles) {
        List<Value> bodies = new ArrayList<>();
        roles.forEach(role -> bodies.add(RoleNames.body(Address.of(RealmRoleType.NAME, realm, role))));
        return bodies;
    }

    private static List<Value> clientRoles(String realm, String client, Iterable<String> roles) {
        List<Value> bodies = new ArrayList<>();
        roles.forEach(role -> bodies.add(RoleNames.body(Address.of(ClientRoleType.NAME, realm, client, role))));
        return bodies;
    }

    /** Live fields in which roles and clients have the names that the file gives them. */
    static Value.MapOf renamed(String realm, Value.MapOf live, Renames renames) {
        Map<String, List<String>> byClient = new HashMap<>();
        live.map(CLIENT_ROLES)
                .fields()
                .keySet()
                .forEach(
                        client -> byClient.put(client, live.map(CLIENT_ROLES).texts(client)));
        return live.with(REALM_ROLES, RoleNames.realmRoles(renames, realm, live.texts(REALM_ROLES)))
                .with(CLIENT_ROLES, RoleNames.clientRoles(renames, realm, byClient));
    }

    /** A live object with what GET role-mappings says about it. The ids of the roles are remembered. */
    static Value.MapOf with(Value.MapOf live, String realm, Value.MapOf mappings, Found found) {
        List<String> realmRoles = remember(mappings.list("realmMappings"), found,
                role -> Address.of(RealmRoleType.NAME, realm, role));
        Value.MapOf byClient = Value.EMPTY_MAP;
        for (String client : mappings.map("clientMappings").fields().keySet()) {
            Value.MapOf ofClient = mappings.map("clientMappings").map(client);
            ofClient.text("id").ifPresent(id -> found.id(ClientType.address(realm, client), id));
            byClient = byClient.with(client, Value.texts(remember(ofClient.list("mappings"), found,
                    role -> Address.of(ClientRoleType.NAME, realm, client, role))));
        }
        return renamed(realm, live.with(REALM_ROLES, Value.texts(realmRoles)).with(CLIENT_ROLES, byClient),
                found.renames());
    }

    private static List<String> remember(List<Value> roles, Found found,
            java.util.function.Function<String, Address> address) {
        List<String> names = new ArrayList<>();
        for (Value value : roles) {
            if (value instanceof Value.MapOf role && role.text("name").isPresent()) {
                String name = role.text("name").get();
                names.add(name);
                role.text("id").ifPresent(id -> found.id(address.apply(name), id));
            }
        }
        return names;
    }
}
