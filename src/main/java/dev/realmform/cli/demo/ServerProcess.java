package dev.realmform.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive the JVM that started it, however that one ends, unless it is meant to.
 *
 * <p>A shutdown hook alone would not do: a test JVM that is killed, or whose Maven is, runs no hooks. So a shell stands
 * between, whose standard input closes when we are gone; it then ends the process.
 */
final class ServerProcess {

    private static final String BOUND_TO_US = """
            pid_file=$1; shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            echo "$server" >"$pid_file.new" && mv "$pid_file.new" "$pid_file"
            { cat <&3 >/dev/null; kill "$server" 2>/dev/null; } &
            exec 3<&-
            wait "$server"
            """;

    /** A closed terminal or a Ctrl-C meant for us does not end it either. */
    private static final String ON_ITS_OWN = """
            pid_file=$1; shift
            trap '' HUP INT
            echo "$$" >"$pid_file.new" && mv "$pid_file.new" "$pid_file"
            exec "$@" </dev/null
            """;

    private final Process shell;
    private final ProcessHandle server;
    private final Path log;

    private ServerProcess(Process shell, ProcessHandle server, Path log) {
        this.shell = shell;
        this.server = server;
        this.log = log;
    }

    /**
     * Starts a command whose output is appended to {@code server.log} in the given folder.
     *
     * @param environment added to ours, from which all that configures a Keycloak is taken away
     * @param outlivesUs  whether it goes on when this JVM ends
     */
    static ServerProcess start(List<String> command, Map<String, String> environment, Path folder, boolean outlivesUs)
            throws IOException, InterruptedException {
        Path pidFile = folder.resolve("pid");
        Files.deleteIfExists(pidFile);
        Path log = folder.resolve("server.log");
        List<String> line = new ArrayList<>(List.of("sh", "-c", outlivesUs ? ON_ITS_OWN : BOUND_TO_US, "keycloak"));
        line.add(pidFile.toString());
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("KC_") || name.startsWith("KEYCLOAK_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process shell = builder.start();
        return new ServerProcess(shell, awaitServer(shell, pidFile), log);
    }

    /** The process behind the shell; the shell itself if that ended before it could say. */
    private static ProcessHandle awaitServer(Process shell, Path pidFile) throws IOException, InterruptedException {
        while (!Files.exists(pidFile)) {
            if (shell.waitFor(5, TimeUnit.MILLISECONDS)) {
                return shell.toHandle();
            }
        }
        Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
        return server.orElseGet(shell::toHandle);
    }

    long pid() {
        return server.pid();
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    /** Waits until it has ended by itself. Returns its exit code, or nothing if it still runs after that time. */
    Optional<Integer> await(Duration time) throws InterruptedException {
        return shell.waitFor(time.toMillis(), TimeUnit.MILLISECONDS) ? Optional.of(shell.exitValue())
                : Optional.empty();
    }

    /** Asks it to end, waits, and kills it if it has not ended after that time. */
    void terminate(Duration patience) throws IOException, InterruptedException {
        server.destroy();
        if (await(patience).isEmpty()) {
            kill();
        }
        shell.getOutputStream().close();
    }

    /** Ends it as a crash would: at once, nothing flushed. */
    void kill() throws IOException {
        server.destroyForcibly();
        shell.onExit().join();
        shell.getOutputStream().close();
    }

    /** The last lines that it wrote, for a message. */
    String lastLines(int count) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
