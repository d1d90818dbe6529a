package dev.realmform.cli.demo;

import dev.realmform.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A running Keycloak server on 127.0.0.1 with data of its own: the master realm, its admin, nothing else.
 *
 * <p>Ends, and leaves nothing behind, on {@link #close()} or when this JVM ends, unless it was let go before.
 */
public final class KeycloakServer implements AutoCloseable {

    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    /**
     * How a server is run.
     *
     * @param heapMegabytes its largest heap; large realms need 2048
     * @param accessLog     whether each request is a line in its log
     * @param outlivesUs    whether it can go on when this JVM ends, once it is let go
     */
    public record Options(int heapMegabytes, boolean accessLog, boolean outlivesUs) {

        public static Options defaults() {
            return new Options(1024, false, false);
        }

        public Options withHeap(int megabytes) {
            return new Options(megabytes, accessLog, outlivesUs);
        }

        public Options withAccessLog() {
            return new Options(heapMegabytes, true, outlivesUs);
        }

        public Options outlivingUs() {
            return new Options(heapMegabytes, accessLog, true);
        }
    }

    private final KeycloakDistribution distribution;
    private final Options options;
    private final Path folder;
    private final int port;
    private final Thread hook = new Thread(this::closeAtExit, "stop-keycloak");
    private Optional<ServerProcess> process = Optional.empty();
    private boolean isLetGo;

    private KeycloakServer(KeycloakDistribution distribution, Options options, Path folder, int port) {
        this.distribution = distribution;
        this.options = options;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Prepares the distribution if need be, starts a server on a free port and waits until it answers.
     *
     * @param progress is told what takes long, a line each
     */
    public static KeycloakServer start(KeycloakDistribution distribution, Options options, Consumer<String> progress)
            throws IOException, InterruptedException {
        distribution.prepare(progress);
        KeycloakServer server = new KeycloakServer(distribution, options,
                Files.createTempDirectory("realmform-keycloak-"), freePort());
        Runtime.getRuntime().addShutdownHook(server.hook);
        progress.accept(distribution.name() + ": starting on " + server.url());
        boolean started = false;
        try {
            distribution.copyTemplate(server.folder);
            server.launch();
            started = true;
        } finally {
            if (!started) {
                server.close();
            }
        }
        return server;
    }

    /** The base address, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public String adminUser() {
        return KeycloakDistribution.ADMIN;
    }

    public String adminPassword() {
        return KeycloakDistribution.ADMIN;
    }

    /** Where its data and its log are. Gone after {@link #close()}. */
    public Path folder() {
        return folder;
    }

    /** What it writes; with the access log, one line a request. */
    public Path log() {
        return folder.resolve("server.log");
    }

    public synchronized boolean isRunning() {
        return process.filter(ServerProcess::isAlive).isPresent();
    }

    /** The server's process id, while it runs. */
    public synchronized Optional<Long> pid() {
        return process.map(ServerProcess::pid);
    }

    /** From now on it is no longer ours to stop: it goes on when this JVM ends. Only for one that was started so. */
    public synchronized void letGo() {
        if (!options.outlivesUs()) {
            throw new IllegalStateException("this server ends with us");
        }
        forgetHook();
        isLetGo = true;
    }

    /** Stops it in good order. Its data stays for {@link #startAgain()}. */
    public synchronized void stop() throws IOException, InterruptedException {
        if (process.isPresent()) {
            process.get().terminate(STOP_TIME);
            process = Optional.empty();
        }
    }

    /** Ends it as a crash would. Its data stays for {@link #startAgain()}. */
    public synchronized void kill() throws IOException {
        if (process.isPresent()) {
            process.get().kill();
            process = Optional.empty();
        }
    }

    /** Starts a stopped or killed server again: same port, same data. */
    public synchronized void startAgain() throws IOException, InterruptedException {
        stop();
        launch();
    }

    /** Stops it and deletes its data. Can be called again. Interrupted, it kills the server rather than leave it behind. */
    @Override
    public synchronized void close() throws IOException {
        if (isLetGo) {
            return;
        }
        try {
            stop();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        } finally {
            KeycloakDistribution.deleteFolder(folder);
        }
        if (!Thread.currentThread().equals(hook)) {
            forgetHook();
        }
    }

    private synchronized void launch() throws IOException, InterruptedException {
        List<String> jvmOptions = new ArrayList<>(List.of("-Xmx" + options.heapMegabytes() + "m"));
        if (Files.exists(distribution.aotCache())) {
            jvmOptions.add("-XX:AOTCache=" + distribution.aotCache());
        }
        List<String> arguments = new ArrayList<>(KeycloakDistribution.startArguments(port));
        if (options.accessLog() && distribution.isAtLeast(26, 4)) {
            arguments.add("--http-access-log-enabled=true");
        }
        ServerProcess started = ServerProcess.start(distribution.command(jvmOptions, arguments),
                Map.of("KC_DB_URL", KeycloakDistribution.databaseUrl(folder)), folder, options.outlivesUs());
        process = Optional.of(started);
        awaitReady(started, port);
    }

    /** Waits until the server answers; what it said last is in the error if it does not. */
    static void awaitReady(ServerProcess server, int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/realms/master"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long deadline = System.nanoTime() + START_TIME.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline && server.isAlive()) {
                if (answers(client, request)) {
                    return;
                }
                Thread.sleep(50);
            }
        }
        String what = server.isAlive() ? "did not answer within " + START_TIME.toSeconds() + " s"
                : "ended as it started";
        throw Problem.failed("the Keycloak server " + what + "\n" + server.lastLines(20), "127.0.0.1:" + port,
                "What it said last stands above. Try again; if that does not help, remove target/keycloak.")
                .asException();
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void closeAtExit() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // Then the hook runs, and finds nothing left to do.
        }
    }
}
