package dev.realmform.cli;

import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.model.Value;
import java.util.List;

/** What people do to OSMO's realm in the admin console, and then wonder why somebody has no access. */
final class OsmoBreakages {

    private static final String REALM = "osmo";
    private static final String DEVICE = "osmo-device";
    private static final String BROWSER = "osmo-browser-flow";

    private OsmoBreakages() {}

    static void otherClient(Admin admin) {
        mapper(admin, DEVICE, "usermodel.clientRoleMapping.clientId", BROWSER);
    }

    static void notMultivalued(Admin admin) {
        mapper(admin, BROWSER, "multivalued", "false");
    }

    static void notInIdTokens(Admin admin) {
        mapper(admin, DEVICE, "id.token.claim", "false");
    }

    static void withoutProfile(Admin admin) {
        Value.MapOf profile = admin.list(Request.get(REALM, "client-scopes"))
                .stream()
                .filter(scope -> scope.text("name").orElse("").equals("profile"))
                .findFirst()
                .orElseThrow();
        admin.send(Request.delete(REALM, "clients", id(client(admin, DEVICE)), "default-client-scopes", id(profile)));
    }

    static void withoutMapping(Admin admin) {
        String client = id(client(admin, DEVICE));
        Value.MapOf group = admin.list(Request.get(REALM, "groups").with("search", "OSMO group1")).getFirst();
        Value.MapOf role = admin.get(Request.get(REALM, "clients", client, "roles", "osmo-group1"));
        admin.send(Request.delete(REALM, "groups", id(group), "role-mappings", "clients", client)
                .body(new Value.ListOf(List.of(role))));
    }

    private static Value.MapOf client(Admin admin, String clientId) {
        return admin.list(Request.get(REALM, "clients").with("clientId", clientId)).getFirst();
    }

    private static void mapper(Admin admin, String clientId, String setting, String value) {
        String client = id(client(admin, clientId));
        Value.MapOf mapper = admin.list(Request.get(REALM, "clients", client, "protocol-mappers", "models")).getFirst();
        admin.send(Request.put(REALM, "clients", client, "protocol-mappers", "models", id(mapper))
                .body(mapper.with("config", mapper.map("config").with(setting, Value.text(value)))));
    }

    private static String id(Value.MapOf body) {
        return body.text("id").orElseThrow();
    }
}
