package dev.realmform.cli;

import dev.realmform.cli.demo.KeycloakDistribution;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.HttpAdmin;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.keycloak.admin.Request;
import dev.realmform.keycloak.admin.Surroundings;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on a real Keycloak that is started for it: apply, plan again, find drift. */
@Command(name = "demo",
        description = "See it work: a real Keycloak on 127.0.0.1, an apply, a plan, a drift. Changes nothing else.",
        customSynopsis = "realmform demo [OPTIONS]")
final class DemoCommand extends RealmformCommand {

    private static final String KEYCLOAK = "keycloak-26.7.3";
    private static final String EXAMPLE = "examples/quickstart.yaml";

    @Option(names = "--keep", description = "Leave the server running, and print its address and login.")
    boolean keep;

    DemoCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try {
            return demo();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.of(e)).asException();
        }
    }

    private ExitCode demo() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("realmform.home", ".")).toAbsolutePath().normalize();
        KeycloakDistribution distribution = unpacked(home);
        KeycloakServer.Options options = KeycloakServer.Options.defaults();
        KeycloakServer server = KeycloakServer.start(distribution, keep ? options.outlivingUs() : options,
                this::progress);
        Path folder = Files.createTempDirectory("realmform-demo-");
        try {
            walk(home, server, folder);
        } finally {
            delete(folder);
            if (!keep) {
                progress("stopping the server");
                server.close();
            }
        }
        if (keep) {
            say("The server goes on: " + server.url() + "/admin (" + server.adminUser() + " / " + server.adminPassword()
                    + "), process " + server.pid().map(String::valueOf).orElse("?"));
            say("Its state was thrown away with the demo; a plan from here adopts the realm.");
        }
        return ExitCode.DONE;
    }

    private void walk(Path home, KeycloakServer server, Path folder) {
        Shell world = world(server, home);
        String file = home.resolve(EXAMPLE).toString();
        String state = folder.resolve("state.json").toString();
        step("1. Apply " + EXAMPLE + " to an empty server", world, 0, "apply", "-f", file, "--state", state,
                "--auto-approve");
        step("2. Plan again: nothing is left to do", world, 0, "plan", "-f", file, "--state", state,
                "--detailed-exitcode");
        say("");
        say("── 3. Somebody changes things in the admin console: a redirect to evil.example, and Grace is disabled");
        behindItsBack(server);
        step("4. Drift: what moved on the server since the apply", world, 2, "drift", "-f", file, "--state", state);
        step("5. Apply again puts it right", world, 0, "apply", "-f", file, "--state", state, "--auto-approve");
    }

    private void step(String title, Shell world, int expected, String... arguments) {
        say("");
        say("── " + title);
        say("   $ realmform " + arguments[0] + " -f " + EXAMPLE
                + (List.of(arguments).contains("--auto-approve") ? " --auto-approve" : ""));
        say("");
        int code = new Realmform(world).run(arguments);
        if (code != expected) {
            throw Problem
                    .failed("this step should have ended with " + expected + ", not " + code, "", "Please report it.")
                    .asException();
        }
    }

    /** The world of the steps: the login comes from variables, as it would in a pipeline. */
    private Shell world(KeycloakServer server, Path home) {
        Map<String, String> variables = new HashMap<>(shell().environment());
        variables.keySet().removeIf(name -> name.startsWith("KEYCLOAK_"));
        variables.put("KEYCLOAK_URL", server.url().toString());
        variables.put("KEYCLOAK_USERNAME", server.adminUser());
        variables.put("KEYCLOAK_PASSWORD", server.adminPassword());
        variables.putIfAbsent("ADA_PASSWORD", "change-me-at-first-login");
        return new Shell(shell().out(), shell().err(), InputStream.nullInputStream(), variables, home,
                shell().terminal(),
                shell().charset(), shell().clock(), shell().random());
    }

    private void behindItsBack(KeycloakServer server) {
        Connection connection = Connection.of(server.url(), "master", new Login.Password("admin-cli", Optional.empty(),
                server.adminUser(), Secret.of(server.adminPassword(), "")));
        try (Admin admin = new HttpAdmin(connection, new Surroundings(shell().clock(), Surroundings.Sleeper::real,
                shell().random(), call -> {}, warning -> {}))) {
            Value.MapOf client = admin.list(Request.get("quickstart", "clients").with("clientId", "shop-api"))
                    .getFirst();
            admin.send(Request.put("quickstart", "clients", client.text("id").orElseThrow())
                    .body(client.with("redirectUris", Value.texts(List.of("https://shop.example.com/callback",
                            "https://evil.example/callback")))));
            Value.MapOf grace = admin.list(Request.get("quickstart", "users").with("username", "grace")).getFirst();
            admin.send(Request.put("quickstart", "users", grace.text("id").orElseThrow())
                    .body(grace.with("enabled", Value.bool(false))));
        }
    }

    /** Maven fetches the server, by the address and through the proxy that it is set up with. */
    private KeycloakDistribution unpacked(Path home) throws IOException, InterruptedException {
        KeycloakDistribution distribution = new KeycloakDistribution(home.resolve("target/keycloak").resolve(KEYCLOAK),
                Path.of(System.getProperty("java.home")));
        if (!distribution.isUnpacked()) {
            progress("fetching " + KEYCLOAK + " from Maven Central (once, about 200 MB)");
            Process maven = new ProcessBuilder(home.resolve("mvnw").toString(), "-q", "-B", "-ntp",
                    "dependency:unpack@keycloak")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .start();
            maven.getOutputStream().close();
            String said = new String(maven.getInputStream().readAllBytes(), shell().charset());
            if (maven.waitFor() != 0) {
                throw Problem.failed("fetching " + KEYCLOAK + " failed\n" + said.strip(), "",
                        "It needs a way to Maven Central; settings.xml may name a mirror.").asException();
            }
        }
        return distribution;
    }

    private void progress(String text) {
        shell().err().println("   " + text + " ...");
    }

    private void say(String text) {
        shell().out().println(text);
        shell().out().flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

}
