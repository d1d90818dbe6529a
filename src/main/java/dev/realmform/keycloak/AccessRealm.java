package dev.realmform.keycloak;

import dev.realmform.model.Access;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one has to know of a realm to tell who has what in it.
 *
 * @param name    in the file
 * @param live    the name on the server; empty if it is not there yet
 * @param body    as it is on the server
 * @param clients as they are on the server, by their ids
 */
record AccessRealm(String name, Optional<String> live, Value.MapOf body, Map<String, Value.MapOf> clients) {

    /** What a server gives a new realm (26.7.3). */
    private static final long USUAL = 300;

    private static final String LIFESPAN = "accessTokenLifespan";

    static AccessRealm read(Reader reader, String name, Renames renames) {
        String live = renames.live(RealmType.address(name)).root();
        Optional<Value.MapOf> body = reader.object(live);
        if (body.isEmpty()) {
            return new AccessRealm(name, Optional.empty(), Value.EMPTY_MAP, Map.of());
        }
        Map<String, Value.MapOf> clients = new HashMap<>();
        reader.objects(live, "clients").forEach(client -> clients.put(client.text("id").orElse(""), client));
        return new AccessRealm(name, Optional.of(live), body.get(), clients);
    }

    /** The role that the server gives everybody whom it makes. */
    Address defaultRole() {
        String role = body.map("defaultRole").text("name").orElse(DefaultRole.name(name));
        return Address.of(RealmRoleType.NAME, name, role);
    }

    /** A user by name; a service account, if a client's is called so. */
    Address account(String username, Plan plan) {
        String lower = UserType.canonicalName(username);
        if (!lower.startsWith(ServiceAccountType.PREFIX)) {
            return UserType.address(name, lower);
        }
        String id = lower.substring(ServiceAccountType.PREFIX.length());
        return clientIds(plan).stream()
                .filter(client -> client.toLowerCase(Locale.ROOT).equals(id))
                .findFirst()
                .map(client -> ServiceAccountType.address(name, client))
                .orElseGet(() -> UserType.address(name, lower));
    }

    private List<String> clientIds(Plan plan) {
        List<String> ids = new ArrayList<>();
        plan.changes()
                .stream()
                .map(Change::address)
                .filter(address -> address.type().equals(ClientType.NAME) && address.root().equals(name))
                .forEach(address -> ids.add(address.name()));
        clients.values().forEach(client -> client.text("clientId").ifPresent(ids::add));
        return ids;
    }

    /** How long tokens live once the plan is carried out. */
    Access.Lifespan lifespan(Plan plan) {
        long realm = planned(plan, RealmType.address(name)).or(() -> Optional.of(body))
                .flatMap(value -> seconds(value, LIFESPAN))
                .or(() -> seconds(body, LIFESPAN))
                .orElse(USUAL);
        SortedMap<Address, Value.MapOf> all = new TreeMap<>();
        clients.values()
                .forEach(client -> all.put(ClientType.address(name, client.text("clientId").orElse("?")), client));
        for (Change change : plan.changes()) {
            if (change.address().type().equals(ClientType.NAME) && change.address().root().equals(name)) {
                planned(plan, change.address()).ifPresentOrElse(value -> all.put(change.address(), value),
                        () -> all.remove(change.address()));
            }
        }
        SortedMap<Address, Long> longer = new TreeMap<>();
        all.forEach((client, value) -> seconds(value.map(Attributes.FIELD), "access.token.lifespan")
                .filter(own -> own > realm)
                .ifPresent(own -> longer.put(client, own)));
        return new Access.Lifespan(realm, longer);
    }

    private static Optional<Value.MapOf> planned(Plan plan, Address address) {
        return plan.change(address)
                .filter(change -> !(change instanceof Change.Delete) && !(change instanceof Change.Forget))
                .map(Wire::planned)
                .map(Resource::value);
    }

    private static Optional<Long> seconds(Value.MapOf value, String field) {
        return switch (value.get(field).orElse(Value.NULL)) {
            case Value.Num number -> Optional.of(number.value().longValue());
            case Value.Text(String text) when text.matches("[0-9]{1,9}") -> Optional.of(Long.parseLong(text));
            default -> Optional.empty();
        };
    }
}
