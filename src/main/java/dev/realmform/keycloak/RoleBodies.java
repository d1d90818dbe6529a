package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What realm roles and client roles have in common: all but the place where they live. */
final class RoleBodies {

    static final Path REALM = Path.of("composites", "realm");
    static final Path CLIENT = Path.of("composites", "client");

    static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed(),
            "containerId", Field.any().computed(),
            "clientRole", Field.any().computed(),
            "composite", Field.any().computed(),
            "scopeParamRequired", Field.any().computed(),
            "attributes", Field.mapOf(Field.sequence()).secretsByName(),
            "composites", Field.object(Map.of("realm", Field.set(), "client", Field.mapOf(Field.set())))));

    private RoleBodies() {}

    static Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Value.MapOf composites = desired.value().map("composites");
        Set<Reference> references = new HashSet<>();
        composites.get("realm").ifPresent(set -> references.addAll(RoleNames.realmRoles(realm, set, REALM)));
        references.addAll(RoleNames.clientRoles(realm, composites.map("client"), CLIENT));
        return references;
    }

    /** Adds one live role; what it is composed of is read only for roles that say something about it. */
    static void add(KeycloakType type, Reader reader, Wanted wanted, Found found, Address live, Value.MapOf body) {
        Value.MapOf value = body;
        boolean asks = wanted.asks(live, "composites");
        if (asks) {
            value = body.with("composites", body.isTrue("composite")
                    ? composites(reader, wanted, body.text("id").orElse(""))
                    : Value.EMPTY_MAP);
        }
        found.add(type, live, value, body.text("id"), BuiltIn.is(live));
    }

    private static Value composites(Reader reader, Wanted wanted, String id) {
        SortedSet<String> realmRoles = new TreeSet<>();
        SortedMap<String, SortedSet<String>> clientRoles = new TreeMap<>();
        String realm = wanted.realm();
        for (Value.MapOf member : reader.objects(realm, "roles-by-id", id, "composites")) {
            String name = member.text("name").orElse("");
            if (member.isTrue("clientRole")) {
                String client = ClientType.clientId(reader, wanted, member.text("containerId").orElse(""));
                clientRoles.computeIfAbsent(client, key -> new TreeSet<>()).add(name);
            } else {
                realmRoles.add(name);
            }
        }
        return Value.EMPTY_MAP.with("realm", RoleNames.realmRoles(wanted.renames(), realm, realmRoles))
                .with("client", RoleNames.clientRoles(wanted.renames(), realm, clientRoles));
    }

    /** Composites follow by id: inline, an unknown name would be dropped silently. */
    private static Call create(Way collection, Change.Create create) {
        return Call.post(collection, body(create).without("composites")).makingUnnamed(create.address());
    }

    static Value.MapOf body(Change.Create create) {
        return Wire.body(SCHEMA, create.planned().value()).with("name", Value.text(create.address().name()));
    }

    /** What a role and its composites need, at the place where roles of its kind lie. */
    static List<Call> calls(Way roles, Change change) {
        return switch (change) {
            case Change.Create create -> {
                List<Call> calls = new ArrayList<>(List.of(create(roles, create)));
                calls.addAll(composites(create));
                yield calls;
            }
            case Change.Update update -> update(update);
            case Change.Adopt adopt -> update(adopt);
            case Change.Delete delete -> List.of(Call.delete(byId(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a role is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** A PUT sets name and description whether they are in it or not; attributes it replaces whole (measured). */
    private static List<Call> update(Change change) {
        List<Call> calls = new ArrayList<>();
        Address address = change.address();
        Value.MapOf planned = Wire.planned(change).value();
        boolean renamed = change instanceof Change.Update update
                && update.renamedFrom().filter(was -> !was.name().equals(address.name())).isPresent();
        Value.MapOf changed = Wire.changed(SCHEMA, change).without("composites");
        if (renamed || !changed.isEmpty()) {
            Value.MapOf body = changed.with("name", Value.text(address.name()))
                    .with("description", planned.get("description").orElse(Value.text("")));
            Call put = Call.put(byId(address), body);
            calls.add(body.has("attributes") ? put.reading(Again.maps("attributes")) : put);
        }
        calls.addAll(composites(change));
        return calls;
    }

    private static Way byId(Address role) {
        return Way.realm(role.root()).then("roles-by-id").id(role);
    }

    private static List<Call> composites(Change change) {
        Address address = change.address();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        List<Value> added = new ArrayList<>();
        List<Value> removed = new ArrayList<>();
        Sets realm = Sets.between(before, after, REALM);
        realm.added().forEach(role -> added.add(RoleNames.body(Address.of("realm-role", address.root(), role))));
        realm.removed().forEach(role -> removed.add(RoleNames.body(Address.of("realm-role", address.root(), role))));
        for (String client : clients(before, after)) {
            Sets roles = Sets.between(before, after, CLIENT.then(client));
            roles.added()
                    .forEach(role -> added.add(
                            RoleNames.body(Address.of("client-role", address.root(), client, role))));
            roles.removed()
                    .forEach(role -> removed.add(
                            RoleNames.body(Address.of("client-role", address.root(), client, role))));
        }
        List<Call> calls = new ArrayList<>();
        Way way = byId(address).then("composites");
        if (!removed.isEmpty()) {
            calls.add(Call.delete(way, new Value.ListOf(removed)));
        }
        if (!added.isEmpty()) {
            calls.add(Call.post(way, new Value.ListOf(added)));
        }
        return calls;
    }

    private static SortedSet<String> clients(Value.MapOf before, Value.MapOf after) {
        SortedSet<String> clients = new TreeSet<>(before.map("composites").map("client").fields().keySet());
        clients.addAll(after.map("composites").map("client").fields().keySet());
        return clients;
    }
}
