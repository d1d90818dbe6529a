package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** A client of any protocol, with its protocol mappers. */
final class ClientType implements KeycloakType {

    static final String NAME = "client";

    private static final String SECRET = "secret";

    private static final String TOKEN = "registrationAccessToken";
    private static final String ROOT_URL = "rootUrl";
    private static final String REDIRECTS = "redirectUris";
    private static final String ORIGINS = "webOrigins";
    private static final Value NONE = new Value.ListOf(List.of());
    private static final String SERVICE_ACCOUNT = "service_account";

    /** Up to so many are read one by one; from there on, reading all of the realm is cheaper (40 ms for 200). */
    private static final int ONE_BY_ONE = 3;

    /**
     * Attributes of the server's own. A PUT does not change those of a rotated secret, and they are another value after each
     * rotation (26.4.7).
     */
    private static final Set<String> COMPUTED = Set.of("realm_client", "client.secret.creation.time",
            SecretGrace.EXPIRES, "client.secret.rotated", "client.secret.rotated.creation.time",
            "client.secret.rotated.expiration.time");

    /** Whose token a client logs in with: called like secrets, and none. */
    private static final Set<String> NO_SECRETS = Set.of("jwt.credential.issuer", "jwt.credential.sub");

    private static final Schema SCHEMA = schemaOfClient();

    private static Schema schemaOfClient() {
        Map<String, Field> fields = new HashMap<>();
        List.of("id", "clientId", "access", "origin", "defaultRoles", "directGrantsOnly", "clientTemplate",
                "useTemplateConfig", "useTemplateScope", "useTemplateMappers", "registeredNodes",
                ResourceServer.KEY).forEach(name -> fields.put(name, Field.any().computed()));
        List.of(REDIRECTS, ORIGINS, ScopeLists.DEFAULTS, ScopeLists.OPTIONALS)
                .forEach(name -> fields.put(name, Field.set()));
        fields.put(SECRET, Field.any().secret());
        // No GET shows it (measured).
        fields.put(TOKEN, Field.any().writeOnly());
        // Absent if false (measured).
        fields.put(ResourceServer.ENABLED, Field.any().byDefault(false));
        fields.put("attributes", attributes());
        fields.put(Mappers.NAME, Mappers.FIELD);
        fields.put(FlowOverrides.NAME, Field.mapOf(Field.any()));
        return Schema.of(fields);
    }

    private static Field attributes() {
        Field free = Field.mapOf(Field.any()).secretsByName();
        Map<String, Field> known = new java.util.TreeMap<>();
        COMPUTED.forEach(name -> known.put(name, Field.any().computed()));
        NO_SECRETS.forEach(name -> known.put(name, Field.any()));
        return free.knowing(known);
    }

    static Address address(String realm, String clientId) {
        return Address.of(NAME, realm, clientId);
    }

    /** Seen on 26.7.3. */
    private static final Set<String> CLIENTS = Set.of("account", "account-console", "admin-cli", "broker",
            "realm-management", "security-admin-console");

    private static final Set<String> EMPTY = Set.of("");

    /** A client of another protocol may be given them, and never has them (26.7.3). */
    private static final Set<String> SAML_SCOPES = Set.of("role_list", "saml_organization");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    /** A flow is bound once its steps are as they shall be: no login goes through half of them. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return needed.type().equals(FlowType.NAME);
    }

    @Override
    public boolean awaits(Resource client, Change needed) {
        return awaits(client.address(), needed.address()) || RealmBindingsType.bindsBrowserFlow(needed);
    }

    @Override
    public Set<Address> follows(Change change) {
        boolean asks = change.declared().filter(client -> LoginLevels.areOfFlow(client.value())).isPresent();
        return asks ? Set.of(RealmBindingsType.address(change.address().root())) : Set.of();
    }

    @Override
    public String insteadOfFollowing() {
        return LoginLevels.WITHOUT_FLOW;
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>();
        references.add(KeycloakType.realm(desired));
        references.addAll(ScopeLists.references(desired));
        references.addAll(FlowOverrides.references(desired));
        return references;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = Mappers.tidy(FlowOverrides.tidy(Texts.in(raw, "attributes")));
        tidy = without(without(tidy, REDIRECTS, EMPTY), ORIGINS, EMPTY);
        boolean saml = raw.text("protocol").filter("saml"::equals).isPresent();
        return saml ? tidy
                : without(without(tidy, ScopeLists.DEFAULTS, SAML_SCOPES), ScopeLists.OPTIONALS, SAML_SCOPES);
    }

    /** Members that the server takes and never shows: exports of older servers and files of other tools hold them. */
    private static Value.MapOf without(Value.MapOf client, String field, Set<String> dropped) {
        if (client.texts(field).stream().noneMatch(dropped::contains)) {
            return client;
        }
        return client.with(field,
                Value.texts(client.texts(field).stream().filter(item -> !dropped.contains(item)).toList()));
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        Value.MapOf planned = Overlay.of(SCHEMA, desired.value(), live.value());
        // A public client keeps no secret (measured: neither POST nor PUT).
        if (planned.isTrue("publicClient") && !live.value().has("secret")) {
            planned = planned.without("secret");
        }
        // The server itself gives every client with a service account this scope, whatever list it is sent (measured).
        boolean whole = desired.value().get(ScopeLists.DEFAULTS).filter(Value.ListOf.class::isInstance).isPresent();
        if (whole && planned.isTrue("serviceAccountsEnabled")
                && live.value().texts(ScopeLists.DEFAULTS).contains(SERVICE_ACCOUNT)) {
            List<Value> scopes = new ArrayList<>(planned.list(ScopeLists.DEFAULTS));
            scopes.add(Value.text(SERVICE_ACCOUNT));
            planned = planned.with(ScopeLists.DEFAULTS, Schema.asSet(new Value.ListOf(scopes)));
        }
        return live.withValue(planned);
    }

    @Override
    public Set<Reference> mentions(Resource desired) {
        return SettingReferences.ofMappers(desired.address().root(), desired.value());
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("clients");
    }

    /** The bodies of the clients that are wanted, for themselves or for their roles; possibly more. */
    static List<Value.MapOf> bodies(KeycloakType type, Reader reader, Wanted wanted) {
        SortedSet<String> ids = wanted.clientIds();
        if (wanted.all(type) || ids.size() > ONE_BY_ONE) {
            return reader.objects(wanted.realm(), "clients");
        }
        List<Value.MapOf> bodies = new java.util.concurrent.CopyOnWriteArrayList<>();
        reader.each(ids, id -> bodies.addAll(reader.objects(Map.of("clientId", id), wanted.realm(), "clients")));
        return bodies;
    }

    /** The body of one client; shares the request with whoever reads the clients that are wanted. */
    static Optional<Value.MapOf> body(Reader reader, Wanted wanted, String clientId) {
        List<Value.MapOf> bodies = wanted.clientIds().contains(clientId)
                ? bodies(new ClientType(), reader, wanted)
                : reader.objects(Map.of("clientId", clientId), wanted.realm(), "clients");
        return bodies.stream().filter(body -> body.text("clientId").filter(clientId::equals).isPresent()).findFirst();
    }

    /** The clientId behind a server id: of a role's container. */
    static String clientId(Reader reader, Wanted wanted, String id) {
        return reader.objects(wanted.realm(), "clients")
                .stream()
                .filter(client -> client.text("id").filter(id::equals).isPresent())
                .findFirst()
                .flatMap(client -> client.text("clientId"))
                .orElse(id);
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        SortedSet<String> names = wanted.names(NAME);
        for (Value.MapOf body : bodies(this, reader, wanted)) {
            String clientId = body.text("clientId").orElse("");
            if (wanted.all(this) || names.contains(clientId)) {
                add(wanted, found, clientId,
                        FlowOverrides.byAlias(reader, wanted, found, address(wanted.realm(), clientId),
                                body));
            }
        }
    }

    private void add(Wanted wanted, Found found, String clientId, Value.MapOf raw) {
        Address address = address(wanted.realm(), clientId);
        boolean token = wanted.asks(address, TOKEN) && !wanted.whole().contains(NAME);
        Value.MapOf body = token ? raw.with(TOKEN, Value.text(Schema.MASK)) : raw;
        for (String field : ScopeLists.BOTH) {
            body = TextSet.each(body, field, scope -> found.renames()
                    .now(ClientScopeType.address(wanted.realm(), scope))
                    .name());
        }
        if (hasAsterisks(raw) && !wanted.isOurs(address, SECRET)) {
            body = body.with(SECRET, Secret.of(Schema.MASK, ""));
            found.notice(
                    address + " has ten asterisks for a secret, as the import of a masked export leaves it: make a new"
                            + " one, or declare one as $(secret:name)");
        }
        found.add(this, address, body, body.text("id"), BuiltIn.is(address));
        Mappers.found(address, body, found);
    }

    /**
     * Whether the secret is what masks look like: whoever may manage a client is shown its real one, unless something on the way
     * hides it. If we have written one, that is what has happened.
     */
    private static boolean hasAsterisks(Value.MapOf client) {
        return client.text(SECRET).filter(Schema.MASK::equals).isPresent() && client.map("access").isTrue("manage")
                && !client.isTrue("publicClient") && !client.isTrue("bearerOnly");
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return reader.objects(Map.of("clientId", address.name()), address.root(), "clients")
                .stream()
                .findFirst()
                .flatMap(client -> client.text("id"));
    }

    @Override
    public Set<String> parts() {
        return Set.of(Mappers.type(NAME));
    }

    @Override
    public Optional<String> findPart(Reader reader, Ids ids, Address mapper) {
        return Mappers.find(reader, ids, address(mapper.root(), mapper.key().get(1)), "clients", mapper);
    }

    @Override
    public String insteadOfDeleting() {
        return "To switch it off, set enabled: false.";
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return CLIENTS.contains(address.name()) || AdminPermissions.isBuiltIn(address)
                || (address.root().equals("master") && address.name().endsWith("-realm"));
    }

    /** That of the admin permissions comes with a switch of the realm: whether it is on, a review looks at. */
    @Override
    public boolean comes(Address address, Wanted wanted) {
        return AdminPermissions.isBuiltIn(address) || KeycloakType.super.comes(address, wanted);
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> create(create);
            case Change.Update update -> update(update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(adopt, false);
            case Change.Delete delete -> List.of(Call.delete(at(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a client is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    static Way at(Address client) {
        return Way.realm(client.root()).then("clients").id(client);
    }

    /** A POST honours scopes and mappers. Scopes that are declared in part join those that the realm gives. */
    private static List<Call> create(Change.Create create) {
        Address address = create.address();
        Value.MapOf body = FlowOverrides.byId(address,
                Wire.body(SCHEMA, Mappers.withProtocol(create.planned().value())))
                .with("clientId", Value.text(address.name()));
        for (String field : List.of(ORIGINS, ScopeLists.DEFAULTS, ScopeLists.OPTIONALS)) {
            // A POST without them gives the client the realm's scopes, and the origins of its redirect URIs (26.7.3).
            if (create.desired().value().get(field).filter(Value.Null.class::isInstance).isPresent()) {
                body = body.with(field, NONE);
            }
        }
        List<Call> calls = new ArrayList<>();
        calls.add(Call.post(Way.realm(address.root()).then("clients"),
                ScopeLists.whole(body, create.desired().value())).making(address));
        calls.addAll(ScopeLists.partly(address, create.desired().value()));
        if (body.has(ROOT_URL) && body.get(REDIRECTS).filter(NONE::equals).isPresent()) {
            // A POST that names no redirect gives the client rootUrl/*, which lets in more than was asked for (26.7.3).
            calls.add(Call.put(at(address), KeptOnClients.kept(Value.EMPTY_MAP, create.planned().value())
                    .with("clientId", Value.text(address.name()))
                    .with(REDIRECTS, NONE)));
        }
        return calls;
    }

    private static List<Call> update(Change change, boolean renamed) {
        List<Call> calls = new ArrayList<>();
        Address address = change.address();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        Value.MapOf changed = Wire.changed(SCHEMA, change)
                .without(Mappers.NAME, ScopeLists.DEFAULTS, ScopeLists.OPTIONALS);
        for (String map : List.of("attributes", FlowOverrides.NAME)) {
            changed = changed.has(map) ? changed.with(map, keys(before.map(map), after.map(map))) : changed;
        }
        changed = FlowOverrides.byId(address, changed);
        if (renamed || !changed.isEmpty()) {
            calls.add(Call.put(at(address),
                    KeptOnClients.kept(changed, after).with("clientId", Value.text(address.name()))));
        }
        calls.addAll(Mappers.calls(at(address), address, before, after));
        calls.addAll(ScopeLists.calls(address, before, after));
        return calls;
    }

    /** Attributes and flows merge on the server; an empty one goes (measured). */
    private static Value keys(Value.MapOf before, Value.MapOf after) {
        Map<String, Value> changed = new HashMap<>();
        after.fields().forEach((key, value) -> {
            if (!before.get(key).equals(Optional.of(value))) {
                changed.put(key, value);
            }
        });
        before.fields()
                .keySet()
                .stream()
                .filter(key -> !after.has(key))
                .forEach(
                        key -> changed.put(key, Value.text("")));
        return new Value.MapOf(changed);
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return Mappers.review(NAME, plan, reader);
    }

    @Override
    public List<String> place(Address address) {
        return List.of("clients", address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of("clients");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (Pieces.Member client : pieces.members(document, origin, "clients", "clientId")) {
            Value body = client.body();
            if (body instanceof Value.MapOf raw) {
                Value.MapOf map = FlowOverrides.ofDocument(document, raw);
                body = Mappers.withIgnored(map.without(ServiceAccountType.KEY, ResourceServer.KEY));
            }
            if (body instanceof Value.MapOf map) {
                ScopeLists.refuseTwice(client, map, pieces);
            }
            pieces.add(this, address(realm, client.name()), body, client.origin());
        }
    }
}
