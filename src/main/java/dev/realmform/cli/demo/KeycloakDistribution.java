package dev.realmform.cli.demo;

import dev.realmform.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An unpacked Keycloak distribution, and what is prepared in it once so that a server then starts in seconds: the build
 * for its database, a database that already holds the master realm and its admin, an AOT cache.
 *
 * <p>Several JVMs may prepare and use the same one.
 *
 * @param home the folder {@code keycloak-VERSION} that Maven unpacked
 * @param jdk  the JDK that runs the server
 */
public record KeycloakDistribution(Path home, Path jdk) {

    static final String ADMIN = "admin";

    private static final Pattern VERSION = Pattern.compile("keycloak-(\\d+)\\.(\\d+)");

    /** Preparing is done again when this changes: raise it with the recipe. */
    private static final String RECIPE = "2";
    private static final Duration BUILD_TIME = Duration.ofMinutes(5);
    private static final Duration ASSEMBLY_TIME = Duration.ofMinutes(3);

    public KeycloakDistribution {
        home = home.toAbsolutePath().normalize();
    }

    /** Whether Maven has unpacked it. */
    public boolean isUnpacked() {
        return Files.isRegularFile(quarkusRunner());
    }

    /** {@code keycloak-26.7.3}. */
    public String name() {
        return String.valueOf(home.getFileName());
    }

    /** Whether it is of this version or a newer one; one that does not say is. */
    boolean isAtLeast(int major, int minor) {
        Matcher version = VERSION.matcher(name());
        return !version.find() || Integer.parseInt(version.group(1)) > major
                || (Integer.parseInt(version.group(1)) == major && Integer.parseInt(version.group(2)) >= minor);
    }

    /**
     * Makes it ready to start servers; at once if that was done before. Takes about a minute on two cores.
     *
     * @param progress is told what takes long, a line each
     */
    public void prepare(Consumer<String> progress) throws IOException, InterruptedException {
        if (!isUnpacked()) {
            throw Problem.failed("there is no Keycloak server", home.toString(),
                    "Run ./mvnw dependency:unpack@keycloak; if that changes nothing, remove " + home.getParent()
                            + " first.")
                    .asException();
        }
        Files.createDirectories(prepared());
        // The lock of a file holds between processes; inside of one, a second thread that asks for it is an error.
        synchronized (KeycloakDistribution.class) {
            try (FileChannel channel = FileChannel.open(prepared().resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); FileLock _ = channel.lock()) {
                if (!isPrepared()) {
                    build(progress);
                    makeTemplate(progress);
                    Files.writeString(mark(), fingerprint());
                }
            }
        }
    }

    private boolean isPrepared() throws IOException {
        return Files.exists(mark()) && Files.readString(mark()).equals(fingerprint()) && isBuilt()
                && Files.exists(templateDatabase());
    }

    /** As unpacked, all files are as old as the release; the build writes this one anew. Unpacked again, it is old again. */
    private boolean isBuilt() throws IOException {
        FileTime built = Files.getLastModifiedTime(home.resolve("lib/quarkus/quarkus-application.dat"));
        FileTime released = Files.getLastModifiedTime(quarkusRunner());
        return Duration.between(released.toInstant(), built.toInstant()).compareTo(Duration.ofMinutes(1)) > 0;
    }

    private void build(Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept(name() + ": building it for its database (once)");
        Path work = emptyWorkFolder();
        List<String> arguments = new ArrayList<>(List.of("build", "--db=dev-file", "--health-enabled=false",
                "--metrics-enabled=false"));
        if (isAtLeast(26, 5)) {
            // Those before know the cache when they start, and not when they are built.
            arguments.add("--cache=local");
        }
        ServerProcess build = ServerProcess.start(command(List.of("-Xmx1g"), arguments), Map.of(), work, false);
        boolean built = build.await(BUILD_TIME).filter(code -> code == 0).isPresent();
        if (!built) {
            build.terminate(Duration.ofSeconds(10));
            throw Problem.failed("the build of " + name() + " failed\n" + build.lastLines(20), home.toString(),
                    "Remove " + home.getParent() + " and try again.").asException();
        }
        deleteFolder(work);
    }

    /**
     * The first start creates the tables and the master realm; it is also what the AOT cache learns from. Both compilers: what
     * is learnt with the quick one alone keeps the other one from its work ever after, and a new realm with its two RSA pairs
     * takes 2.5 s in place of 0.4 s (JDK 25, warm, means of 20).
     */
    private void makeTemplate(Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept(name() + ": making its database (once)");
        Files.deleteIfExists(aotCache());
        Path work = emptyWorkFolder();
        int port = KeycloakServer.freePort();
        ServerProcess server = ServerProcess.start(
                command(List.of("-Xmx1g", "-XX:AOTCacheOutput=" + aotCache()), startArguments(port)),
                Map.of("KC_DB_URL", databaseUrl(work), "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN),
                work, false);
        try {
            KeycloakServer.awaitReady(server, port);
            progress.accept(name() + ": keeping what it loaded, for faster starts (once)");
        } finally {
            server.terminate(ASSEMBLY_TIME);
        }
        Files.deleteIfExists(templateDatabase());
        Files.move(databaseFile(work), templateDatabase());
        deleteFolder(work);
    }

    /** Gives a server a database of its own: tables, master realm and admin are in it. */
    void copyTemplate(Path folder) throws IOException {
        Files.createDirectories(databaseFile(folder).getParent());
        Files.copy(templateDatabase(), databaseFile(folder));
    }

    /** The command line of the server. It is started directly, not by kc.sh: that one costs a shell and a second JVM. */
    List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(jdk.resolve("bin/java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(jvmOptions);
        for (String opened : List.of("java.util", "java.util.concurrent", "java.security", "java.lang")) {
            line.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        // The library that 26.1 makes classes with does not know JDK 25 by name.
        line.add("-Dnet.bytebuddy.experimental=true");
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Duser.language=en", "-Duser.country=US",
                "-Dfile.encoding=UTF-8", "-Dkc.home.dir=" + home, "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-cp", quarkusRunner().toString(), "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        line.addAll(arguments);
        return line;
    }

    /** The cache setting is repeated: what the build was told does not last, and the server would look for a cluster. */
    static List<String> startArguments(int port) {
        return List.of("start", "--optimized", "--cache=local", "--http-enabled=true", "--hostname-strict=false",
                "--http-host=127.0.0.1", "--http-port=" + port);
    }

    /** Without a write delay, so that what the server has answered survives its being killed. */
    static String databaseUrl(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("h2/keycloakdb")
                + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
    }

    private static Path databaseFile(Path folder) {
        return folder.resolve("h2/keycloakdb.mv.db");
    }

    Path aotCache() {
        return prepared().resolve("server.aot");
    }

    private Path templateDatabase() {
        return prepared().resolve("keycloakdb.mv.db");
    }

    private Path prepared() {
        return home.resolve("realmform");
    }

    private Path mark() {
        return prepared().resolve("prepared");
    }

    private Path quarkusRunner() {
        return home.resolve("lib/quarkus-run.jar");
    }

    /** An AOT cache fits one JDK. */
    private String fingerprint() throws IOException {
        return RECIPE + "\n" + jdk + "\n" + Files.readString(jdk.resolve("release"));
    }

    private Path emptyWorkFolder() throws IOException {
        Path work = prepared().resolve("work");
        deleteFolder(work);
        return Files.createDirectories(work);
    }

    /** Deletes a folder and all in it; one that is not there is deleted already. */
    static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot delete " + folder, e.getCause());
        }
    }
}
