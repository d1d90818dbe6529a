package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others have put onto our objects is there after we have changed those objects. */
@ExtendWith(RealKeycloak.class)
class ForeignIT {

    private static final String FILE = """
            realm: %s
            displayName: Before
            attributes: {ours: before}
            clients:
              shop:
                description: Before
                attributes: {ours: before}
                redirectUris: {$add: ["https://ours.example.com/before"]}
                protocolMappers:
                  ours:
                    protocol: openid-connect
                    protocolMapper: oidc-audience-mapper
                    config: {included.client.audience: shop, access.token.claim: "true"}
            roles:
              realm: {staff: {description: Before, attributes: {ours: [before]}, composites: {realm: {$add: [offline_access]}}}}
              client: {shop: {buyer: {description: Before, attributes: {ours: [before]}}}}
            groups:
              /Staff: {description: Before, attributes: {ours: [before]}, realmRoles: {$add: [staff]}, $members: {$add: [ada]}}
            users:
              ada: {enabled: true, firstName: Before, lastName: Lovelace, email: ada@example.com, realmRoles: {$add: [staff]}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm, AdminApi admin) {
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
        foreign(realm.value(), admin);
    }

    @Test
    void whatOthersHaveAddedIsNoChangeAndSurvivesOurs(RealmName realm, AdminApi admin) {
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
        bench.run("drift", "-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", FILE.formatted(realm).replace("Before", "After").replace("before", "after"));
        bench.apply("-f", "realm.yaml").ended(0).printed("0 added, 6 changed, 0 destroyed");
        survived(realm.value(), admin);
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
        bench.write("realm.yaml", FILE.formatted(realm)
                .replace("Before", "Third")
                .replaceAll(" *attributes: [{]ours: \\[?before\\]?[}],?", "")
                .replaceAll("(?m)^ *protocolMappers:\\n(.*\\n){4}", ""));
        bench.apply("-f", "realm.yaml").ended(0).printed("0 added, 6 changed, 0 destroyed");
        survived(realm.value(), admin);
        assertThat(admin.get(realm.value()).path("attributes").has("ours")).isFalse();
        assertThat(client(realm.value(), admin).path("protocolMappers").findValuesAsText("name")).containsExactly(
                "theirs");
    }

    private static void foreign(String realm, AdminApi admin) {
        ObjectNode settings = (ObjectNode) admin.get(realm);
        settings.put("displayNameHtml", "theirs").put("accessTokenLifespan", 4711);
        settings.withObject("/attributes").put("theirs", "kept");
        admin.put(realm, settings.toString());
        admin.post(realm + "/roles", "{\"name\": \"theirs\"}");
        admin.post(realm + "/groups", "{\"name\": \"Theirs\"}");
        admin.post(realm + "/users", "{\"username\": \"theirs\", \"enabled\": true}");
        admin.post(realm + "/client-scopes", "{\"name\": \"theirs\", \"protocol\": \"openid-connect\"}");
        JsonNode theirs = admin.get(realm + "/roles/theirs");
        foreignClient(realm, admin);
        for (String role : List.of(realm + "/roles/staff", realm + "/clients/" + id(client(realm, admin))
                + "/roles/buyer")) {
            ObjectNode found = (ObjectNode) admin.get(role);
            found.withObject("/attributes").putArray("theirs").add("kept");
            admin.put(role, found.toString());
            admin.post(role + "/composites", "[" + theirs + "]");
        }
        JsonNode group = admin.get(realm + "/group-by-path/Staff");
        ObjectNode changed = (ObjectNode) admin.get(realm + "/groups/" + id(group));
        changed.withObject("/attributes").putArray("theirs").add("kept");
        admin.put(realm + "/groups/" + id(group), changed.toString());
        admin.post(realm + "/groups/" + id(group) + "/role-mappings/realm", "[" + theirs + "]");
        admin.post(realm + "/groups/" + id(group) + "/children", "{\"name\": \"Child\"}");
        admin.put(realm + "/users/" + id(user(realm, admin, "theirs")) + "/groups/" + id(group), "{}");
        String ada = realm + "/users/" + id(user(realm, admin, "ada"));
        ObjectNode person = (ObjectNode) admin.get(ada);
        admin.put(ada, person.put("lastName", "Lovelace").put("emailVerified", true).toString());
        admin.post(ada + "/role-mappings/realm", "[" + theirs + "]");
        admin.put(ada + "/groups/" + id(admin.get(realm + "/group-by-path/Theirs")), "{}");
    }

    private static void foreignClient(String realm, AdminApi admin) {
        ObjectNode client = (ObjectNode) client(realm, admin);
        client.withObject("/attributes").put("theirs", "kept");
        client.put("name", "theirs").withArray("/redirectUris").add("https://theirs.example.com/*");
        String path = realm + "/clients/" + id(client);
        admin.put(path, client.toString());
        admin.post(path + "/protocol-mappers/models", "{\"name\": \"theirs\", \"protocol\": \"openid-connect\","
                + " \"protocolMapper\": \"oidc-audience-mapper\", \"config\": {\"included.client.audience\": \"x\"}}");
        for (JsonNode mapper : admin.get(path + "/protocol-mappers/models")) {
            if (mapper.path("name").asText().equals("ours")) {
                ((ObjectNode) mapper).withObject("/config").put("theirs", "kept");
                admin.put(path + "/protocol-mappers/models/" + id(mapper), mapper.toString());
            }
        }
        for (JsonNode scope : admin.get(realm + "/client-scopes")) {
            if (scope.path("name").asText().equals("theirs")) {
                admin.put(path + "/optional-client-scopes/" + id(scope), "{}");
            }
        }
    }

    private static void survived(String realm, AdminApi admin) {
        JsonNode settings = admin.get(realm);
        assertThat(settings.path("displayNameHtml").asText()).isEqualTo("theirs");
        assertThat(settings.path("accessTokenLifespan").asInt()).isEqualTo(4711);
        assertThat(settings.path("attributes").path("theirs").asText()).isEqualTo("kept");
        JsonNode client = client(realm, admin);
        assertThat(client.path("name").asText()).isEqualTo("theirs");
        assertThat(client.path("attributes").path("theirs").asText()).isEqualTo("kept");
        assertThat(client.path("redirectUris").toString()).contains("https://theirs.example.com/*");
        assertThat(client.path("protocolMappers").findValuesAsText("name")).contains("theirs");
        assertThat(client.path("optionalClientScopes").toString()).contains("theirs");
        for (JsonNode mapper : client.path("protocolMappers")) {
            assertThat(mapper.path("name").asText().equals("theirs") || mapper.path("config").has("theirs")).isTrue();
        }
        for (String role : List.of(realm + "/roles/staff", realm + "/clients/" + id(client) + "/roles/buyer")) {
            assertThat(admin.get(role).path("attributes").path("theirs").path(0).asText()).isEqualTo("kept");
            assertThat(admin.get(role + "/composites").findValuesAsText("name")).contains("theirs");
        }
        JsonNode group = admin.get(realm + "/groups/" + id(admin.get(realm + "/group-by-path/Staff")));
        assertThat(group.path("attributes").path("theirs").path(0).asText()).isEqualTo("kept");
        assertThat(group.path("realmRoles").toString()).contains("theirs", "staff");
        assertThat(admin.get(realm + "/groups/" + id(group) + "/children").findValuesAsText("name")).contains("Child");
        assertThat(admin.get(realm + "/groups/" + id(group) + "/members").findValuesAsText("username"))
                .containsExactlyInAnyOrder("ada", "theirs");
        JsonNode ada = user(realm, admin, "ada");
        assertThat(ada.path("emailVerified").asBoolean()).isTrue();
        String path = realm + "/users/" + id(ada);
        assertThat(admin.get(path + "/role-mappings/realm").findValuesAsText("name")).contains("theirs", "staff");
        assertThat(admin.get(path + "/groups").findValuesAsText("name")).contains("Theirs", "Staff");
    }

    private static JsonNode client(String realm, AdminApi admin) {
        return admin.get(realm + "/clients?clientId=shop").get(0);
    }

    private static JsonNode user(String realm, AdminApi admin, String name) {
        return admin.get(realm + "/users?exact=true&username=" + name).get(0);
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
