package dev.realmform.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.testing.AdminApi;
import java.util.List;

/** A client with a service account, made for one test; gone after it. */
record ServiceAccount(AdminApi admin, String realm, String clientId, String secret, String id)
        implements
            AutoCloseable {

    /** In a realm that is there, with roles of its client {@code realm-management} (of {@code X-realm} in master). */
    static ServiceAccount in(AdminApi admin, String realm, String clientId, String secret) {
        String id = admin.post(realm + "/clients", "{\"clientId\": \"" + clientId + "\", \"secret\": \"" + secret
                + "\", \"serviceAccountsEnabled\": true, \"standardFlowEnabled\": false}");
        return new ServiceAccount(admin, realm, clientId, secret, id);
    }

    ServiceAccount withRealmRole(String role) {
        JsonNode found = admin.get(realm + "/roles/" + role);
        admin.post(realm + "/users/" + user() + "/role-mappings/realm", "[" + found + "]");
        return this;
    }

    ServiceAccount withClientRoles(String client, List<String> roles) {
        String path = mappings(client);
        for (JsonNode role : admin.get(path + "/available")) {
            if (roles.contains(role.path("name").asText())) {
                admin.post(path, "[" + role + "]");
            }
        }
        return this;
    }

    void withoutClientRole(String client, String role) {
        String path = mappings(client);
        for (JsonNode found : admin.get(path)) {
            if (found.path("name").asText().equals(role)) {
                admin.delete(path, "[" + found + "]");
            }
        }
    }

    private String mappings(String client) {
        String container = admin.get(realm + "/clients?clientId=" + client).get(0).path("id").asText();
        return realm + "/users/" + user() + "/role-mappings/clients/" + container;
    }

    private String user() {
        return admin.get(realm + "/clients/" + id + "/service-account-user").path("id").asText();
    }

    @Override
    public void close() {
        admin.send("DELETE", realm + "/clients/" + id, "");
    }
}
