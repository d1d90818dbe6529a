package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example does what an example promises, on a real server, in a realm of its own. */
@ExtendWith(RealKeycloak.class)
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("examples");

    private static final Map<String, String> SECRETS = Map.of("ADA_PASSWORD", "canary-ada", "SMTP_PASSWORD",
            "canary-smtp", "SHOP_API_SECRET", "canary-shop-api", "REALMFORM_PLAN_SECRET", "canary-plan",
            "CORP_CLIENT_SECRET", "canary-corp", "LDAP_BIND_PASSWORD", "canary-ldap", "ACME_CLIENT_SECRET",
            "canary-acme", "ENTRA_CLIENT_SECRET", "canary-entra");

    /** What needs a newer server than others, and since which it has all of it. */
    private static final Map<String, String> SINCE = Map.of("authorization.yaml", "26.2", "organizations.yaml",
            "26.6", "workflows.yaml", "26.6");

    @TempDir
    Path folder;

    /** The files of each example, in their order. */
    static List<List<String>> examples() {
        return List.of(List.of("quickstart.yaml"), List.of("shop.yaml"), List.of("teams.yaml"), List.of("scopes.yaml"),
                List.of("brokering.yaml"), List.of("authorization.yaml"), List.of("step-up.yaml"),
                List.of("ldap.yaml"),
                List.of("organizations.yaml"), List.of("workflows.yaml"),
                List.of("layers/base.yaml"), List.of("layers/base.yaml", "layers/team-a.yaml", "layers/prod.yaml"),
                List.of("osmo-minimal.yaml"), List.of("osmo/osmo.yaml"), List.of("osmo/expansion.yaml"),
                List.of("ci-account.yaml"), List.of("ci/account.yaml"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsValidPlannedAppliedInStepAndGoneAgain(List<String> files, RealmName realm, KeycloakServer server,
            AdminApi admin) throws IOException {
        copyFor(realm);

        run(server, files, "validate").ended(0).printed("Valid: ");
        if (files.stream().anyMatch(file -> RealKeycloak.isOlderThan(SINCE.getOrDefault(file, "26.1")))) {
            run(server, files, "plan").ended(1).complained("Keycloak " + RealKeycloak.version() + " has no ");
            run(server, files, "apply", "--auto-approve").ended(1);
            assertThat(admin.find(realm.value())).isEmpty();
            return;
        }
        run(server, files, "plan", "--detailed-exitcode").ended(2).printed("0 to change, 0 to destroy.");
        run(server, files, "apply", "--auto-approve").ended(0).printed("Apply complete!");
        assertThat(admin.find(realm.value())).isPresent();
        run(server, files, "plan", "--detailed-exitcode").ended(0).printed("No changes.");
        run(server, files, "drift").ended(0).printed("No drift.");
        if (files.contains("ldap.yaml") && RealKeycloak.isOlderThan("26.4")) {
            // 26.1.4 lists no users at all while a directory does not answer.
            run(server, files, "destroy", "--auto-approve").ended(1)
                    .complained("Failed to fetch results from the LDAP");
            return;
        }
        isInStepWithItsExport(server, realm);
        run(server, files, "destroy", "--auto-approve").ended(0).printed("0 added, 0 changed");
        assertThat(admin.find(realm.value())).isEmpty();
    }

    private void isInStepWithItsExport(KeycloakServer server, RealmName realm) {
        run(server, List.of(), "export", "--realm", realm.value(), "--users", "--out", "exported.yaml").ended(0);
        run(server, List.of("exported.yaml"), "plan", "--state", "none.json").ended(0)
                .printed(" to adopt, 0 to add, 0 to change, 0 to destroy.");
    }

    @Test
    void whatMovesBehindTheBackOfAnExampleIsDrift(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        copyFor(realm);
        List<String> files = List.of("teams.yaml");
        run(server, files, "apply", "--auto-approve").ended(0);
        String lin = admin.get(realm + "/users?exact=true&username=lin").get(0).path("id").asText();

        admin.put(realm + "/users/" + lin, "{\"lastName\": \"Moved\"}");

        run(server, files, "drift").ended(2).printed("lastName: Moved → Clark");
        run(server, files, "apply", "--auto-approve").ended(0).printed("0 added, 1 changed, 0 destroyed");
        run(server, files, "drift").ended(0);
    }

    @Test
    void everyFileIsRunAndNamesItsSchemaInTheFirstLine() throws IOException {
        List<String> run = examples().stream().flatMap(List::stream).distinct().sorted().toList();
        List<String> there;
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            there = files.map(EXAMPLES::relativize)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".yaml") && !name.startsWith("osmo/values/"))
                    // They take a cluster: RenderClusterTest validates them, SectionsIT applies such objects.
                    .filter(name -> !name.startsWith("cluster/"))
                    .sorted()
                    .toList();
        }

        assertThat(run).isEqualTo(there);
        for (String file : there) {
            String modeline = Files.readAllLines(EXAMPLES.resolve(file)).getFirst();
            assertThat(modeline).as(file).startsWith("# yaml-language-server: $schema=");
            Path schema = EXAMPLES.resolve(file).resolveSibling(modeline.replaceFirst(".*=", ""));
            assertThat(schema).as(file).isRegularFile();
        }
    }

    /** Copies the examples, each with a realm of this name. */
    private void copyFor(RealmName realm) throws IOException {
        for (String file : examples().stream().flatMap(List::stream).distinct().toList()) {
            String text = Files.readString(EXAMPLES.resolve(file))
                    .replaceFirst("(?m)^realm: .*$", "realm: " + realm)
                    .replaceFirst("(?m)^osmo:$", "osmo:\n  realm: " + realm);
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        }
    }

    private CommandLineRun run(KeycloakServer server, List<String> files, String command, String... options) {
        List<String> line = new ArrayList<>(List.of(command));
        files.forEach(file -> line.addAll(List.of("-f", file)));
        line.addAll(List.of(options));
        Workbench bench = Workbench.at(server, folder);
        for (Map.Entry<String, String> secret : SECRETS.entrySet()) {
            bench = bench.with(secret.getKey(), secret.getValue());
        }
        CommandLineRun run = bench.run(line.toArray(String[]::new));
        assertThat(run.all()).doesNotContain("canary-");
        return run;
    }
}
