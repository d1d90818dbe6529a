package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.Realmform;
import dev.realmform.cli.Shell;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A working folder and the variables of a shell, in which command lines run in this process. */
final class Workbench {

    /** What a stack trace looks like, whatever was thrown. */
    private static final String STACK_FRAME = "(?m)^\\s+at [\\w.$/]+\\(";

    private final Path folder;
    private final Map<String, String> variables;

    private Workbench(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = new TreeMap<>(variables);
    }

    /** Logged in as the server's admin. */
    static Workbench at(KeycloakServer server, Path folder) {
        return new Workbench(folder, Map.of("KEYCLOAK_URL", server.url().toString(), "KEYCLOAK_USERNAME",
                server.adminUser(), "KEYCLOAK_PASSWORD", server.adminPassword()));
    }

    /** Where there is no Keycloak. */
    static Workbench without(Path folder) {
        return new Workbench(folder, Map.of());
    }

    Workbench with(String name, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(name, value);
        return new Workbench(folder, more);
    }

    Workbench without(String... names) {
        Map<String, String> fewer = new TreeMap<>(variables);
        List.of(names).forEach(fewer::remove);
        return new Workbench(folder, fewer);
    }

    /** Logged in as a client's service account in place of the admin. */
    Workbench asClient(String realm, String clientId, String secret) {
        return without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD").with("KEYCLOAK_REALM", realm)
                .with("KEYCLOAK_CLIENT_ID", clientId)
                .with("KEYCLOAK_CLIENT_SECRET", secret);
    }

    /** The server's address, as it is told to the command. */
    String url() {
        return variables.getOrDefault("KEYCLOAK_URL", "");
    }

    Map<String, String> variables() {
        return Map.copyOf(variables);
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Writes a file and answers its name. */
    String write(String name, String text) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return name;
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json(String name) {
        return AdminApi.json(read(name));
    }

    /** Runs a command line where nobody can be asked. */
    CommandLineRun run(String... arguments) {
        return run(Shell.Terminal.NONE, "", arguments);
    }

    /** Runs a command line in front of a person who types this. */
    CommandLineRun answering(String typed, String... arguments) {
        return run(Shell.Terminal.INTERACTIVE, typed, arguments);
    }

    CommandLineRun apply(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "apply";
        arguments[1] = "--auto-approve";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return run(arguments);
    }

    private CommandLineRun run(Shell.Terminal terminal, String typed, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new TreeMap<>(variables);
        environment.put("NO_COLOR", "1");
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), environment, folder, terminal,
                StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        CommandLineRun ended = new CommandLineRun(List.of(arguments), code, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
        assertThat(ended.all()).as(ended.toString()).doesNotContainPattern(STACK_FRAME);
        return ended;
    }
}
