package dev.realmform.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code ./realmform} as a user does: a process of its own, timed from its start to its end. */
final class Launcher {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * A run that ended well.
     *
     * @param peakKilobytes the most memory that was resident (VmHWM), as Linux tells it while the process lives; 0 elsewhere
     * @param log           what it says of its requests
     */
    record Ended(Duration wall, long peakKilobytes, RequestLog log) {

        /** What is compared: without the request that made the realm, whose time is luck. */
        Duration compared() {
            return wall.minus(log.makingTheRealm());
        }
    }

    private final Path program;
    private final Map<String, String> login;

    /** With the login that the runs use. */
    Launcher(Path program, String user, String password) {
        this.program = program.toAbsolutePath();
        this.login = Map.of("KEYCLOAK_USERNAME", user, "KEYCLOAK_PASSWORD", password);
    }

    /** Runs a command that says what it requests, in this folder. */
    Ended run(Path folder, URI server, String... arguments) throws IOException, InterruptedException {
        List<String> more = new ArrayList<>(List.of(arguments));
        more.addAll(List.of("--verbose", "--server", server.toString()));
        return run(folder, more);
    }

    /** Runs a command that needs no server. */
    Ended run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYCLOAK_"));
        builder.environment().putAll(login);
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = awaitPeak(process);
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + "\n"
                    + lastLines(err));
        }
        return new Ended(wall, peak, RequestLog.of(Files.readAllLines(err)));
    }

    /** Looks again and again until it has ended. */
    private static long awaitPeak(Process process) throws IOException, InterruptedException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        long until = System.nanoTime() + LONGEST.toNanos();
        long peak = 0;
        try {
            while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peak(status));
                if (System.nanoTime() > until) {
                    throw new IOException("not done within " + LONGEST.toMinutes() + " minutes");
                }
            }
        } finally {
            process.destroy();
        }
        return peak;
    }

    private static long peak(Path status) {
        try {
            Matcher line = PEAK.matcher(Files.readString(status));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static String lastLines(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
