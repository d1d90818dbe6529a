package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.testing.OsmoStub;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of the section osmo for OSMO itself, by the commands that write it. No Keycloak is at hand. */
class RenderOsmoTest {

    private static final String TOKEN = "canary-token";

    private static final String OSMO = """
            osmo:
              domain: osmo.example.com
              layout: "6.2"
              teams:
                a: {pools: [x]}
                b: {pools: [y]}
            """;

    @TempDir
    Path folder;

    private OsmoStub osmo;

    private record Said(int code, String out, String err) {

        String all() {
            return out + err.replaceAll("\\s+", " ");
        }
    }

    @BeforeEach
    void place() throws IOException {
        osmo = OsmoStub.open(TOKEN);
        write("osmo.yaml", OSMO);
    }

    @AfterEach
    void gone() {
        osmo.close();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Said run(Map<String, String> environment, Shell.Terminal terminal, String typed, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), environment, folder, terminal,
                StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
        int code = new Realmform(shell)
                .run(Stream.concat(Stream.of("render"), Stream.of(arguments)).toArray(String[]::new));
        Said said = new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(said.all()).doesNotContain("canary-");
        return said;
    }

    private Said run(String... arguments) {
        return run(Map.of("OSMO_TOKEN", TOKEN, "NO_COLOR", "1"), Shell.Terminal.NONE, "", arguments);
    }

    private Said roles(String... more) {
        return run(Stream.concat(Stream.of("osmo-roles", "-f", "osmo.yaml", "--osmo-url", osmo.url()), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void rolesAreShownWrittenAndThenInStep() {
        Said written = roles("--auto-approve");

        assertThat(written.code()).as(written.all()).isZero();
        assertThat(written.out()).contains("+ role osmo-a", "+ role osmo-b", "\"pool/x\"", "Written: 2 roles");
        assertThat(osmo.role("osmo-a", "sync_mode").asText()).isEqualTo("force");
        assertThat(osmo.calls()).containsExactly("GET /api/configs/role", "PUT /api/configs/role/osmo-a",
                "PUT /api/configs/role/osmo-b", "GET /api/configs/role");
        Said again = roles();
        assertThat(again.code()).isZero();
        assertThat(again.out()).isEqualTo("No changes.\n");
    }

    @Test
    void onlyWhatDiffersIsWritten() throws IOException {
        roles("--auto-approve");
        write("osmo.yaml", OSMO.replace("[y]", "[y, z]"));

        Said said = roles("--auto-approve");

        assertThat(said.out()).contains("~ role osmo-b", "+         \"pool/z\"").doesNotContain("osmo-a");
        assertThat(osmo.calls()).filteredOn(call -> call.startsWith("PUT"))
                .hasSize(3)
                .last()
                .asString()
                .endsWith("osmo-b");
    }

    @Test
    void nothingIsWrittenWithoutAYes() {
        assertThat(roles()).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("nobody can be asked", "--auto-approve");
        });
        Map<String, String> environment = Map.of("OSMO_TOKEN", TOKEN, "NO_COLOR", "1");
        String[] line = {"osmo-roles", "-f", "osmo.yaml", "--osmo-url", osmo.url()};
        assertThat(run(environment, Shell.Terminal.INTERACTIVE, "no\n", line).code()).isEqualTo(1);
        assertThat(osmo.calls()).noneMatch(call -> call.startsWith("PUT"));
        assertThat(run(environment, Shell.Terminal.INTERACTIVE, "yes\n", line).code()).isZero();
        assertThat(osmo.calls()).anyMatch(call -> call.startsWith("PUT"));
    }

    @Test
    void anImmutableRoleIsLeftAndSaid() {
        osmo.role("{\"name\": \"osmo-a\", \"immutable\": true, \"policies\": []}");

        Said said = roles("--auto-approve");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("! role osmo-a is immutable", "Written: 1 role.");
        assertThat(osmo.calls()).doesNotContain("PUT /api/configs/role/osmo-a");
    }

    @Test
    void refusalsSayWhatToDo() throws IOException {
        assertThat(run(Map.of("OSMO_TOKEN", "canary-other"), Shell.Terminal.NONE, "", "osmo-roles", "-f", "osmo.yaml",
                "--osmo-url", osmo.url())).satisfies(said -> {
                    assertThat(said.code()).isEqualTo(3);
                    assertThat(said.all()).contains("Jwt is missing (status 401)", "id token");
                });
        assertThat(
                run(Map.of(), Shell.Terminal.NONE, "", "osmo-roles", "-f", "osmo.yaml", "--osmo-url", osmo.url()).err())
                .contains("no token for OSMO is given", "OSMO_TOKEN");
        assertThat(roles("--osmo-token-file", "none").err()).contains("no token for OSMO");
        write("token", TOKEN + "\n");
        osmo.fromConfigMap();
        assertThat(run(Map.of(), Shell.Terminal.NONE, "", "osmo-roles", "-f", "osmo.yaml", "--osmo-url", osmo.url(),
                "--osmo-token-file", "token", "--auto-approve")).satisfies(said -> {
                    assertThat(said.code()).isEqualTo(1);
                    assertThat(said.all()).contains("managed by ConfigMap (status 409)", "--as-values");
                });
    }

    @Test
    void whatOsmoDoesNotKeepIsAFailure() {
        osmo.forgetful();

        Said said = roles("--auto-approve");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.all()).contains("has it otherwise now: osmo-a, osmo-b");
    }

    @Test
    void anAddressThatIsNoneIsNotRepeated() {
        assertThat(run("osmo-roles", "-f", "osmo.yaml", "--osmo-url", "https://ada:canary-pw@osmo.test").err())
                .contains("--osmo-url is no web address");
    }

    @Test
    void rolesGoIntoAFolderOrToTheChart() throws IOException {
        Said said = run("osmo-roles", "-f", "osmo.yaml", "--out", "made");

        assertThat(said.code()).isZero();
        assertThat(said.err()).contains("osmo config update ROLE --file made/roles.json");
        assertThat(Files.readString(folder.resolve("made/roles.json"))).startsWith("[\n  {\n    \"description\"");
        assertThat(run("osmo-roles", "-f", "osmo.yaml", "--as-values").code()).isEqualTo(64);
        assertThat(run("osmo-roles", "-f", "osmo.yaml", "--as-values", "--layout", "6.3").out())
                .contains("services:\n  configs:\n    roles:\n      osmo-a:\n")
                .doesNotContain("sync_mode");
    }

    @Test
    void valuesAreDocumentsOfOneStreamWhichCanBeChecked() throws IOException {
        Said said = run("osmo-values", "-f", "osmo.yaml");

        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("# service.yaml\n# Made by realmform")
                .contains("\n---\n# router.yaml\n",
                        "\n---\n# web-ui.yaml\n", "# OAuth2 Proxy turns people away");
        write("all.yaml", said.out());
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--check", "all.yaml").out()).endsWith("No findings.\n")
                .doesNotContain("Not checked");
    }

    @Test
    void valuesOfOthersAreNeverOverwritten() throws IOException {
        Files.createDirectory(folder.resolve("made"));
        write("made/router.yaml", "services: {}\n");

        Said refused = run("osmo-values", "-f", "osmo.yaml", "--out", "made");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("not one of ours", "made/router.yaml");
        assertThat(folder.resolve("made/service.yaml")).doesNotExist();
        Files.delete(folder.resolve("made/router.yaml"));
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--out", "made").code()).isZero();
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--out", "made").code()).isZero();
        assertThat(folder.resolve("made")).isDirectoryContaining("glob:**/web-ui.yaml");
    }

    @Test
    void aCheckEndsWith2AndTellsEachDifference() throws IOException {
        run("osmo-values", "-f", "osmo.yaml", "--out", "made");
        Path service = folder.resolve("made/service.yaml");
        Files.writeString(service, Files.readString(service).replace("/auth/device", "/device"));

        Said said = run("osmo-values", "-f", "osmo.yaml", "--check", "made/service.yaml", "router=made/router.yaml");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).contains("osmo/service: made/service.yaml\n",
                "  services.service.auth.device_endpoint  ",
                "made/service.yaml:",
                "    found       https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/device\n",
                "    should be   https://auth-osmo.example.com/realms/osmo/protocol/openid-connect/auth/device\n",
                "405",
                "osmo/router: made/router.yaml: as it has to be\n", "Not checked, as no file was given: web-ui\n",
                "1 finding.\n");
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--check", "none.yaml").code()).isEqualTo(1);
        write("empty.yaml", "# nothing\n");
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--check", "empty.yaml").err()).contains("holds no values");
    }

    @Test
    void theLayoutIsThatOfTheOptionTheFileOrTheGuide() throws IOException {
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--layout", "6.3").out()).contains("gateway:")
                .doesNotContain("sidecars:");
        write("osmo.yaml", OSMO.replace("6.2", "6.4"));
        assertThat(run("osmo-values", "-f", "osmo.yaml")).satisfies(said -> {
            assertThat(said.out()).contains("OSMO 6.4");
            assertThat(said.err()).isEmpty();
        });
        write("osmo.yaml", "osmo: {domain: osmo.example.com}\n");
        assertThat(run("osmo-values", "-f", "osmo.yaml")).satisfies(said -> {
            assertThat(said.out()).contains("OSMO 6.2");
            assertThat(said.err()).contains("Layout 6.2");
        });
        assertThat(run("osmo-values", "-f", "osmo.yaml", "--layout", "7").code()).isEqualTo(64);
    }

    @Test
    void filesWithoutTheSectionAreRefused() throws IOException {
        write("r.yaml", "realm: r\nenabled: true\n");

        for (List<String> line : List.of(List.of("osmo-values"), List.of("osmo-roles"),
                List.of("manifests", "--out", "m"))) {
            Said said = run(Stream.concat(line.stream(), Stream.of("-f", "r.yaml")).toArray(String[]::new));
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("no section osmo");
        }
    }

    @Test
    void manifestsAreSecretsAndNeverGoToATerminal() throws IOException {
        assertThat(run("manifests", "-f", "osmo.yaml")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(64);
            assertThat(said.err()).contains("--out FILE", "--out -");
        });
        assertThat(run(Map.of(), Shell.Terminal.INTERACTIVE, "", "manifests", "-f", "osmo.yaml", "--out", "-").err())
                .contains("this is a terminal");
        write("m.yaml", "kind: Deployment\n");
        assertThat(run("manifests", "-f", "osmo.yaml", "--out", "m.yaml").err()).contains("holds something else");
    }
}
