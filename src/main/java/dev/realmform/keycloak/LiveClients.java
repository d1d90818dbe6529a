package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;

/** The clients of a plan as they are on the server before it is applied. */
record LiveClients(Plan plan, Reader reader) {

    /** The name on the server of the realm that an address is, or lies in. */
    String realm(Address part) {
        return plan.change(RealmType.address(part.root()))
                .flatMap(change -> change instanceof Change.Update update ? update.renamedFrom() : Optional.empty())
                .map(Address::root)
                .orElse(part.root());
    }

    Optional<Value.MapOf> body(Address client) {
        return reader.objects(Map.of("clientId", client.name()), realm(client), "clients").stream().findFirst();
    }

    /** The id of the client that an address is, or lies in. */
    Optional<String> id(Address part) {
        return body(ResourceServer.client(part)).flatMap(body -> body.text("id"));
    }
}
