package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A role of a client. */
final class ClientRoleType implements RoleType {

    static final String NAME = "client-role";

    /** Seen on 26.7.3. */
    private static final Set<String> ACCOUNT_ROLES = Set.of("delete-account", "manage-account",
            "manage-account-links", "manage-consent", "view-applications", "view-consent", "view-groups",
            "view-profile");

    private static final Set<String> ADMIN_ROLES = Set.of("create-client", "impersonation", "manage-authorization",
            "manage-clients", "manage-events", "manage-identity-providers", "manage-organizations", "manage-realm",
            "manage-users", "manage-workflows", "query-clients", "query-groups", "query-realms", "query-users",
            "query-organizations", "realm-admin", "view-authorization", "view-clients", "view-events",
            "view-identity-providers", "view-organizations", "view-realm", "view-users", "view-system");

    static Address client(Address role) {
        return Address.of(ClientType.NAME, role.root(), role.key().get(1));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(client(address));
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("clientRoles");
    }

    @Override
    public String manageName(Address address) {
        return address.key().get(1) + "/" + address.name();
    }

    @Override
    public boolean isUsed(Wanted wanted) {
        return !wanted.of(NAME).isEmpty() || !goingClients(wanted).isEmpty();
    }

    private static SortedSet<String> goingClients(Wanted wanted) {
        SortedSet<String> clients = new TreeSet<>();
        wanted.going().forEach(container -> {
            if (container.type().equals(ClientType.NAME) && container.root().equals(wanted.realm())) {
                clients.add(container.name());
            }
        });
        return clients;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        SortedSet<Address> addresses = wanted.of(NAME);
        SortedSet<String> whole = goingClients(wanted);
        SortedSet<String> clients = new TreeSet<>(whole);
        addresses.forEach(address -> clients.add(address.key().get(1)));
        reader.each(ClientType.bodies(this, reader, wanted), body -> {
            String client = body.text("clientId").orElse("");
            if (!wanted.all(this) && !clients.contains(client)) {
                return;
            }
            List<Value.MapOf> roles = reader.objects(Reader.WHOLE, wanted.realm(), "clients",
                    body.text("id").orElse(""), "roles");
            reader.each(roles, role -> {
                Address address = Address.of(NAME, wanted.realm(), client, role.text("name").orElse(""));
                if (wanted.all(this) || whole.contains(client) || addresses.contains(address)) {
                    RoleBodies.add(this, reader, wanted, found, address, role);
                }
            });
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return ids.find(client(address))
                .flatMap(client -> reader.object(address.root(), "clients", client, "roles", address.name()))
                .flatMap(role -> role.text("id"));
    }

    /** Every client with authorization services has got the role with them, and keeps it without them (26.7.3). */
    private static boolean isOfServices(Address address) {
        return address.name().equals("uma_protection");
    }

    @Override
    public boolean comes(Address address, Wanted wanted) {
        return isOfServices(address)
                ? wanted.declared(client(address))
                        .filter(client -> client.value().isTrue(ResourceServer.ENABLED))
                        .isPresent()
                : RoleType.super.comes(address, wanted);
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return isOfServices(address) || switch (address.key().get(1)) {
            case "account" -> ACCOUNT_ROLES.contains(address.name());
            case "broker" -> address.name().equals("read-token");
            case "realm-management" -> ADMIN_ROLES.contains(address.name());
            case String client -> address.root().equals("master") && client.endsWith("-realm")
                    && ADMIN_ROLES.contains(address.name());
        };
    }

    @Override
    public List<Call> calls(Change change) {
        Address role = change.address();
        return RoleBodies.calls(Way.realm(role.root()).then("clients").id(client(role)).then("roles"), change);
    }

    @Override
    public Optional<Imported> importing(Reader facts, String realm) {
        return Optional.of(new RoleImport(true));
    }

    @Override
    public List<String> place(Address address) {
        return List.of("roles", "client", address.key().get(1), address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of("roles");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Value.MapOf byClient = document.map("roles").map("client");
        Origin at = origin.at("roles").at("client");
        for (String client : byClient.fields().keySet()) {
            List<Pieces.Member> roles = pieces.members(byClient, at, client, "name");
            roles.forEach(role -> pieces.add(this, Address.of(NAME, realm, client, role.name()), role.body(),
                    role.origin()));
            if (roles.isEmpty()) {
                refuseUnknown(realm, client, document, at.at(client), pieces);
            }
        }
    }

    /** With roles in it, the plan finds a client that is neither declared nor live; an empty list would hide a typing error. */
    private static void refuseUnknown(String realm, String client, Value.MapOf document, Origin origin, Pieces pieces) {
        boolean declared = pieces.members(document, origin, "clients", "clientId")
                .stream()
                .anyMatch(member -> member.name().equals(client));
        if (!declared && !BuiltIn.is(ClientType.address(realm, client))) {
            pieces.problem("roles.client names the client " + client + ", which is not declared", origin,
                    "Declare the client, or take the empty list out.");
        }
    }
}
