package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.BrokeredLogin;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A page of YAML is an OSMO realm in which a member of a team has the team's role, in the web UI and on the command line. */
@ExtendWith(RealKeycloak.class)
class OsmoIT {

    private static final String BLUEPRINT = """
            realmform: {secrets: {corp: {env: CORP_CLIENT_SECRET}}}
            osmo:
              realm: REALM
              domain: osmo.example.com
              people: {create: [ada, grace]}
              teams:
                group1: {pools: [group1-h100], members: [grace, zoe]}
                ml-team: {pools: [ml-team-a], group: OSMO ML Team, parent: Research, members: [ada]}
                robotics: {pools: [robotics-a100], claim: {corp: {team: gpu-robotics}}}
              admins: [ada]
            users:
              ada: {email: ada@example.com, firstName: Ada, lastName: Lovelace}
              grace: {email: grace@example.com, firstName: Grace, lastName: Hopper}
            identityProviders:
              corp:
                providerId: oidc
                trustEmail: true
                config:
                  issuer: OP
                  authorizationUrl: OP/protocol/openid-connect/auth
                  tokenUrl: OP/protocol/openid-connect/token
                  jwksUrl: OP/protocol/openid-connect/certs
                  useJwksUrl: true
                  validateSignature: true
                  clientId: osmo-login
                  clientSecret: $(secret:corp)
            """;

    private static final String CLAIM = """
            {"name": "team", "protocol": "openid-connect", "protocolMapper": "oidc-hardcoded-claim-mapper", "config": {
              "claim.name": "team", "claim.value": "gpu-robotics", "jsonType.label": "String", "id.token.claim": "true",
              "access.token.claim": "true", "userinfo.token.claim": "true"}}""";

    @TempDir
    Path folder;

    private final AdminApi admin;
    private final KeycloakServer server;
    private Workbench bench;
    private String realm;
    private String op;

    OsmoIT(AdminApi admin, KeycloakServer server) {
        this.admin = admin;
        this.server = server;
    }

    @BeforeEach
    void place(RealmName name) {
        realm = name.value();
        op = realm + "-op";
        bench = Workbench.at(server, folder).with("CORP_CLIENT_SECRET", "canary-corp");
        bench.write("osmo.yaml", BLUEPRINT.replace("REALM", realm)
                .replace("OP/", server.url() + "/realms/" + op + "/")
                .replace("OP\n", server.url() + "/realms/" + op + "\n"));
    }

    @AfterEach
    void gone() {
        admin.send("DELETE", op, "");
    }

    @Test
    void aBlueprintIsPlannedAppliedInStepAndGoneAgain() {
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode")
                .ended(2)
                .printed("from osmo.teams.group1, osmo.yaml:7", "declared, waits for the first login: zoe",
                        "0 to change, 0 to destroy.");
        bench.apply("-f", "osmo.yaml").ended(0);
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.run("drift", "-f", "osmo.yaml").ended(0);

        bench.write("osmo.yaml", bench.run("render", "desired", "-f", "osmo.yaml").ended(0).out());
        assertThat(bench.read("osmo.yaml")).doesNotContain("osmo:\n", "canary-").contains("$(secret:corp)");
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.run("destroy", "-f", "osmo.yaml", "--auto-approve").ended(0).printed("0 added, 0 changed");
        assertThat(admin.find(realm)).isEmpty();
    }

    @Test
    void aMemberHasTheRoleOfTheTeamOnBothClientsAndInBothIdTokens() {
        bench.apply("-f", "osmo.yaml").ended(0);

        assertThat(effective("grace", "osmo-browser-flow")).containsExactly("dashboard-user", "grafana-user",
                "osmo-group1", "osmo-user");
        assertThat(effective("grace", "osmo-device")).containsExactly("osmo-group1", "osmo-user");
        assertThat(effective("ada", "osmo-device")).containsExactly("osmo-admin", "osmo-ml-team", "osmo-user");
        for (String client : List.of("osmo-browser-flow", "osmo-device")) {
            JsonNode token = idToken("grace", client);
            assertThat(token.path("roles").isArray()).isTrue();
            assertThat(texts(token.path("roles"))).isEqualTo(effective("grace", client));
            assertThat(token.path("aud").asText()).isEqualTo(client);
            assertThat(token.path("preferred_username").asText()).isEqualTo("grace");
            assertThat(token.path("email").asText()).isEqualTo("grace@example.com");
        }
        JsonNode browser = client("osmo-browser-flow");
        assertThat(texts(browser.path("redirectUris"))).containsExactly("https://osmo.example.com/oauth2/callback");
        assertThat(texts(browser.path("webOrigins"))).containsExactly("https://osmo.example.com");
        assertThat(browser.path("secret").asText()).hasSizeGreaterThan(20).doesNotContain("*");
        assertThat(texts(client("osmo-device").path("redirectUris")))
                .containsExactly("https://osmo.example.com/oauth2/callback");
    }

    @Test
    void whoComesByAFirstLoginIsWaitedForAndTheClaimDecidesAtEachLogin() {
        makeProvidingRealm();
        bench.apply("-f", "osmo.yaml").ended(0);
        admin.post(realm + "/clients", "{\"clientId\": \"app\", \"publicClient\": true, \"redirectUris\": [\"*\"]}");

        assertThat(zoeLogsIn()).isTrue();
        assertThat(effective("zoe", "osmo-device")).containsExactly("osmo-robotics", "osmo-user");
        assertThat(effective("zoe", "osmo-browser-flow")).containsExactly("dashboard-user", "grafana-user",
                "osmo-robotics", "osmo-user");

        CommandLineRun plan = bench.run("plan", "-f", "osmo.yaml")
                .ended(0)
                .printed("+ zoe", "0 to add, 2 to change, 0 to destroy.");
        assertThat(plan.all()).doesNotContain("waits for");
        bench.apply("-f", "osmo.yaml").ended(0);
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode").foundNothingToDo();
        assertThat(effective("zoe", "osmo-device")).contains("osmo-group1");

        String broker = admin.get(op + "/clients?clientId=osmo-login").get(0).path("id").asText();
        String mapper = admin.get(op + "/clients/" + broker + "/protocol-mappers/models").get(0).path("id").asText();
        admin.delete(op + "/clients/" + broker + "/protocol-mappers/models/" + mapper);
        assertThat(zoeLogsIn()).isTrue();
        assertThat(effective("zoe", "osmo-device")).containsExactly("osmo-group1", "osmo-user");
    }

    @Test
    void whoLeavesATeamLosesItsRoleAndWhoeverSomebodyElseAddedToUserStays() {
        bench.apply("-f", "osmo.yaml").ended(0);
        String lin = admin.post(realm + "/users", "{\"username\": \"lin\", \"enabled\": true}");
        admin.put(realm + "/users/" + lin + "/groups/" + group("User"), "");
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode").foundNothingToDo();

        bench.write("osmo.yaml", bench.read("osmo.yaml").replace("members: [grace, zoe]", "members: [zoe]"));
        bench.run("plan", "-f", "osmo.yaml")
                .ended(0)
                .printed("- grace", "1 user loses osmo-browser-flow/osmo-group1, osmo-device/osmo-group1");
        bench.apply("-f", "osmo.yaml").ended(0);

        assertThat(effective("grace", "osmo-device")).isEmpty();
        assertThat(effective("lin", "osmo-device")).containsExactly("osmo-user");
        bench.run("plan", "-f", "osmo.yaml", "--detailed-exitcode").foundNothingToDo();
    }

    /** The other realm: zoe, and the client that the identity provider is to it, with the claim. */
    private void makeProvidingRealm() {
        admin.post("", "{\"realm\": \"" + op + "\", \"enabled\": true}");
        admin.post(op + "/clients",
                "{\"clientId\": \"osmo-login\", \"secret\": \"canary-corp\", \"redirectUris\": [\"*\"],"
                        + " \"protocolMappers\": [" + CLAIM + "]}");
        admin.post(op + "/users", """
                {"username": "zoe", "enabled": true, "email": "zoe@example.com", "emailVerified": true, "firstName": "Zoe",
                 "lastName": "Z", "credentials": [{"type": "password", "value": "zoes"}]}""");
    }

    private boolean zoeLogsIn() {
        return new BrokeredLogin(server.url()).succeeds(realm, "app", "corp", "zoe", "zoes");
    }

    private String group(String name) {
        for (JsonNode group : admin.get(realm + "/groups")) {
            if (group.path("name").asText().equals(name)) {
                return group.path("id").asText();
            }
        }
        throw new AssertionError("there is no group " + name);
    }

    private JsonNode client(String clientId) {
        return admin.get(realm + "/clients?clientId=" + clientId).get(0);
    }

    private String user(String name) {
        return admin.get(realm + "/users?exact=true&username=" + name).get(0).path("id").asText();
    }

    private Set<String> effective(String name, String clientId) {
        Set<String> roles = new TreeSet<>();
        admin.get(realm + "/users/" + user(name) + "/role-mappings/clients/" + client(clientId).path("id").asText()
                + "/composite").forEach(role -> roles.add(role.path("name").asText()));
        return roles;
    }

    private JsonNode idToken(String name, String clientId) {
        return admin.get(realm + "/clients/" + client(clientId).path("id").asText()
                + "/evaluate-scopes/generate-example-id-token?scope=openid&userId=" + user(name));
    }

    private static Set<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return new TreeSet<>(texts);
    }
}
