package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that a client protects: a resource of its authorization services. */
final class AuthorizationResourceType implements AuthorizationPart.Named {

    static final String NAME = "authorization-resource";

    private static final String COLLECTION = "resource";
    private static final String SCOPES = "scopes";
    private static final String OWNER = "owner";
    private static final String URIS = "uris";
    private static final String URI = "uri";

    private static final Schema SCHEMA = schemaOfResource();

    private static Schema schemaOfResource() {
        Map<String, Field> fields = new HashMap<>();
        List.of("id", "_id", "name")
                .forEach(name -> fields.put(name, Field.any().computed()));
        fields.put(URIS, Field.set());
        fields.put(SCOPES, Field.set());
        fields.put(Attributes.FIELD, Field.mapOf(Field.set()).secretsByName());
        fields.put("ownerManagedAccess", Field.any().byDefault(false));
        // A PUT ignores it (26.7.3). A new one would be lost to the permissions that name it, so none is made.
        fields.put(OWNER, Field.any().immutable());
        return Schema.of(fields);
    }

    static Address address(Address sibling, String name) {
        return Address.of(NAME, sibling.root(), sibling.key().get(1), name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String members() {
        return COLLECTION;
    }

    @Override
    public String idField() {
        return "_id";
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Address address = desired.address();
        Set<Reference> references = new HashSet<>(ResourceServer.references(address));
        RoleNames.asked(desired.value().get(SCOPES).orElse(Value.NULL))
                .forEach(scope -> references.add(
                        new Reference(AuthorizationScopeType.address(address, scope), Path.of(SCOPES))));
        owner(desired.value()).filter(name -> !name.equals(address.key().get(1)))
                .ifPresent(name -> references.add(
                        new Reference(UserType.address(address.root(), name), Path.of(OWNER))));
        return references;
    }

    private static Optional<String> owner(Value.MapOf resource) {
        return resource.text(OWNER);
    }

    /** Scopes and owner by name, whatever else the server says of them. */
    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = withUris(Attributes.tidy(SCHEMA, raw));
        if (raw.get(SCOPES).orElse(Value.NULL) instanceof Value.ListOf(List<Value> scopes)) {
            tidy = tidy.with(SCOPES, new Value.ListOf(scopes.stream().map(AuthorizationResourceType::named).toList()));
        }
        return raw.has(OWNER) ? tidy.with(OWNER, canonicalOwner(named(raw.get(OWNER).orElseThrow()))) : tidy;
    }

    /** One address, as files from before Keycloak 4 have it: the server takes it for a list of one. */
    private static Value.MapOf withUris(Value.MapOf raw) {
        return raw.text(URI)
                .filter(uri -> !uri.isBlank() && !raw.has(URIS))
                .map(uri -> raw.with(URIS, Value.texts(List.of(uri))))
                .orElse(raw)
                .without(URI);
    }

    private static Value canonicalOwner(Value owner) {
        return owner instanceof Value.Text(String name) ? Value.text(UserType.canonicalName(name)) : owner;
    }

    private static Value named(Value item) {
        return item instanceof Value.MapOf map ? map.get("name").orElse(Value.NULL) : item;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<Address> addresses = wanted.of(NAME);
        ResourceServer.each(this, reader, wanted, (clientId, client) -> {
            boolean whole = ResourceServer.isWhole(this, wanted, clientId);
            for (Value.MapOf body : ResourceServer.members(reader, wanted.realm(), client, COLLECTION)) {
                Address address = Address.of(NAME, wanted.realm(), clientId, body.text("name").orElse(""));
                if (isMeant(body, clientId, wanted.declared(address))) {
                    body.text("_id").ifPresent(id -> found.id(address, id));
                    if ((whole && !isDefault(address)) || addresses.contains(address)) {
                        found.add(this, address, shown(body, wanted.realm(), clientId, found.renames()),
                                body.text("_id"), BuiltIn.is(address));
                    }
                }
            }
        });
    }

    /** The same name may stand for resources of several owners: without an owner, for that of the client. */
    private static boolean isMeant(Value.MapOf live, String clientId, Optional<Resource> declared) {
        String owner = live.map(OWNER).text("name").orElse(clientId);
        return declared.map(resource -> owner(resource.value()).orElse(clientId).equals(owner))
                .orElse(true);
    }

    /** With names as the file has them. The client itself is the owner unless somebody else is. */
    private static Value.MapOf shown(Value.MapOf body, String realm, String clientId, Renames renames) {
        Value.MapOf shown = body.map(OWNER).text("name").filter(clientId::equals).isPresent()
                ? body.without(OWNER)
                : body;
        Value scopes = new Value.ListOf(body.list(SCOPES).stream().map(AuthorizationResourceType::named).toList());
        return body.has(SCOPES)
                ? shown.with(SCOPES, TextSet.each(scopes, scope -> renames
                        .now(Address.of(AuthorizationScopeType.NAME, realm, clientId, scope))
                        .name()))
                : shown;
    }

    @Override
    public boolean mayComeWithRealm(Address address) {
        return isBuiltIn(address) || isDefault(address);
    }

    /** What older servers put into new services by themselves (26.1.4; no more in 26.7.3). */
    private static boolean isDefault(Address address) {
        return address.name().equals("Default Resource");
    }

    /** A PUT erases all that it does not hold but the attributes, which it replaces whole if it holds any (26.7.3). */
    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way resources = ResourceServer.way(address).then(COLLECTION);
        return switch (change) {
            case Change.Create create -> List.of(Call.post(resources, body(address,
                    Wire.body(SCHEMA, create.planned().value()))).making(address));
            case Change.Update ignored -> put(resources.id(address), change);
            case Change.Adopt ignored -> put(resources.id(address), change);
            case Change.Delete ignored -> List.of(Call.delete(resources.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a resource is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static List<Call> put(Way way, Change change) {
        Value.MapOf changed = Wire.changed(SCHEMA, change);
        boolean renamed = change instanceof Change.Update update && update.renamedFrom().isPresent();
        Set<String> maps = changed.has(Attributes.FIELD) ? Set.of(Attributes.FIELD) : Set.of();
        return renamed || !changed.isEmpty()
                ? List.of(Call.put(way, body(change.address(), changed))
                        .reading(Again.with(maps, Set.of(""))))
                : Call.none();
    }

    private static Value.MapOf body(Address address, Value.MapOf fields) {
        Value.MapOf body = fields.with("name", Value.text(address.name()));
        if (fields.has(SCOPES)) {
            body = body.with(SCOPES, new Value.ListOf(fields.texts(SCOPES)
                    .stream()
                    .<Value>map(scope -> Value.EMPTY_MAP.with("name", Value.text(scope)))
                    .toList()));
        }
        Optional<String> owner = owner(fields);
        return owner.isEmpty() ? body
                : body.with(OWNER, Value.EMPTY_MAP.with("id", Way.idOf(owner.get().equals(address.key().get(1))
                        ? ResourceServer.client(address)
                        : UserType.address(address.root(), owner.get()))));
    }

    @Override
    public List<String> place(Address address) {
        return AuthorizationSettings.place(address.key().get(1), "resources", address.name());
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (AuthorizationSettings settings : AuthorizationSettings.of(document, origin, new Pieces())) {
            for (Pieces.Member resource : settings.members("resources", pieces)) {
                pieces.add(this, Address.of(NAME, realm, settings.clientId(), resource.name()), owned(resource,
                        settings.clientId()), resource.origin());
            }
        }
    }

    /** An owner that is the client itself says nothing. Older files call it by its service account. */
    private static Value owned(Pieces.Member resource, String clientId) {
        return resource.body() instanceof Value.MapOf map
                && named(map.get(OWNER).orElse(Value.NULL)) instanceof Value.Text(String owner)
                && (owner.equals(clientId) || owner.equalsIgnoreCase(ServiceAccountType.PREFIX + clientId))
                        ? map.without(OWNER)
                        : resource.body();
    }
}
