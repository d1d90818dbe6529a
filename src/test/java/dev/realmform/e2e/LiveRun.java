package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, that is listened to while it runs, and signalled. */
final class LiveRun {

    /** What has come out so far. */
    private static final class Said {

        private final StringBuilder text = new StringBuilder();

        synchronized void append(String more) {
            text.append(more);
        }

        synchronized boolean contains(String part) {
            return text.indexOf(part) >= 0;
        }

        @Override
        public synchronized String toString() {
            return text.toString();
        }
    }

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Process process;
    private final List<String> arguments;
    private final Said out = new Said();
    private final Said err = new Said();
    private final CompletableFuture<Void> read;

    private LiveRun(Process process, List<String> arguments) {
        this.process = process;
        this.arguments = List.copyOf(arguments);
        Executor readers = reading -> Thread.ofPlatform().daemon().start(reading);
        read = CompletableFuture.allOf(CompletableFuture.runAsync(() -> copy(process.getInputStream(), out), readers),
                CompletableFuture.runAsync(() -> copy(process.getErrorStream(), err), readers));
    }

    /** As the launcher starts it, with the signals of a process that stands in the foreground. */
    static LiveRun start(Workbench bench, String... arguments) {
        List<String> command = new ArrayList<>(heeding());
        command.addAll(ChildProcess.command());
        command.addAll(List.of(arguments));
        return start(bench, command, List.of(arguments));
    }

    /** A command that starts it in some other way. */
    static LiveRun start(Workbench bench, List<String> command, List<String> arguments) {
        return new LiveRun(ChildProcess.start(bench, command), arguments);
    }

    /** What is started in the background of a shell ignores SIGINT, and so would all that it starts. */
    static List<String> heeding() {
        List<String> prefix = List.of("env", "--default-signal=INT,HUP");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0 ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal by name: {@code INT}. */
    void signal(String name) {
        signal(name, process.pid());
    }

    static void signal(String name, long pid) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The process that it has started itself. */
    ProcessHandle child() {
        return process.children().findFirst().orElseThrow();
    }

    /** Types something. */
    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it has said this, wherever. */
    void says(String text) {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!out.contains(text) && !err.contains(text)) {
            assertThat(process.isAlive() || !read.isDone()).as(() -> "says " + text + "\n" + this).isTrue();
            assertThat(System.nanoTime()).as(() -> "says " + text + "\n" + this).isLessThan(until);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    CommandLineRun ended() {
        try {
            assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(() -> "ends\n" + this).isTrue();
            read.join();
            return new CommandLineRun(arguments, process.exitValue(), out.toString(), err.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void copy(InputStream stream, Said text) {
        byte[] bytes = new byte[8192];
        try (stream) {
            for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            text.append("\n[" + e.getMessage() + "]");
        }
    }

    @Override
    public String toString() {
        return "realmform " + String.join(" ", arguments) + "\n--- out so far\n" + out + "--- err so far\n" + err;
    }
}
