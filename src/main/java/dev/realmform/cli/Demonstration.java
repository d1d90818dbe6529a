package dev.realmform.cli;

import dev.realmform.cli.demo.KeycloakDistribution;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.keycloak.admin.Admin;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.HttpAdmin;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.keycloak.admin.Surroundings;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What is shown on a real Keycloak that is started for it: commands, one after the other, and what comes of each. */
abstract class Demonstration extends RealmformCommand {

    @Option(names = "--keep", description = "Leave the server running, and print its address and login.")
    boolean keep;

    Demonstration(Shell shell) {
        super(shell);
    }

    /** The file that is shown, seen from the clone. */
    abstract String example();

    /** What the file takes from the environment, beside the login. */
    abstract Map<String, String> variables();

    /** The steps. */
    abstract void walk(Shell world, KeycloakServer server);

    @Override
    ExitCode run() {
        Path checkout = Path.of(System.getProperty("realmform.home", ".")).toAbsolutePath().normalize();
        if (!Files.isRegularFile(checkout.resolve(example()))) {
            throw Problem.refused("the demo needs a clone of realmform: there is no " + example(), checkout.toString(),
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
        say("What to read next: README.md, and " + example() + ".");
        return ExitCode.DONE;
    }

    static String state(KeycloakServer server) {
        return server.folder().resolve("demo.json").toString();
    }

    final void title(String text) {
        say("");
        say("==> " + text);
    }

    /** Runs a command; where it keeps state and plan is not shown. */
    final void step(Shell world, int expected, String shown, String... arguments) {
        say("    $ realmform " + shown);
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
        variables.putAll(variables());
        return new Shell(shell().out(), shell().err(), InputStream.nullInputStream(), variables, checkout,
                shell().terminal(), shell().charset(), shell().clock(), shell().random());
    }

    /** Does something behind its back. */
    final void directly(KeycloakServer server, Consumer<Admin> action) {
        Connection connection = Connection.of(server.url(), "master", new Login.Password("admin-cli", Optional.empty(),
                server.adminUser(), Secret.of(server.adminPassword(), "")));
        try (Admin admin = new HttpAdmin(connection, new Surroundings(shell().clock(), Surroundings.Sleeper::real,
                shell().random(), call -> {}, warning -> {}))) {
            action.accept(admin);
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
        say("                    ./realmform plan -f " + example() + " --state " + state(server));
        say("    stop it with:   kill " + server.pid().map(String::valueOf).orElse("PID") + "; rm -r "
                + server.folder());
    }

    private static RuntimeException interrupted() {
        return new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.empty()).asException();
    }

    final void say(String text) {
        shell().out().println(text);
        shell().out().flush();
    }
}
