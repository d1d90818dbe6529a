package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Roles by import. Composites go along by name; a name that is not there fails the whole request (26.7.3: 500).
 *
 * @param ofClients whether they are roles of clients: then the answer tells the id of the client in place of the role's
 */
record RoleImport(boolean ofClients) implements Imported {

    /** How many go out at once, found by measuring. */
    static final int MOST = 50;

    @Override
    public boolean fits(Change.Create create) {
        return PlainText.isName(create.address().name());
    }

    @Override
    public Need need(Address referred) {
        return Need.CHECKED_BY_THE_SERVER;
    }

    @Override
    public Value.MapOf object(Change.Create create) {
        return RoleBodies.body(create);
    }

    @Override
    public Value.MapOf request(SortedMap<Address, Value.MapOf> objects) {
        if (!ofClients) {
            return section("realm", new Value.ListOf(new ArrayList<>(objects.values())));
        }
        SortedMap<String, List<Value>> byClient = new TreeMap<>();
        objects.forEach((role, body) -> byClient.computeIfAbsent(role.key().get(1), client -> new ArrayList<>())
                .add(body));
        SortedMap<String, Value> lists = new TreeMap<>();
        byClient.forEach((client, bodies) -> lists.put(client, new Value.ListOf(bodies)));
        return section("client", new Value.MapOf(lists));
    }

    private static Value.MapOf section(String name, Value roles) {
        return new Value.MapOf(Map.of("roles", new Value.MapOf(Map.of(name, roles))));
    }

    @Override
    public String row(Address role) {
        return ofClients ? "CLIENT_ROLE " + role.key().get(1) + "-->" + role.name() : "REALM_ROLE " + role.name();
    }

    @Override
    public boolean isIdTold(Address address) {
        return !ofClients;
    }

    /** One request a client. */
    @Override
    public void identify(Collection<Address> made, Reader reader, Ids ids) {
        TreeSet<Address> clients = new TreeSet<>();
        made.forEach(role -> clients.add(ClientRoleType.client(role)));
        reader.each(clients, client -> reader.objects(client.root(), "clients", ids.need(client), "roles")
                .forEach(body -> body.text("id")
                        .ifPresent(id -> ids.put(Address.of(ClientRoleType.NAME, client.root(), client.name(),
                                body.text("name").orElse("")), id))));
    }
}
