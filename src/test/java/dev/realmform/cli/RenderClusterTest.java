package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the section cluster by the commands that write it. No cluster is at hand. */
class RenderClusterTest {

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    private static Said run(Path folder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("NO_COLOR", "1", "KEYCLOAK_DB_ADMIN_PASSWORD", "canary-admin"), folder, Shell.Terminal.NONE,
                StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Said ofExample(String... arguments) {
        return render(Path.of("examples/cluster").toAbsolutePath(), arguments);
    }

    private static Said render(Path folder, String... arguments) {
        return run(folder, Stream.concat(Stream.of("render"), Stream.of(arguments)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"external-database.yaml", "direct-database.yaml", "builtin-database.yaml",
        "own-manifests.yaml", "osmo.yaml", "chart.yaml"})
    void eachExampleIsValid(String file) {
        Said said = run(Path.of("examples/cluster").toAbsolutePath(), "validate", "-f", file);

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("Valid: ");
        assertThat(said.code()).isZero();
    }

    @Test
    void theHostOfKeycloakFollowsFromOsmoUnlessItIsSaid() throws IOException {
        assertThat(ofExample("keycloak-values", "-f", "osmo.yaml").out()).contains("hostname: auth-osmo.example.com");
        Files.writeString(folder.resolve("said.yaml"), Files.readString(Path.of("examples/cluster/osmo.yaml"))
                .replace("    namespace: keycloak\n", "    namespace: keycloak\n    hostname: sso.example.com\n"));
        assertThat(render(folder, "keycloak-values", "-f", "said.yaml").out()).contains("sso.example.com")
                .doesNotContain("auth-osmo.example.com");
    }

    /** By hand: realmform render keycloak-values -f external-database.yaml > values/keycloak.yaml. */
    @Test
    void theValuesOfTheExampleAreTrue() throws IOException {
        Said said = ofExample("keycloak-values", "-f", "external-database.yaml");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo(Files.readString(Path.of("examples/cluster/values/keycloak.yaml")))
                .doesNotContain("canary");
    }

    @Test
    void whatWeWriteHasNoFindingsAndWhatATeamHasIsExplained() throws IOException {
        Said clean = ofExample("keycloak-values", "-f", "external-database.yaml", "--check", "values/keycloak.yaml");
        assertThat(clean.out()).isEqualTo("values/keycloak.yaml: as it has to be\nNo findings.\n");
        assertThat(clean.code()).isZero();

        Files.writeString(folder.resolve("values.yaml"), """
                hostname: auth.example.com
                image: {repository: bitnamilegacy/keycloak}
                global: {security: {allowInsecureImages: true}}
                postgresql: {enabled: false}
                externalDatabase: {host: pg}
                auth:
                  adminPassword: canary-in-clear
                """);
        Said found = render(folder, "keycloak-values", "--check", "values.yaml");
        assertThat(found.code()).isEqualTo(2);
        assertThat(found.out()).contains("hostname", "values.yaml:1", "auth.adminPassword", "values.yaml:7",
                "a password in clear", "2 findings.").doesNotContain("canary");
    }

    @Test
    void theAccountForDriftMaySeeWhatIsDeclared() {
        Said said = ofExample("drift-rbac", "-f", "external-database.yaml", "--namespace", "ci", "--account",
                "watcher");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\n")
                .contains("kind: Role\n", "kind: ClusterRole\n", "resources: [statefulsets]",
                        "resources: [horizontalpodautoscalers]",
                        "request.userInfo.username == 'system:serviceaccount:ci:watcher'", "namespace: keycloak");
    }

    @Test
    void filesWithoutACluster() throws IOException {
        Files.writeString(folder.resolve("realm.yaml"), "realm: x\n");
        for (String command : new String[]{"keycloak-values", "drift-rbac"}) {
            Said said = render(folder, command, "-f", "realm.yaml");
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("the files have no section cluster", "realm.yaml", "cluster: {keycloak:");
        }
        Files.writeString(folder.resolve("wrong.yaml"), "cluster: {keycloak: {env: {KC_PROXY: edge}}}\n");
        Said wrong = render(folder, "keycloak-values", "-f", "wrong.yaml");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("Keycloak does not heed KC_PROXY any more", "wrong.yaml:1:");
        assertThat(wrong.out()).isEmpty();
    }
}
