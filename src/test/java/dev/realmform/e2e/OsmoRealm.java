package dev.realmform.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;

/** OSMO's realm on the real server, as somebody sees and meddles with it in the admin console. */
record OsmoRealm(AdminApi admin, KeycloakServer server, String name) {

    /** Two teams, of whose members zoe is not there yet. */
    static final String BLUEPRINT = """
            osmo:
              realm: %s
              domain: osmo.example.com
              layout: "6.2"
              people: {create: [ada, grace]}
              teams:
                group1: {pools: [group1-h100], members: [ada, grace, zoe]}
                ml-team: {pools: [ml-team-a], group: OSMO ML Team, parent: Research, members: [ada]}
              admins: [ada]
            users:
              ada: {email: ada@example.com, firstName: Ada, lastName: Lovelace}
              grace: {email: grace@example.com, firstName: Grace, lastName: Hopper}
            """;

    String file() {
        return BLUEPRINT.formatted(name);
    }

    String issuer() {
        return server.url() + "/realms/" + name;
    }

    JsonNode client(String clientId) {
        return admin.get(name + "/clients?clientId=" + clientId).get(0);
    }

    String clientId(String clientId) {
        return client(clientId).path("id").asText();
    }

    String user(String username) {
        return admin.get(name + "/users?exact=true&username=" + username).get(0).path("id").asText();
    }

    String group(String path) {
        return admin.get(name + "/group-by-path/" + path.replace(" ", "%20")).path("id").asText();
    }

    /** Another value in the configuration of the mapper that writes roles. */
    void mapper(String clientId, String setting, String value) {
        String models = name + "/clients/" + clientId(clientId) + "/protocol-mappers/models";
        ObjectNode mapper = (ObjectNode) admin.get(models).get(0);
        ((ObjectNode) mapper.path("config")).put(setting, value);
        admin.put(models + "/" + mapper.path("id").asText(), mapper.toString());
    }

    void withoutMapper(String clientId) {
        String models = name + "/clients/" + clientId(clientId) + "/protocol-mappers/models";
        admin.delete(models + "/" + admin.get(models).get(0).path("id").asText());
    }

    void withoutScope(String clientId, String scope) {
        for (JsonNode found : admin.get(name + "/client-scopes")) {
            if (found.path("name").asText().equals(scope)) {
                admin.delete(name + "/clients/" + clientId(clientId) + "/default-client-scopes/"
                        + found.path("id").asText());
            }
        }
    }

    void withoutRole(String clientId, String role) {
        admin.delete(name + "/clients/" + clientId(clientId) + "/roles/" + role);
    }

    void withoutMapping(String group, String clientId, String role) {
        String client = clientId(clientId);
        JsonNode body = admin.get(name + "/clients/" + client + "/roles/" + role);
        admin.delete(name + "/groups/" + group(group) + "/role-mappings/clients/" + client, "[" + body + "]");
    }

    void leaves(String user, String group) {
        admin.delete(name + "/users/" + user(user) + "/groups/" + group(group));
    }

    void disable(String user) {
        ObjectNode body = (ObjectNode) admin.get(name + "/users/" + user(user));
        admin.put(name + "/users/" + user(user), body.put("enabled", false).toString());
    }

    /** Something that the user has to do at the next login. */
    void demand(String user, String action) {
        ObjectNode body = (ObjectNode) admin.get(name + "/users/" + user(user));
        body.putArray("requiredActions").add(action);
        admin.put(name + "/users/" + user(user), body.toString());
    }

    void password(String user, String password) {
        admin.put(name + "/users/" + user(user) + "/reset-password",
                "{\"type\": \"password\", \"temporary\": false, \"value\": \"" + password + "\"}");
    }
}
