package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A job of a pipeline on this machine: its script runs in a shell, in a working folder. {@code realmform} on its path is this
 * program; {@code gh} and {@code curl} stand in for the forge and keep what it would keep in files.
 */
record Job(Path folder, Map<String, String> variables) {

    private static final Path FORGE = Path.of("src", "test", "resources", "forge");

    /** With the programs that the script calls. */
    static Job in(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path forge = Files.createDirectories(folder.resolve("forge"));
        for (String program : List.of("gh", "curl")) {
            program(bin.resolve(program), Files.readString(FORGE.resolve(program)));
        }
        program(bin.resolve("realmform"), "#!/bin/sh\nexec " + String.join(" ", ChildProcess.command()) + " \"$@\"\n");
        Map<String, String> variables = new TreeMap<>(Map.of("PATH", bin + ":" + System.getenv("PATH"), "HOME",
                folder.toString(), "FORGE", forge.toString(), "LC_ALL", "C.UTF-8"));
        return new Job(Files.createDirectories(folder.resolve("work")), variables);
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Job with(Map<String, String> more) {
        Map<String, String> variables = new TreeMap<>(this.variables);
        variables.putAll(more);
        return new Job(folder, variables);
    }

    /** Runs a script as runners do: it ends at the first command that fails. */
    CommandLineRun run(List<String> shell, String script) {
        List<String> command = new java.util.ArrayList<>(shell);
        command.add(script);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            CommandLineRun run = ChildProcess.ended(process, "(job)", script);
            assertThat(run.all()).doesNotContain("not known here", "not found");
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file of the working folder holds. */
    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
