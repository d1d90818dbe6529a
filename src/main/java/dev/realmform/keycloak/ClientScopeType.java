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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client scope of any protocol, with its protocol mappers: what clients put into tokens, kept once for many of them. */
final class ClientScopeType implements KeycloakType {

    static final String NAME = "client-scope";

    /** The section of a realm document, and the collection under {@code manage}. */
    private static final String SECTION = "clientScopes";

    private static final String COLLECTION = "client-scopes";
    private static final String ATTRIBUTES = "attributes";
    private static final String PROTOCOL = "protocol";

    private static final Set<String> EVERYWHERE = Set.of("openid-connect", "saml");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed(),
            ATTRIBUTES, Field.mapOf(Field.any()).secretsByName(),
            Mappers.NAME, Mappers.FIELD));

    /** Seen on 26.7.3. */
    private static final Set<String> SCOPES = Set.of("AuthnContextClassRef", "acr", "address", "basic", "email",
            "microprofile-jwt", "offline_access", "organization", "phone", "profile", "role_list", "roles",
            "saml_organization", "service_account", "web-origins");

    static Address address(String realm, String scope) {
        return Address.of(NAME, realm, scope);
    }

    private static Way at(Address scope) {
        return Way.realm(scope.root()).then(COLLECTION).id(scope);
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
        return Mappers.tidy(Texts.in(raw, ATTRIBUTES));
    }

    @Override
    public Set<Reference> mentions(Resource desired) {
        return SettingReferences.ofMappers(desired.address().root(), desired.value());
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    /** All of a realm are read at once: there are few, and their bodies are small. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<String> names = wanted.names(NAME);
        for (Value.MapOf scope : reader.objects(wanted.realm(), COLLECTION)) {
            String name = scope.text("name").orElse("");
            if (wanted.all(this) || names.contains(name)) {
                Address address = address(wanted.realm(), name);
                found.add(this, address, scope, scope.text("id"), BuiltIn.is(address));
                Mappers.found(address, scope, found);
            }
        }
    }

    /** The id of one; shares the request with whoever reads the scopes that are wanted. */
    static Optional<String> id(Reader reader, String realm, String name) {
        return reader.objects(realm, COLLECTION)
                .stream()
                .filter(scope -> scope.text("name").filter(name::equals).isPresent())
                .findFirst()
                .flatMap(scope -> scope.text("id"));
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return id(reader, address.root(), address.name());
    }

    @Override
    public Set<String> parts() {
        return Set.of(Mappers.type(NAME));
    }

    @Override
    public Optional<String> findPart(Reader reader, Ids ids, Address mapper) {
        return Mappers.find(reader, ids, address(mapper.root(), mapper.key().get(1)), COLLECTION, mapper);
    }

    @Override
    public String insteadOfDeleting() {
        return "To give it to no client, take it out of the default and optional client scopes.";
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return SCOPES.contains(address.name());
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> create(create);
            case Change.Update update -> update(update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(adopt, false);
            case Change.Delete delete -> List.of(Call.delete(at(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a client scope is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** A POST honours mappers, and is answered 400 without a protocol (measured). */
    private static List<Call> create(Change.Create create) {
        Value.MapOf planned = create.planned().value();
        Value.MapOf scope = planned.has(PROTOCOL) ? planned : planned.with(PROTOCOL, Value.text("openid-connect"));
        Value.MapOf body = Wire.body(SCHEMA, Mappers.withProtocol(scope))
                .with("name", Value.text(create.address().name()));
        return List.of(Call.post(Way.realm(create.address().root()).then(COLLECTION), body).making(create.address()));
    }

    /** A PUT is answered 500 without the name, leaves absent fields alone and ignores mappers (measured on 26.7.3). */
    private static List<Call> update(Change change, boolean renamed) {
        Address address = change.address();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        Value.MapOf changed = Wire.changed(SCHEMA, change).without(Mappers.NAME);
        if (changed.has(ATTRIBUTES)) {
            changed = changed.with(ATTRIBUTES, attributes(before.map(ATTRIBUTES), after.map(ATTRIBUTES)));
        }
        List<Call> calls = new ArrayList<>();
        if (renamed || !changed.isEmpty()) {
            calls.add(Call.put(at(address), changed.with("name", Value.text(address.name()))));
        }
        calls.addAll(Mappers.calls(at(address), address, before, after));
        return calls;
    }

    /** Attributes merge on the server; null takes one away, an empty text stays as one (measured on 26.7.3). */
    private static Value attributes(Value.MapOf before, Value.MapOf after) {
        Value.MapOf changed = Value.EMPTY_MAP;
        for (String key : Wire.differing(before, after)) {
            changed = changed.with(key, after.get(key).map(Wire::plain).orElse(Value.NULL));
        }
        return changed;
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>(Mappers.review(NAME, plan, reader));
        for (Change change : plan.changes()) {
            if (change.address().type().equals(NAME) && !(change instanceof Change.Forget)) {
                change.declared().flatMap(declared -> protocol(change, declared, reader)).ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** Protocols other than the two that every server has are features, which may be off: then a POST is answered 400 (26.7.3). */
    private static Optional<Problem> protocol(Change change, Resource declared, Reader reader) {
        Optional<String> before = change.before().map(Resource::value).flatMap(value -> value.text(PROTOCOL));
        return declared.value()
                .text(PROTOCOL)
                .filter(protocol -> !before.equals(Optional.of(protocol)) && !EVERYWHERE.contains(protocol))
                .filter(protocol -> new ServerProviders(reader).lacks("login-protocol", protocol))
                .map(protocol -> Problem.invalid(
                        "the server does not speak " + protocol + ", and " + change.address() + " is of it",
                        declared.origin().at(Path.of(PROTOCOL)).exact() + "  " + PROTOCOL,
                        "Start the server with the feature that brings it, or take the scope out."));
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION, address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (Pieces.Member scope : pieces.members(document, origin, SECTION, "name")) {
            pieces.add(this, address(realm, scope.name()), Mappers.withIgnored(scope.body()), scope.origin());
        }
    }
}
