package dev.realmform.keycloak;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a realm document says about the authorization services of one client.
 *
 * @param clientId whose
 * @param body     the settings, with resources, policies and scopes
 */
record AuthorizationSettings(String clientId, Value.MapOf body, Origin origin) {

    /** Where an export of the realm names the client of the admin permissions once more. */
    private static final String SECTION = "adminPermissionsClient";

    /** All of a document. Whatever is wrong with the clients themselves is told by their own type. */
    static List<AuthorizationSettings> of(Value.MapOf document, Origin origin, Pieces pieces) {
        List<AuthorizationSettings> all = new ArrayList<>();
        for (Pieces.Member client : new Pieces().members(document, origin, "clients", "clientId")) {
            if (client.body() instanceof Value.MapOf body) {
                add(all, client.name(), body, client.origin(), pieces);
            }
        }
        add(all, AdminPermissions.CLIENT, document.map(SECTION), origin.at(SECTION), pieces);
        return all;
    }

    private static void add(List<AuthorizationSettings> all, String clientId, Value.MapOf client, Origin origin,
            Pieces pieces) {
        Origin at = origin.at(ResourceServer.KEY);
        switch (client.get(ResourceServer.KEY).orElse(Value.NULL)) {
            case Value.Null ignored -> {
            }
            case Value.MapOf body -> all.add(new AuthorizationSettings(clientId, body, at));
            case Value other -> pieces.problem(ResourceServer.KEY + " of the client " + clientId + " is no map", at,
                    "Write resources, scopes and policies in it.");
        }
    }

    /** The resources, policies or scopes, by name. */
    List<Pieces.Member> members(String section, Pieces pieces) {
        return pieces.members(body, origin, section, "name");
    }

    /** Where the settings of a client stand in a document, and what lies in them. */
    static List<String> place(String clientId, String... inside) {
        List<String> place = new ArrayList<>(
                clientId.equals(AdminPermissions.CLIENT) ? List.of(SECTION) : List.of("clients", clientId));
        place.add(ResourceServer.KEY);
        place.addAll(List.of(inside));
        return place;
    }
}
