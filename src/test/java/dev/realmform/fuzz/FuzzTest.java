package dev.realmform.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.realmform.cli.Realmform;
import dev.realmform.cli.Shell;
import dev.realmform.testing.Campaign;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated examples, one file or several layers of them, checked and, if nothing is wrong with them, planned. */
@Tag(Campaign.TAG)
class FuzzTest {

    private static final int FULL = 10_000;

    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** What one command may allocate in all; the largest file that is read has 32 MiB. */
    private static final long MOST_BYTES = 2L << 30;

    /** What a stack trace looks like, or the admission of a defect. */
    private static final Pattern DEFECT = Pattern.compile(
            "(?m)^\\s+at [\\w.$/]+\\(|realmform itself failed|Exception\\b");

    /** A file of the case, the line, and maybe more. */
    private static final Pattern PLACE = Pattern
            .compile("(?m)^  (d/)?f\\d\\.(yaml|json):[1-9]\\d*(:[1-9]\\d*)?(  .*)?$");

    private static final Pattern ERROR = Pattern.compile("(?m)^error: ");
    /** With the rows that continue it. */
    private static final Pattern WARNING = Pattern.compile("(?m)^warning: .*\\R(?:  .*\\R)*");

    /** What a plan of the section {@code cluster} comes to here: the fault is not in the file. */
    private static final String NO_CLUSTER = "no cluster is named";

    @TempDir
    private Path temp;

    private record Said(int code, String out, String err) {}

    @Test
    void whateverIsInAFileTheAnswerIsAPlanOrErrorsWithFileAndLine() throws IOException {
        Mutator mutator = new Mutator();
        List<String> wrong = new ArrayList<>();
        List<Long> seeds = Campaign.seeds(20_261_123_000L, 250, FULL);
        int planned = 0;
        try (BareKeycloak none = BareKeycloak.with(BareKeycloak.Realms.NONE);
                BareKeycloak empty = BareKeycloak.with(BareKeycloak.Realms.EMPTY)) {
            for (long seed : seeds) {
                try {
                    planned += answered(mutator.mutant(seed), seed, seed % 2 == 0 ? none : empty) ? 1 : 0;
                } catch (AssertionError | StackOverflowError e) {
                    wrong.add("-Dcampaign.seed=" + seed + "\n" + e);
                }
            }
            assertThat(none.writes() + empty.writes()).isZero();
        }
        assertThat(wrong.size()).as(() -> String.join("\n\n", wrong)).isZero();
        assertThat(planned).as("files that load, and so reach the planner").isGreaterThanOrEqualTo(seeds.size() / 20);
    }

    /** Whether it got as far as the planner. */
    private boolean answered(Mutant mutant, long seed, BareKeycloak server) {
        Path folder = write(mutant, seed);
        Said checked = bounded(folder, "", mutant.commandLine("validate"));
        isAnAnswer(checked);
        if (checked.code() != 0) {
            return false;
        }
        isAnAnswer(bounded(folder, server.url(), mutant.commandLine("plan")));
        return true;
    }

    private Said bounded(Path folder, String server, List<String> line) {
        return assertTimeoutPreemptively(LONGEST, () -> {
            com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory
                    .getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            Said said = run(folder, server, line);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).as("bytes that were allocated")
                    .isLessThan(MOST_BYTES);
            return said;
        }, line.toString());
    }

    private static Said run(Path folder, String server, List<String> line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", "1000000", "NO_COLOR", "1", "KEYCLOAK_URL", server, "KEYCLOAK_USERNAME", "admin",
                        "KEYCLOAK_PASSWORD", "admin"),
                folder, Shell.Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(), new Random(1));
        int code = new Realmform(shell).run(line.toArray(String[]::new));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void isAnAnswer(Said said) {
        assertThat(said.code()).as(said::toString).isIn(0, 1);
        String errors = WARNING.matcher(said.err()).replaceAll("");
        assertThat(said.code() == 0).as("errors, and so an exit code: %s", said).isEqualTo(errors.isEmpty());
        assertThat(said.out() + said.err()).doesNotContainPattern(DEFECT);
        for (String error : ERROR.splitAsStream(errors).toList()) {
            if (!error.isEmpty() && !error.startsWith(NO_CLUSTER)) {
                assertThat(error).containsPattern(PLACE);
                assertThat(error.lines()).as("what, where, what to do: %s", error).hasSizeGreaterThan(2);
            }
        }
    }

    private Path write(Mutant mutant, long seed) {
        Path folder = temp.resolve("case-" + seed);
        try {
            for (Map.Entry<String, byte[]> file : mutant.files().entrySet()) {
                Files.createDirectories(folder.resolve(file.getKey()).getParent());
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
