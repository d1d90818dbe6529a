package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The user that Keycloak keeps for a client which may log in as itself. Comes and goes with the client. */
final class ServiceAccountType implements KeycloakType {

    static final String NAME = "service-account";

    /** The key on a client. */
    static final String KEY = "$serviceAccount";

    /** The field by which an exported user says that it is one. */
    static final String CLIENT_ID = "serviceAccountClientId";

    /** How Keycloak calls such a user, in front of the client id. */
    static final String PREFIX = "service-account-";

    private static final Set<String> RIGHTS = Set.of(RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES, GroupPaths.FIELD);

    static final String ENABLED = "serviceAccountsEnabled";

    private static final Schema SCHEMA = UserBodies.schema(Map.of(UserType.CREDENTIALS, Field.any().computed(),
            FederatedIdentities.NAME, Field.any().computed(), "clientConsents", Field.any().computed()));

    static Address address(String realm, String clientId) {
        return Address.of(NAME, realm, clientId);
    }

    private static Address client(Address account) {
        return ClientType.address(account.root(), account.name());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return UserBodies.tidy(SCHEMA, raw);
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return UserBodies.propose(SCHEMA, desired, live);
    }

    @Override
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(client(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(UserBodies.references(desired));
        references.add(new Reference(client(desired.address()), Path.ROOT));
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Joined joined = Joined.read(reader, wanted, NAME, found);
        reader.each(wanted.of(NAME), address -> {
            Optional<Value.MapOf> client = ClientType.body(reader, wanted, address.name());
            if (client.filter(body -> body.isTrue(ENABLED)).isEmpty()) {
                return;
            }
            user(reader, address.root(), client.get().text("id").orElse("")).ifPresent(user -> found.add(this, address,
                    UserBodies.complete(user, address, reader, wanted, joined, found), user.text("id"), false));
        });
    }

    private static Optional<Value.MapOf> user(Reader reader, String realm, String client) {
        return reader.object(realm, "clients", client, "service-account-user");
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return ids.find(client(address))
                .flatMap(client -> user(reader, address.root(), client))
                .flatMap(user -> user.text("id"));
    }

    /** Nothing makes it but its client; a creation gives a new one what the file says. */
    @Override
    public List<Call> calls(Change change) {
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            return Call.none();
        }
        Address address = change.address();
        Way user = Way.realm(address.root()).then("users").id(address);
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        boolean made = change instanceof Change.Create;
        Value.MapOf changed = made ? Wire.body(SCHEMA, after) : Wire.changed(SCHEMA, change);
        List<Call> calls = new ArrayList<>(UserBodies.update(user, address.root(),
                UserType.canonicalName(PREFIX + address.name()), changed, before, after));
        if (made) {
            change.declared()
                    .ifPresent(desired -> calls.addAll(
                            RoleGrants.take(user, address.root(), UserType.takenAtOnce(desired))));
        }
        return calls;
    }

    /** An account that is not live is made by its client: then the plan has to switch that on. */
    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create && create.address().type().equals(NAME)
                    && !isMade(plan, client(create.address()))) {
                problems.add(Problem.invalid(client(create.address()) + " has no service account",
                        create.desired().source().exact(),
                        "Set serviceAccountsEnabled: true on the client, or take " + KEY + " out."));
            }
        }
        return problems;
    }

    private static boolean isMade(Plan plan, Address client) {
        Value.MapOf planned = plan.change(client).map(change -> Wire.planned(change).value()).orElse(Value.EMPTY_MAP);
        return planned.isTrue(ENABLED) || planned.isTrue("authorizationServicesEnabled");
    }

    @Override
    public List<String> place(Address address) {
        return List.of("clients", address.name(), KEY);
    }

    /** Its rights alone: the rest is as Keycloak makes it. */
    @Override
    public void paste(Resource live, Sheet document) {
        Value.MapOf rights = live.value()
                .each((field, value) -> Optional.of(value).filter(ignored -> RIGHTS.contains(field)))
                .with(RoleGrants.REALM_ROLES, Value.texts(live.value()
                        .texts(RoleGrants.REALM_ROLES)
                        .stream()
                        .filter(role -> !RoleGrants.isGivenToAll(role))
                        .toList()));
        if (!rights.texts(RoleGrants.REALM_ROLES).isEmpty() || !rights.map(RoleGrants.CLIENT_ROLES).isEmpty()
                || !rights.texts(GroupPaths.FIELD).isEmpty()) {
            document.at(place(live.address())).put(rights);
        }
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Pieces heard = new Pieces();
        for (Pieces.Member client : heard.members(document, origin, "clients", "clientId")) {
            if (client.body() instanceof Value.MapOf body && body.has(KEY)) {
                pieces.add(this, address(realm, client.name()), body.get(KEY).orElseThrow(),
                        client.origin().at(KEY));
            }
        }
        for (Pieces.Member user : heard.members(document, origin, "users", "username")) {
            if (user.body() instanceof Value.MapOf body && body.text(CLIENT_ID).isPresent()) {
                pieces.add(this, address(realm, body.text(CLIENT_ID).get()), body.without(CLIENT_ID), user.origin());
            }
        }
    }
}
