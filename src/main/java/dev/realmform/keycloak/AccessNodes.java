package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Users, groups and roles of one realm by address, as the server's answers name them; what each of them has itself is asked
 * for here. Thread-safe.
 */
final class AccessNodes {

    private static final Map<String, String> BRIEF = Map.of("briefRepresentation", "true");

    private static final String ID = "id";

    private final Reader reader;
    private final AccessRealm realm;
    private final String live;
    private final Plan plan;
    private final Renames renames;
    private final Ids ids;
    private final Map<Address, String> known = new ConcurrentHashMap<>();
    private final Map<String, Address> groups = new ConcurrentHashMap<>();

    AccessNodes(Reader reader, AccessRealm realm, Plan plan, Renames renames, Ids ids) {
        this.reader = reader;
        this.realm = realm;
        this.live = realm.live().orElseThrow();
        this.plan = plan;
        this.renames = renames;
        this.ids = ids;
    }

    /** The group of that address has an id already: another way of writing its path means the same group. */
    void expect(Address group) {
        ids.known(group).ifPresent(id -> groups.put(id, group));
    }

    Optional<String> id(Address address) {
        return Optional.ofNullable(known.get(address)).or(() -> ids.find(address));
    }

    Address user(Value.MapOf body) {
        Address address = renames.now(realm.account(body.text("username").orElse(""), plan));
        body.text(ID).ifPresent(id -> known.put(address, id));
        return address;
    }

    Address group(Value.MapOf body) {
        String id = body.text(ID).orElse("");
        Address address = groups.computeIfAbsent(id, unseen -> {
            List<String> key = new ArrayList<>(List.of(live));
            key.addAll(GroupPath.ofServer(body.text("path").orElse(""), body.text("name").orElse("")));
            return renames.now(new Address(GroupType.NAME, key));
        });
        known.put(address, id);
        return address;
    }

    /** A group inside one whose address is known: a slash in the name of one of them leaves its path ambiguous. */
    Address child(Address around, Value.MapOf body) {
        String id = body.text(ID).orElse("");
        Address address = groups.computeIfAbsent(id, unseen -> {
            List<String> key = new ArrayList<>(renames.live(around).key());
            key.add(body.text("name").orElse(""));
            return renames.now(new Address(GroupType.NAME, key));
        });
        known.put(address, id);
        return address;
    }

    Address role(Value.MapOf body) {
        String name = body.text("name").orElse("");
        Address there = Address.of(RealmRoleType.NAME, live, name);
        if (body.isTrue("clientRole")) {
            String client = Optional.ofNullable(realm.clients().get(body.text("containerId").orElse("")))
                    .flatMap(found -> found.text("clientId"))
                    .orElse("?");
            there = Address.of(ClientRoleType.NAME, live, client, name);
        }
        Address address = renames.now(there);
        body.text(ID).ifPresent(id -> known.put(address, id));
        return address;
    }

    /** What a user, group or role has itself. */
    Set<Address> has(Address node) {
        Optional<String> id = id(node);
        if (id.isEmpty()) {
            return Set.of();
        }
        return switch (node.type()) {
            case GroupType.NAME -> ofGroup(id.get());
            case RealmRoleType.NAME, ClientRoleType.NAME -> composites(id.get());
            default -> ofUser(id.get());
        };
    }

    private Set<Address> ofUser(String id) {
        Set<Address> has = mapped("users", id);
        reader.pages(0, Joined.PAGE, BRIEF, live, "users", id, "groups").forEach(group -> has.add(group(group)));
        return has;
    }

    private Set<Address> ofGroup(String id) {
        Set<Address> has = mapped("groups", id);
        reader.object(live, "groups", id)
                .flatMap(group -> group.text("parentId"))
                .flatMap(parent -> reader.object(live, "groups", parent))
                .ifPresent(parent -> has.add(group(parent)));
        return has;
    }

    private Set<Address> mapped(String kind, String id) {
        Value.MapOf mappings = reader.object(live, kind, id, "role-mappings").orElse(Value.EMPTY_MAP);
        Set<Address> roles = new HashSet<>();
        each(mappings.list("realmMappings"), roles);
        Value.MapOf byClient = mappings.map("clientMappings");
        byClient.fields().keySet().forEach(client -> each(byClient.map(client).list("mappings"), roles));
        return roles;
    }

    private void each(List<Value> bodies, Set<Address> roles) {
        bodies.forEach(body -> {
            if (body instanceof Value.MapOf map) {
                roles.add(role(map));
            }
        });
    }

    Set<Address> rolesOf(Address client) {
        Set<Address> roles = new HashSet<>();
        id(client).ifPresent(
                id -> reader.objects(live, "clients", id, "roles").forEach(body -> roles.add(role(body))));
        return roles;
    }

    Set<Address> composites(String id) {
        Set<Address> roles = new HashSet<>();
        reader.objects(live, "roles-by-id", id, "composites").forEach(body -> roles.add(role(body)));
        return roles;
    }
}
