package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * The ids that an export gives its users, groups, roles, clients and organizations, and their names: an export calls the resources of
 * administrators' permissions by id.
 */
final class DocumentIds {

    private final Map<String, String> names = new HashMap<>();

    private DocumentIds() {}

    static DocumentIds of(String realm, Value.MapOf document, Origin origin) {
        DocumentIds ids = new DocumentIds();
        Pieces heard = new Pieces();
        heard.members(document, origin, "users", "username").forEach(user -> ids.add(user.body(), user.name()));
        heard.members(document, origin, "clients", "clientId").forEach(client -> ids.add(client.body(), client.name()));
        GroupSection.of(realm, document, origin, heard)
                .forEach(group -> ids.add(group.body(), GroupPath.text(group.address())));
        OrganizationType.members(document, origin, heard)
                .forEach(organization -> ids.add(organization.body(), organization.name()));
        Value.MapOf roles = document.map("roles");
        heard.members(roles, origin, "realm", "name")
                .forEach(role -> ids.add(role.body(),
                        RoleName.text(Address.of(RealmRoleType.NAME, realm, role.name()))));
        Value.MapOf ofClients = roles.map("client");
        for (String client : ofClients.fields().keySet()) {
            heard.members(ofClients, origin, client, "name")
                    .forEach(role -> ids.add(role.body(),
                            RoleName.text(Address.of(ClientRoleType.NAME, realm, client, role.name()))));
        }
        return ids;
    }

    private void add(Value body, String name) {
        if (body instanceof Value.MapOf object) {
            object.text("id").ifPresent(id -> names.put(id, name));
        }
    }

    /** What has that id; the id itself if the document does not say. */
    String name(String id) {
        return names.getOrDefault(id, id);
    }
}
