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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client scope. Clients refer to it by name; none is declared, made or changed yet. */
final class ClientScopeType implements KeycloakType {

    static final String NAME = "client-scope";

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed(),
            "attributes", Field.mapOf(Field.any()).secretsByName(),
            Mappers.NAME, Mappers.FIELD));

    /** Seen on 26.7.3. */
    private static final Set<String> SCOPES = Set.of("AuthnContextClassRef", "acr", "address", "basic", "email",
            "microprofile-jwt", "offline_access", "organization", "phone", "profile", "role_list", "roles",
            "saml_organization", "service_account", "web-origins");

    static Address address(String realm, String scope) {
        return Address.of(NAME, realm, scope);
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
    public Optional<Address> container(Address address) {
        return Optional.of(RealmType.address(address.root()));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        return Set.of(new Reference(RealmType.address(desired.address().root()), Path.ROOT));
    }

    /** All of a realm are read at once: there are few, and their bodies are small. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<String> names = wanted.names(NAME);
        for (Value.MapOf scope : reader.objects(wanted.realm(), "client-scopes")) {
            String name = scope.text("name").orElse("");
            if (wanted.all(this) || names.contains(name)) {
                Address address = address(wanted.realm(), name);
                found.add(this, address, scope, scope.text("id"), BuiltIn.is(address));
            }
        }
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return reader.objects(address.root(), "client-scopes")
                .stream()
                .filter(scope -> scope.text("name").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(scope -> scope.text("id"));
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return SCOPES.contains(address.name());
    }

    @Override
    public List<Call> calls(Change change) {
        throw new IllegalStateException("client scopes are not managed yet: " + change.address());
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        // The section clientScopes is named as not managed.
    }
}
