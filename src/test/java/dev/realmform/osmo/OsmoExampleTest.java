package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.Realmform;
import dev.realmform.cli.Shell;
import dev.realmform.config.DesiredState;
import dev.realmform.model.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example's expansion is what the program prints; {@code -Dgolden.update} writes it anew. */
class OsmoExampleTest {

    private static final Path BLUEPRINT = Path.of("examples", "osmo", "osmo.yaml");
    private static final Path EXPANSION = Path.of("examples", "osmo", "expansion.yaml");

    private static final String HEAD = """
            # yaml-language-server: $schema=../../schema/desired-state.schema.json
            #
            # What osmo.yaml stands for. Made by a test; by hand: realmform render desired -f examples/osmo/osmo.yaml
            """;

    @TempDir
    Path folder;

    private static String run(int expected, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(), Map.of(),
                Path.of(""), Shell.Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
        return expected == 0 ? out.toString(StandardCharsets.UTF_8) : err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theExpansionOfTheExampleIsWhatTheProgramPrints() throws IOException {
        String printed = HEAD + run(0, "render", "desired", "-f", BLUEPRINT.toString());
        if (System.getProperty("golden.update") != null) {
            Files.writeString(EXPANSION, printed);
        }

        assertThat(printed).isEqualTo(Files.readString(EXPANSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2", "6.4"})
    void theValueFilesOfTheExampleAreWhatTheProgramWrites(String layout) throws IOException {
        Path values = BLUEPRINT.resolveSibling("values").resolve(layout);
        run(0, "render", "osmo-values", "-f", BLUEPRINT.toString(), "--layout", layout, "--out", folder.toString());
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(values);
            for (Path file : files(folder)) {
                Files.writeString(values.resolve(file.getFileName().toString()), Files.readString(file));
            }
        }

        List<Path> written = files(folder);
        assertThat(names(written)).isEqualTo(names(files(values)));
        for (Path file : written) {
            assertThat(file).hasSameTextualContentAs(values.resolve(file.getFileName().toString()));
        }
        String[] check = Stream
                .concat(Stream.of("render", "osmo-values", "-f", BLUEPRINT.toString(), "--layout", layout,
                        "--check"), files(values).stream().map(Path::toString))
                .toArray(String[]::new);
        assertThat(run(0, check)).endsWith("No findings.\n").doesNotContain("Not checked");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void theRolesOfTheExampleAreWhatTheProgramPrints() throws IOException {
        Path roles = BLUEPRINT.resolveSibling("roles.json");
        String printed = run(0, "render", "osmo-roles", "-f", BLUEPRINT.toString());
        if (System.getProperty("golden.update") != null) {
            Files.writeString(roles, printed);
        }

        assertThat(printed).isEqualTo(Files.readString(roles));
    }

    @Test
    void theExpansionDeclaresWhatTheBlueprintStandsFor() {
        DesiredState blueprint = Drawn.load(Path.of(""), List.of(BLUEPRINT.toString()), false);
        DesiredState expansion = Drawn.load(Path.of(""), List.of(EXPANSION.toString()), false);

        assertThat(values(expansion)).isEqualTo(values(blueprint)).hasSizeGreaterThan(30);
        assertThat(expansion.realms()).isEqualTo(blueprint.realms());
    }

    private static Map<String, Object> values(DesiredState state) {
        Map<String, Object> values = new TreeMap<>();
        for (Resource resource : state.resources().values()) {
            values.put(resource.address().toString(), List.of(resource.value(), resource.directives()));
        }
        return values;
    }

    @Test
    void layersComeToOneFileTooAndReferencesStay() throws IOException {
        Path base = Files.writeString(folder.resolve("base.yaml"), """
                realmform: {vars: {name: Ada}, secrets: {s: {env: S}}}
                realm: r
                groups: {/A/B: {attributes: {x: ["1"]}}, /C~/D: {}}
                clients: [{clientId: web, secret: $(secret:s), redirectUris: [https://a.test/x]}]
                """);
        Path more = Files.writeString(folder.resolve("more.yaml"), """
                displayName: $(var:name) and $$(x)
                clients: {web: {redirectUris: {$add: [https://b.test/y]}}}
                """);

        assertThat(run(0, "render", "desired", "-f", base.toString(), "-f", more.toString())).isEqualTo("""
                realmform:
                  secrets:
                    s:
                      env: S
                  vars:
                    name: Ada
                realm: r
                displayName: $(var:name) and $$(x)

                clients:
                  web:
                    redirectUris: [https://a.test/x, https://b.test/y]
                    secret: $(secret:s)

                groups:
                  /A/B:
                    attributes:
                      x: ["1"]
                  /C~/D: {}
                """);
    }

    @Test
    void aSecretThatStandsInAFileInClearIsNotPrinted() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "realm: r\nclients: {web: {secret: canary}}\n");

        assertThat(run(1, "render", "desired", "-f", file.toString())).doesNotContain("canary")
                .contains("a secret stands here in clear, and a copy would show it", "r.yaml:2:25");
    }
}
