package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is older than the server: it runs with a schema out of which fields of the server have been taken, one of each
 * kind of object, so that it does not know them.
 */
@ExtendWith(RealKeycloak.class)
class NewerServerIT {

    /** Where the schema describes an object, and the field of it that is not known. */
    private static final Map<String, String> NOT_KNOWN = Map.of(
            "/properties", "displayNameHtml",
            "/$defs/client/properties", "rootUrl",
            "/$defs/clientScope/properties", "description",
            "/$defs/role/properties", "description",
            "/$defs/group/properties", "description",
            "/$defs/user/properties", "firstName",
            "/$defs/identityProvider/properties", "hideOnLogin",
            "/$defs/organization/properties", "redirectUrl",
            "/$defs/clientPolicy/properties", "mode",
            "/$defs/requiredAction/properties", "priority");

    private static final List<String> NAMES = NOT_KNOWN.values().stream().distinct().sorted().toList();

    @TempDir
    private Path folder;

    private Workbench bench;
    private TestRealm realm;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) throws IOException {
        realm = own;
        bench = Workbench.at(server, folder);
        ObjectNode schema = (ObjectNode) new ObjectMapper()
                .readTree(Files.readString(Path.of("schema/desired-state.schema.json")));
        NOT_KNOWN.forEach((place, field) -> assertThat(((ObjectNode) schema.at(place)).remove(field)).as(field)
                .isNotNull());
        bench.write("older/schema/desired-state.schema.json", schema.toString());
        bench.write("realm.yaml", document(""));
    }

    private String document(String more) {
        return """
                realm: %s
                displayNameHtml: <b>Shop</b>%s
                organizationsEnabled: true
                clients: {shop: {rootUrl: "https://shop.example%s"}}
                clientScopes: {ledger: {description: Ledger%s}}
                roles: {realm: {clerk: {description: Sells%s}}}
                groups: {/Staff: {description: Sell%s}}
                users: {ada: {lastName: Lovelace, email: ada@example.com, firstName: Ada%s}}
                identityProviders:
                  corp: {providerId: oidc, hideOnLogin: %s, config: {clientId: realm, authorizationUrl: "https://c.example/a", tokenUrl: "https://c.example/t"}}
                organizations: {acme: {name: Acme, domains: {acme.example: {}}, redirectUrl: "https://acme.example%s"}}
                clientPolicies: {policies: {web: {enabled: true, mode: %s}}}
                requiredActions: {UPDATE_PASSWORD: {priority: 5%s}}
                """
                .formatted(realm.name(), more, more.isEmpty() ? "" : "/" + more, more, more, more, more, more.isEmpty(),
                        more.isEmpty() ? "" : "/" + more, more.isEmpty() ? "STRICT" : "DEFAULT", more);
    }

    private CommandLineRun run(String... arguments) {
        List<String> command = new ArrayList<>(ChildProcess.command());
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, folder.resolve("older") + java.io.File.pathSeparator + command.get(classPath));
        command.addAll(List.of(arguments));
        return ChildProcess.ended(ChildProcess.start(bench, command), arguments);
    }

    @Test
    void aFieldThatThisVersionDoesNotKnowIsWrittenComparedAndOwnedOnceItIsAllowed() {
        CommandLineRun refused = run("plan", "-f", "realm.yaml");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(NAMES).filteredOn(name -> !name.equals("priority"))
                .allSatisfy(name -> assertThat(refused.err().replaceAll("\\s+", " ")).contains(
                        "unknown key \"" + name + "\"", "allow it: --allow-unknown " + name));
        assertThat(refused.err()).as("what is live is no typing error").doesNotContain("\"priority\"");

        assertThat(run("apply", "-f", "realm.yaml", "--auto-approve", "--allow-unknown").code()).isZero();
        assertThat(live()).containsExactlyElementsOf(expected(""));
        assertThat(run("plan", "-f", "realm.yaml", "--allow-unknown").out()).contains("No changes.");
        assertThat(run("plan", "-f", "realm.yaml").out()).as("what the server has is no typing error")
                .contains("No changes.");

        bench.write("realm.yaml", document("2"));
        CommandLineRun changed = run("plan", "-f", "realm.yaml", "--allow-unknown=" + String.join(",", NAMES));
        assertThat(changed.out()).contains("Plan: 0 to add, 10 to change, 0 to destroy.");
        assertThat(run("apply", "-f", "realm.yaml", "--auto-approve", "--allow-unknown").code()).isZero();
        assertThat(live()).containsExactlyElementsOf(expected("2"));
        assertThat(run("drift", "-f", "realm.yaml", "--allow-unknown").code()).isZero();
        realm.put("", "{\"displayNameHtml\": \"somebody else's\"}");
        assertThat(run("drift", "-f", "realm.yaml", "--allow-unknown").out()).contains("displayNameHtml");
    }

    private List<String> live() {
        return Stream.of(realm.get("").path("displayNameHtml"),
                realm.get("clients?clientId=shop").path(0).path("rootUrl"),
                named("client-scopes", "ledger").path("description"),
                realm.get("roles/clerk").path("description"),
                realm.get("group-by-path/Staff").path("description"),
                realm.get("users?username=ada").path(0).path("firstName"),
                realm.get("identity-provider/instances/corp").path("hideOnLogin"),
                realm.get("organizations?search=acme").path(0).path("redirectUrl"),
                realm.get("client-policies/policies").path("policies").path(0).path("mode"),
                realm.get("authentication/required-actions/UPDATE_PASSWORD").path("priority"))
                .map(JsonNode::asText)
                .toList();
    }

    private JsonNode named(String collection, String name) {
        for (JsonNode one : realm.get(collection)) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name);
    }

    private static List<String> expected(String more) {
        String path = more.isEmpty() ? "" : "/" + more;
        return List.of("<b>Shop</b>" + more, "https://shop.example" + path, "Ledger" + more, "Sells" + more,
                "Sell" + more, "Ada" + more, String.valueOf(more.isEmpty()), "https://acme.example" + path,
                more.isEmpty() ? "STRICT" : "DEFAULT", "5" + more);
    }
}
