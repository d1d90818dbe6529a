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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on a real Keycloak that is started for it: apply, plan again, find drift. */
@Command(name = "demo", customSynopsis = "realmform demo [OPTIONS]",
        description = "See it work: a real Keycloak on 127.0.0.1, an apply, a plan, a drift. Leaves nothing behind.")
final class DemoCommand extends RealmformCommand {

    private static final String EXAMPLE = "examples/quickstart.yaml";

    @Option(names = "--keep", description = "Leave the server running, and print its address and login.")
    boolean keep;

    DemoCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Path checkout = Path.of(System.getProperty("realmform.home", ".")).toAbsolutePath().normalize();
        if (!Files.isRegularFile(checkout.resolve(EXAMPLE))) {
            throw Problem.refused("the demo needs a clone of realmform: there is no " + EXAMPLE, checkout.toString(),
                    "Run ./realmform demo in a clone.").asException();
        }
        try (Interrupts _ = Interrupts.listen(Thread.currentThread()::interrupt);
                DemoProgress progress = new DemoProgress(shell())) {
            return demo(checkout, progress);
        } catch (IOException e) {
            throw Problem.failed("the demo cannot go on: " + e, "", "Is the disk full, or read-only? About 500 MB are"
                    + " needed in target/ and in the folder for temporary files. Then try again.")
                    .causedBy(e)
                    .asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private ExitCode demo(Path checkout, DemoProgress progress) throws IOException, InterruptedException {
        Instant begin = shell().clock().instant();
        KeycloakDistribution distribution = new DemoDistribution(checkout, progress::step).get();
        KeycloakServer.Options options = KeycloakServer.Options.defaults();
        try (KeycloakServer server = KeycloakServer.start(distribution, keep ? options.outlivingUs() : options,
                progress::step)) {
            progress.close();
            walk(world(server, checkout), server);
            if (keep) {
                server.letGo();
                tellHowToGoOn(server);
            } else {
                say("");
                progress.step("stopping the server");
            }
        }
        progress.close();
        say("");
        say("Done in " + Duration.between(begin, shell().clock().instant()).toSeconds() + " s."
                + (keep ? "" : " Nothing is left behind; with --keep the server would go on."));
        say("What to read next: README.md, and " + EXAMPLE + ".");
        return ExitCode.DONE;
    }

    private void walk(Shell world, KeycloakServer server) {
        String state = state(server);
        title("1. Apply a realm to an empty server");
        say("    (It takes a first password for Ada from ADA_PASSWORD; the demo sets that.)");
        step(world, 0, "apply", "-f", EXAMPLE, "--state", state, "--auto-approve");
        title("2. Plan again: nothing is left to do");
        step(world, 0, "plan", "-f", EXAMPLE, "--state", state, "--detailed-exitcode");
        title("3. Behind its back, somebody adds a redirect to evil.example, and disables Grace");
        behindItsBack(server);
        title("4. Drift: what moved on the server since the apply");
        step(world, 2, "drift", "-f", EXAMPLE, "--state", state);
        title("5. Apply again, which puts it right");
        step(world, 0, "apply", "-f", EXAMPLE, "--state", state, "--auto-approve");
    }

    private static String state(KeycloakServer server) {
        return server.folder().resolve("quickstart.json").toString();
    }

    private void title(String text) {
        say("");
        say("==> " + text);
    }

    private void step(Shell world, int expected, String... arguments) {
        say("    $ realmform " + arguments[0] + " -f " + EXAMPLE
                + (List.of(arguments).contains("--auto-approve") ? " --auto-approve" : ""));
        say("");
        int code = new Realmform(world).run(arguments);
        if (code == ExitCode.INTERRUPTED.number()) {
            throw interrupted();
        }
        if (code != expected) {
            throw Problem.failed("this step ended with " + code + ", and should have with " + expected, "",
                    "What went wrong stands above. If the example is as it was, please report it.").asException();
        }
    }

    /** The world of the steps: the login comes from variables, as it would in a pipeline. */
    private Shell world(KeycloakServer server, Path checkout) {
        Map<String, String> variables = new HashMap<>(shell().environment());
        variables.keySet().removeIf(name -> name.startsWith("KEYCLOAK_"));
        variables.put("KEYCLOAK_URL", server.url().toString());
        variables.put("KEYCLOAK_USERNAME", server.adminUser());
        variables.put("KEYCLOAK_PASSWORD", server.adminPassword());
        variables.put("ADA_PASSWORD", "change-me-at-first-login");
        return new Shell(shell().out(), shell().err(), InputStream.nullInputStream(), variables, checkout,
                shell().terminal(), shell().charset(), shell().clock(), shell().random());
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

    private void tellHowToGoOn(KeycloakServer server) {
        say("");
        say("==> The server goes on");
        say("    admin console:  " + server.url() + "/admin");
        say("    login:          " + server.adminUser() + " / " + server.adminPassword());
        say("    go on with:     export KEYCLOAK_URL=" + server.url());
        say("                    export KEYCLOAK_USERNAME=" + server.adminUser() + " KEYCLOAK_PASSWORD="
                + server.adminPassword());
        say("                    ./realmform plan -f " + EXAMPLE + " --state " + state(server));
        say("    stop it with:   kill " + server.pid().map(String::valueOf).orElse("PID") + "; rm -r "
                + server.folder());
    }

    private static RuntimeException interrupted() {
        return new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.empty()).asException();
    }

    private void say(String text) {
        shell().out().println(text);
        shell().out().flush();
    }
}
