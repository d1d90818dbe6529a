package dev.realmform.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A real terminal in front of the program, by {@code script} of util-linux: what is typed there is typed by a person. */
final class PersonsTerminal {

    /** Ctrl-C, as the keyboard sends it. */
    static final String CONTROL_C = "\u0003";

    private PersonsTerminal() {}

    static boolean isThere() {
        try {
            Process process = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && said.contains("util-linux");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts the program there; its exit code is that of what is started. */
    static LiveRun start(Workbench bench, String... arguments) {
        List<String> words = new ArrayList<>(LiveRun.heeding());
        words.addAll(ChildProcess.command());
        words.addAll(List.of(arguments));
        String line = words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(
                        Collectors.joining(" "));
        return LiveRun.start(bench.with("TERM", "dumb").with("SHELL", "/bin/sh"),
                List.of("script", "-q", "-e", "-c", "exec " + line, "/dev/null"), List.of(arguments));
    }
}
