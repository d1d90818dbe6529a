package dev.realmform.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.realmform.cli.demo.KeycloakDistribution;
import dev.realmform.cli.demo.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The command behind {@code bin/bench}. Run from the top of the checkout. */
public final class Benchmark {

    private static final Path PAGE = Path.of("docs/performance.md");
    private static final int VERSION_RUNS = 7;
    /** Long enough that no token expires in a run: then a replay sends as many logins as were recorded. */
    private static final int HOURS = 36_000;
    /** What the server's compiler has to see before it is warm; none of the realms that are measured. */
    private static final Shape WARM_UP = new Shape(60, 5, 120, 12, 9, 800);

    private final Options options;
    private final Path folder;

    private Benchmark(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.USAGE);
            System.exit(64);
            return;
        }
        Path folder = Files.createTempDirectory("realmform-bench-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete-bench"));
        new Benchmark(options, folder).run();
    }

    private void run() throws IOException, InterruptedException {
        KeycloakDistribution distribution = new KeycloakDistribution(options.keycloak(),
                Path.of(System.getProperty("java.home")));
        KeycloakServer.Options warm = KeycloakServer.Options.defaults().withHeap(2048);
        try (KeycloakServer server = KeycloakServer.start(distribution, warm, Benchmark::say);
                Session admin = session(server)) {
            Launcher launcher = new Launcher(Path.of("realmform"), server.adminUser(), server.adminPassword());
            Course.Ground ground = new Course.Ground(server.url(), admin, launcher, folder, Benchmark::say);
            Duration version = version(launcher);
            warmUp(admin);
            List<Result> results = new ArrayList<>();
            try {
                measure(ground, results);
            } finally {
                // Whatever goes wrong with one realm: those before it took their time, and are shown.
                System.out.print(report(distribution, version, results).text());
            }
            if (options.write()) {
                Files.writeString(PAGE, new Page(Files.readString(PAGE)).with(
                        report(distribution, version, results).text()).text());
                say("written: " + PAGE);
            }
        }
    }

    private Report report(KeycloakDistribution distribution, Duration version, List<Result> results) {
        return new Report(Machine.description(distribution.name()), options.rounds(), version, results);
    }

    private static Session session(KeycloakServer server) throws IOException {
        try (Session first = Session.open(server.url(), server.adminUser(), server.adminPassword())) {
            first.put("/master", JsonNodeFactory.instance.objectNode()
                    .put("accessTokenLifespan", HOURS)
                    .put("ssoSessionIdleTimeout", HOURS)
                    .put("ssoSessionMaxLifespan", HOURS));
        }
        return Session.open(server.url(), server.adminUser(), server.adminPassword());
    }

    private Duration version(Launcher launcher) throws IOException, InterruptedException {
        say("version");
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i <= VERSION_RUNS; i++) {
            times.add(launcher.run(folder, List.of("version")).wall());
        }
        return times.stream().skip(1).sorted().toList().get(VERSION_RUNS / 2);
    }

    private static void warmUp(Session admin) throws IOException, InterruptedException {
        say("warming the server up");
        for (int i = 0; i < 3; i++) {
            SinglePosts.time(SampleRealm.of("bench-warm-up", WARM_UP), admin, 4);
            admin.deleteIfThere("/bench-warm-up");
        }
    }

    /** What was hopeless on a realm is not tried on the next one, which is bigger. */
    private void measure(Course.Ground ground, List<Result> results) throws IOException, InterruptedException {
        List<Integer> floors = Trials.CONNECTIONS;
        List<Integer> singlePosts = Trials.CONNECTIONS;
        for (RealmKind kind : options.kinds()) {
            List<Result> ofKind = new Course(kind, ground, options.rounds()).run(floors, singlePosts);
            Result applied = ofKind.getFirst();
            floors = applied.floor().worthwhile();
            singlePosts = applied.singlePosts().map(Trials::worthwhile).orElse(singlePosts);
            results.addAll(ofKind);
        }
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            say("cannot delete " + folder + ": " + e.getMessage());
        }
    }
}
