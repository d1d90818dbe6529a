package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something that can be done with a resource of a client: a scope of its authorization services. */
final class AuthorizationScopeType implements AuthorizationPart.Named {

    static final String NAME = "authorization-scope";

    private static final String COLLECTION = "scope";

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "name", Field.any().computed()));

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
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<Address> addresses = wanted.of(NAME);
        ResourceServer.each(this, reader, wanted, (clientId, client) -> {
            boolean whole = ResourceServer.isWhole(this, wanted, clientId);
            for (Value.MapOf scope : ResourceServer.members(reader, wanted.realm(), client, COLLECTION)) {
                Address address = Address.of(NAME, wanted.realm(), clientId, scope.text("name").orElse(""));
                scope.text("id").ifPresent(id -> found.id(address, id));
                if (whole || addresses.contains(address)) {
                    found.add(this, address, scope, scope.text("id"), BuiltIn.is(address));
                }
            }
        });
    }

    /** A PUT replaces what it does not hold, and needs the name (26.7.3). */
    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way scopes = ResourceServer.way(address).then(COLLECTION);
        return switch (change) {
            case Change.Create create -> List.of(Call.post(scopes, named(address, Wire.body(SCHEMA,
                    create.planned().value()))).making(address));
            case Change.Update ignored -> put(scopes.id(address), change);
            case Change.Adopt ignored -> put(scopes.id(address), change);
            case Change.Delete ignored -> List.of(Call.delete(scopes.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a scope is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static List<Call> put(Way way, Change change) {
        Value.MapOf changed = Wire.changed(SCHEMA, change);
        boolean renamed = change instanceof Change.Update update && update.renamedFrom().isPresent();
        return renamed || !changed.isEmpty()
                ? List.of(Call.put(way, named(change.address(), changed)).reading(Again.ALL))
                : Call.none();
    }

    private static Value.MapOf named(Address address, Value.MapOf body) {
        return body.with("name", Value.text(address.name()));
    }

    @Override
    public List<String> place(Address address) {
        return AuthorizationSettings.place(address.key().get(1), "scopes", address.name());
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (AuthorizationSettings settings : AuthorizationSettings.of(document, origin, new Pieces())) {
            for (Pieces.Member scope : settings.members("scopes", pieces)) {
                pieces.add(this, Address.of(NAME, realm, settings.clientId(), scope.name()), scope.body(),
                        scope.origin());
            }
        }
    }
}
