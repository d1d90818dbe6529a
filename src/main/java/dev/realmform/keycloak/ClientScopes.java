package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.Optional;

/** Client scopes: clients refer to them by name; they are no resources of their own yet. */
final class ClientScopes {

    static final String TYPE = "client-scope";

    private ClientScopes() {}

    static Address address(String realm, String scope) {
        return Address.of(TYPE, realm, scope);
    }

    /** Reads all of a realm: there are few, and their bodies are small. */
    static void list(Reader reader, String realm, Found found) {
        for (Value.MapOf scope : reader.objects(realm, "client-scopes")) {
            scope.text("name")
                    .ifPresent(name -> scope.text("id")
                            .ifPresent(
                                    id -> found.addReferred(address(realm, name), id)));
        }
    }

    static Optional<String> find(Reader reader, Address address) {
        return reader.objects(address.root(), "client-scopes")
                .stream()
                .filter(scope -> scope.text("name").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(scope -> scope.text("id"));
    }
}
