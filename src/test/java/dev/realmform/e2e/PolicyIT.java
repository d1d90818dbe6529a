package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.RegoPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The policy of {@code examples/policy}, written as for a Terraform plan, judges real plans. It runs as OPA compiled it:
 * {@code opa build -t wasm -e main/deny -e main/warn examples/policy/plan.rego}.
 */
@ExtendWith(RealKeycloak.class)
class PolicyIT {

    private static final Path REGO = Path.of("examples", "policy", "plan.rego");
    private static final Path COMPILED = Path.of("src", "test", "resources", "policy");

    private static final String FILE = """
            realmform: {secrets: {shop: {env: SHOP_SECRET}}}
            realm: %s
            clients:
              shop: {secret: $(secret:shop), redirectUris: ["https://shop.example.com/callback"]}
              legacy: {enabled: true}
            roles: {realm: {staff: {description: Works here}}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;
    private RegoPolicy policy;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm) throws IOException {
        policy = new RegoPolicy(Files.readAllBytes(COMPILED.resolve("plan.wasm")));
        bench = Workbench.at(server, folder).with("SHOP_SECRET", "CANARY-policy");
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void whatRunsIsWhatIsWritten() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(REGO));
        assertThat(HexFormat.of().formatHex(digest))
                .as("%s was changed: compile it anew, and note its digest", REGO)
                .isEqualTo(Files.readString(COMPILED.resolve("plan.rego.sha256")).strip());
    }

    @Test
    void aHarmlessPlanPasses(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm).replace("Works here", "Works well"));
        String plan = plan();
        assertThat(policy.messages("main/deny", plan)).isEmpty();
        assertThat(policy.messages("main/warn", plan)).isEmpty();
    }

    @Test
    void deletionsWildcardsAndRotatedSecretsAreSeen(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm)
                .replace("  legacy: {enabled: true}\n", "  new: {redirectUris: [\"https://*.example.com\"]}\n"));
        bench = bench.with("SHOP_SECRET", "CANARY-rotated");
        String plan = plan();

        assertThat(policy.messages("main/deny", plan)).containsExactly(
                "client/" + realm + "/legacy: clients are deleted by hand, not by a pipeline",
                "client/" + realm + "/new: redirect URI https://*.example.com matches more than one address");
        assertThat(policy.messages("main/warn", plan)).containsExactly(
                "client/" + realm + "/shop: secret changes, and whoever uses it must know");
        assertThat(plan).doesNotContain("CANARY");
    }

    @Test
    void whatIsKnownOnlyAfterTheApplyIsMarked(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm) + """
                groups: {/Shops: {attributes: {client: ["$(ref:client/%s/new.id)"]}}}
                """.formatted(realm));
        bench.write("realm.yaml", bench.read("realm.yaml").replace("  legacy:", "  new: {}\n  legacy:"));
        assertThat(policy.messages("main/deny", plan()))
                .containsExactly("group/" + realm + "/Shops: attributes.client.0 is not known yet");
    }

    @Test
    void adoptionsAreImportsAndWhatIsLetGoIsForgotten(RealmName realm, AdminApi admin) {
        admin.post(realm + "/roles", "{\"name\": \"found\"}");
        String more = FILE.formatted(realm).replace("roles: {realm: {", "roles: {realm: {found: {}, ");
        bench.write("realm.yaml", more);
        assertThat(policy.messages("main/warn", plan()))
                .containsExactly("realm-role/" + realm + "/found was there before and becomes managed");
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", FILE.formatted(realm));
        var change = AdminApi.json(plan()).path("resource_changes").path(0);
        assertThat(change.path("change").path("actions").toString()).isEqualTo("[\"forget\"]");
        assertThat(change.path("action_reason").asText()).isEqualTo("delete_because_no_resource_config");
        assertThat(policy.messages("main/deny", plan())).isEmpty();
    }

    @Test
    void twoRunsDifferInTheirTimeAlone(RealmName realm) {
        bench.write("realm.yaml", FILE.formatted(realm).replace("Works here", "Works well"));
        String one = plan();
        String again = plan();
        assertThat(again).isNotEqualTo(one);
        assertThat(again.lines().filter(line -> !line.startsWith("  \"timestamp\": ")))
                .containsExactlyElementsOf(one.lines().filter(line -> !line.startsWith("  \"timestamp\": ")).toList());
    }

    private String plan() {
        String plan = bench.run("plan", "-f", "realm.yaml", "--json").ended(0).out();
        PublishedSchema.PLAN.accepts(plan);
        return plan;
    }
}
