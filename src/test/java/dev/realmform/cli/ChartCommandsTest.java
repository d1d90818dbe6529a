package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.testing.ApplyingMock;
import dev.realmform.testing.FakeHelm;
import dev.realmform.testing.RealHelm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Commands over files with a chart, with a program that stands for helm and the mock of a cluster. */
class ChartCommandsTest {

    private static final String CANARY = "canary7q3x9z5w";
    private static final String FILE = """
            realmform: {secrets: {admin: {env: ADMIN_PASSWORD}}}
            cluster:
              namespace: sso
              keycloak:
                helm:
                  chart: oci://registry.example.com/bitnamicharts/keycloak
                  version: 24.4.9
                  valuesFiles: [values.yaml]
                  values: {auth: {adminPassword: $(secret:admin)}}
            """;

    @TempDir
    Path folder;

    private final ApplyingMock mock = new ApplyingMock();
    private final Map<String, String> environment = new HashMap<>();
    private FakeHelm helm;

    @BeforeEach
    void given() throws IOException {
        // As a chart does, it writes the password of its values into a Secret.
        helm = new FakeHelm(Files.createDirectory(folder.resolve("bin"))).renders(FakeHelm.OBJECTS)
                .does("password=$(sed 's/.*adminPassword\\\":\\\"\\([^\\\"]*\\).*/\\1/' input | tr -d '\\n' | base64)\n"
                        + "sed \"s/%s/$password/\" out");
        environment.putAll(helm.environment());
        environment.put("NO_COLOR", "1");
        environment.put("ADMIN_PASSWORD", CANARY);
        environment.put("KUBECONFIG", mock.kubeconfig(folder).toString());
        write("values.yaml", """
                hostname: sso.example.com
                image: {repository: bitnamilegacy/keycloak}
                global: {security: {allowInsecureImages: true}}
                postgresql: {enabled: false}
                externalDatabase: {host: pg}
                """);
        write("sso.yaml", FILE);
    }

    @AfterEach
    void stopped() {
        mock.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private record Said(int code, String out, String err) {}

    private Said run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                environment, folder, Shell.Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(),
                new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        Said said = new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(said.toString()).doesNotContain(CANARY, "Y2FuYXJ5");
        return said;
    }

    private Said good(String... arguments) {
        Said said = run(arguments);
        assertThat(said.code()).as(said.toString()).isZero();
        return said;
    }

    private void withoutHelm() {
        environment.put("PATH", "/nowhere");
    }

    @Test
    void validateRunsNothingAndWarnsOfTheTraps() {
        Said said = good("validate", "-f", "sso.yaml", "--untrusted");

        assertThat(said.out()).contains("Valid: 1 resource in 1 file.",
                "what the chart declares is not looked at here; a plan renders it");
        assertThat(said.err())
                .contains("value hostname of the chart (values.yaml:1) is sso.example.com, and should be");
        assertThat(helm.arguments()).isEmpty();
    }

    @Test
    void whatIsPlannedIsAppliedAndThenThePlanIsEmpty() throws IOException {
        Said plan = run("plan", "-f", "sso.yaml", "--detailed-exitcode");
        assertThat(plan.code()).as(plan.toString()).isEqualTo(2);
        assertThat(plan.out()).contains("+ Service/sso/keycloak", "+ StatefulSet/sso/keycloak", "+ Secret/sso/keycloak",
                "sso.yaml:5", "Plan: 4 to add", "value hostname of the chart");

        good("apply", "-f", "sso.yaml", "--auto-approve", "--rollout-timeout", "0", "--state", "state.json");
        Said again = good("plan", "-f", "sso.yaml", "--detailed-exitcode", "--state", "state.json");
        assertThat(again.out()).contains("No changes");
        assertThat(Files.readString(folder.resolve("state.json"))).doesNotContain(CANARY);
        assertThat(helm.arguments().toString()).doesNotContain("canary");
        assertThat(helm.seen()).doesNotContain("canary-login");

        withoutHelm();
        good("destroy", "-f", "sso.yaml", "--auto-approve", "--state", "state.json");
        assertThat(good("state", "list", "-f", "sso.yaml", "--state", "state.json").out()).doesNotContain("keycloak");
    }

    /** The same with a real helm and a chart in a folder, and what such a chart may do wrong. */
    @Test
    @EnabledIf(value = "dev.realmform.testing.RealHelm#isThere", disabledReason = RealHelm.HOW)
    void aRealHelmRendersWhatIsApplied() throws IOException {
        Files.createSymbolicLink(folder.resolve("chart"),
                Path.of("src/test/resources/charts/keycloak").toAbsolutePath());
        String file = FILE.replaceFirst("chart: .*\n.*version: .*\n.*valuesFiles: .*\n",
                "chart: chart\n      program: " + RealHelm.find().orElseThrow() + "\n");
        write("real.yaml", file);
        good("apply", "-f", "real.yaml", "--auto-approve", "--rollout-timeout", "0", "--state", "state.json");
        Said again = good("plan", "-f", "real.yaml", "--detailed-exitcode", "--state", "state.json");
        assertThat(again.out()).contains("No changes", "Pod/keycloak-test of the chart is left aside");

        for (String wrong : List.of("hook", "random", "leak")) {
            write("wrong.yaml", file.replace("values: {", "values: {" + wrong + ": true, "));
            Said said = run("plan", "-f", "wrong.yaml", "--state", "state.json");
            assertThat(said.code()).as(wrong).isEqualTo(1);
            assertThat(said.err()).contains(switch (wrong) {
                case "hook" -> "Job/keycloak-migrate of the chart is a hook (post-install,post-upgrade)";
                case "random" -> "each rendering of the chart makes another Secret/keycloak: data.made";
                default -> "the chart writes the secret $(secret:admin) into ConfigMap/keycloak, data.conf";
            }, "wrong.yaml:5");
        }
    }

    @Test
    void aSavedPlanFindsTheSecretAgainAndNeedsNoHelm() throws IOException {
        good("plan", "-f", "sso.yaml", "--out", "sso.plan", "--state", "state.json");
        assertThat(Files.readString(folder.resolve("sso.plan"))).doesNotContain(CANARY);

        withoutHelm();
        good("apply", "sso.plan", "--auto-approve", "--rollout-timeout", "0", "--state", "state.json");
    }

    @Test
    void withUntrustedFilesNoProgramIsRun() {
        Said said = run("plan", "-f", "sso.yaml", "--untrusted");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("a chart is rendered by a program, and with --untrusted files have none run",
                "sso.yaml:5", "cluster.objects");
        assertThat(run("render", "drift-rbac", "-f", "sso.yaml", "--untrusted").err()).contains("with --untrusted");
        assertThat(helm.arguments()).isEmpty();
    }

    @Test
    void withoutHelmAPlanSaysWhatToDo() {
        withoutHelm();
        Said said = run("plan", "-f", "sso.yaml");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("there is no helm on this machine", "sso.yaml:5", "Install Helm 3.8 or newer");
    }

    @Test
    void theAccountForDriftMaySeeWhatTheChartDeclares() throws IOException {
        assertThat(good("render", "drift-rbac", "-f", "sso.yaml").out()).contains("resources: [statefulsets]");
        write("left.yaml", FILE.replace("helm:", "createNamespace: false\n    helm:\n      release: true"));
        assertThat(good("render", "drift-rbac", "-f", "left.yaml").out()).contains("resources: [statefulsets]");
    }

    @Test
    void theValuesOfASectionWithAChartAreItsOwn() {
        Said said = run("render", "keycloak-values", "-f", "sso.yaml");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("cluster.keycloak.helm has values of its own", "sso.yaml:5");
        assertThat(helm.arguments()).isEmpty();
    }

    @Test
    void aReleaseThatIsLeftToHelmIsLookedAtAndTheLineIsPrinted() throws IOException {
        write("left.yaml", FILE.replace("helm:", "createNamespace: false\n    helm:\n      release: true"));
        Said said = good("plan", "-f", "left.yaml", "--detailed-exitcode");

        assertThat(said.out().replaceAll("\\s+", " ")).contains(
                "release keycloak in sso is left to Helm, and 3 of its 3 objects are not as its values say",
                "Service/sso/keycloak is not there",
                "helm upgrade --install keycloak oci://registry.example.com/bitnamicharts/keycloak --namespace sso"
                        + " --version 24.4.9 --values values.yaml --values -");
        good("apply", "-f", "left.yaml", "--auto-approve");
        assertThat(mock.requests()).filteredOn(request -> !request.startsWith("GET")).isEqualTo(List.of());
    }
}
