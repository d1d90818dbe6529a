package dev.realmform.kubernetes.helm;

import dev.realmform.model.Problem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program {@code helm} of this machine, run without a shell, in an empty folder, and ended when it takes too long.
 *
 * @param environment what it gets of ours
 * @param place       where a file asked for it
 */
record HelmProgram(Path path, Map<String, String> environment, Duration patience, String place) {

    /** More than any chart renders; less than would fill the memory. */
    private static final int LARGEST = 64 * 1024 * 1024;

    /** Who runs our login needs no such variable for Helm. */
    private static final List<String> OURS = List.of("KEYCLOAK_", "REALMFORM_");

    /** What it said before it ended. */
    record Said(int code, String out, String err) {}

    /**
     * Finds it.
     *
     * @param named a path, or another name to look for; empty for {@code helm}
     */
    static HelmProgram find(Optional<String> named, Map<String, String> environment, Duration patience,
            String place) {
        String name = named.orElse("helm");
        Optional<Path> found = name.contains("/") || name.contains("\\") ? Optional.of(Path.of(name))
                : Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .flatMap(folder -> List.of(Path.of(folder, name), Path.of(folder, name + ".exe")).stream())
                        .filter(HelmProgram::isProgram)
                        .findFirst();
        return found.filter(HelmProgram::isProgram)
                .map(path -> new HelmProgram(path.toAbsolutePath(), environment, patience, place))
                .orElseThrow(() -> Problem.failed(
                        found.isPresent() ? name + " is no program that can be run"
                                : "there is no " + name + " on this machine, which has to render the chart",
                        place,
                        "Install Helm 3.8 or newer (https://helm.sh/docs/intro/install), so that it is found by PATH; or name"
                                + " it in the root file: cluster.keycloak.helm.program. Without helm: realmform writes"
                                + " Keycloak's objects itself.")
                        .asException());
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /**
     * Runs it.
     *
     * @param input what it finds on its standard input; may hold secrets
     * @throws dev.realmform.model.ProblemException if it cannot be started, does not end, or says too much
     */
    Said run(List<String> arguments, String input) {
        Path folder = emptyFolder();
        try {
            return run(arguments, input, folder);
        } finally {
            // Left behind empty at worst: whatever helm keeps, it keeps in its own folders.
            var _ = folder.toFile().delete();
        }
    }

    /** In which no folder can be taken for the chart of a repository that has the same name. */
    private Path emptyFolder() {
        try {
            return Files.createTempDirectory("realmform-helm");
        } catch (IOException e) {
            throw Problem.failed("no folder can be made for helm to run in", place,
                    "Check that the folder of temporary files is there and not full.").causedBy(e).asException();
        }
    }

    private Said run(List<String> arguments, String input, Path folder) {
        List<String> line = new ArrayList<>(List.of(path.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        environment.forEach((name, value) -> {
            if (OURS.stream().noneMatch(name::startsWith)) {
                builder.environment().put(name, value);
            }
        });
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw Problem.failed(path + " cannot be started", place, "Check that it is the helm of this machine.")
                    .causedBy(e)
                    .asException();
        }
        try {
            return said(process, input);
        } catch (TimeoutException e) {
            throw Problem.failed("helm has not ended after " + patience.toSeconds() + " s", place,
                    "Does it wait for a registry or a repository? Try it by hand: helm " + arguments.getFirst()
                            + "; or pull the chart and name its folder.")
                    .asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.empty()).asException();
        } finally {
            end(process);
        }
    }

    private Said said(Process process, String input) throws TimeoutException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        write(process.getOutputStream(), input);
        CompletableFuture<String> out = read(process.getInputStream());
        CompletableFuture<String> err = read(process.getErrorStream());
        String answer = awaited(out, end);
        String complaint = awaited(err, end);
        if (!process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        return new Said(process.exitValue(), answer, complaint);
    }

    private String awaited(CompletableFuture<String> text, long end) throws TimeoutException, InterruptedException {
        try {
            String said = text.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (said.length() >= LARGEST) {
                throw Problem.failed("helm says more than " + (LARGEST >> 20) + " MiB", place,
                        "Name another chart.").asException();
            }
            return said;
        } catch (ExecutionException e) {
            throw Problem.failed("what helm says cannot be read", place, "Try again.").causedBy(e).asException();
        }
    }

    /** A program that ends without reading on has its reasons, which it says elsewhere. */
    private static void write(OutputStream stream, String input) {
        Thread.ofVirtual().start(() -> {
            try (stream) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has ended.
            }
        });
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    /** With all that it has started itself. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
