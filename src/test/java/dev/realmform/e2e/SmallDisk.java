package dev.realmform.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real file system with little room, in the place of one folder, for one process: a tmpfs in a mount namespace of its own,
 * which is gone when that process has ended. What was written there is then in the folder.
 *
 * @param pages its size; each file takes whole pages
 */
record SmallDisk(Path folder, int pages) {

    static final int PAGE = 4096;

    /** Mounts, runs, keeps what is there, and ends as the command did. */
    private static final String SCRIPT = """
            mount -t tmpfs -o size="$1",mode=700 small "$2" || exit 99
            cp -a "$3/." "$2/" || exit 98
            folder=$2 aside=$3
            shift 3
            code=0
            "$@" || code=$?
            rm -rf "$aside" && cp -a "$folder" "$aside" || exit 97
            exit $code
            """;

    /** Whether this machine lets anybody have such a file system. */
    static boolean isThere() {
        try {
            return new ProcessBuilder("unshare", "-m", "-r", "sh", "-c", "mount -t tmpfs -o size=4096 small /mnt")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One that has so much room beside what is in the folder. */
    static SmallDisk with(int spare, Path folder) {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                return new SmallDisk(folder, files.mapToInt(file -> pages(file.toFile().length())).sum() + spare);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int pages(long bytes) {
        return (int) ((bytes + PAGE - 1) / PAGE);
    }

    /** Runs the program. */
    CommandLineRun run(Workbench bench, String... arguments) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".aside");
        try {
            copy(folder, aside);
            List<String> command = new ArrayList<>(List.of("unshare", "-m", "-r", "sh", "-c", SCRIPT, "small-disk",
                    String.valueOf(pages * PAGE), folder.toString(), aside.toString()));
            command.addAll(ChildProcess.command());
            command.addAll(List.of(arguments));
            CommandLineRun run = LiveRun.start(bench, command, List.of(arguments)).ended();
            delete(folder);
            Files.move(aside, folder);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
