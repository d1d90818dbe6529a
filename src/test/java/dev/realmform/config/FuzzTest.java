package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated examples: whatever is in a file, the answer is a desired state or problems that name a file, and soon. */
class FuzzTest {

    private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 500);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_123L);

    private static final List<String> BITS = List.of("\t", ": ", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a",
            "<<: ",
            "|\n", ">\n", "---\n", "# ", "!x ", "!!int ", "null", "true", "$(", "$(var:x)", "$(env:X)", "$(secret:s)",
            "$(file:../x)", "$(ref:a/b.c)", "$add: [a]", "$remove: [a]", "$unset: true", "$unset: [enabled]",
            "$members: unmanaged", "**********", "\u0000", "\u0007", "\ud83d\ude00", "\\u12", "1e99999", "0x", "~",
            "? ", "%YAML 1.9\n", "\r", "\u2028", "\ufeff", "/A/B: {}\n", "realm: ", "realmform: 1\n", "@", "`");

    @TempDir
    private Path temp;

    @Test
    void everyMutationEndsInAnAnswerThatNamesAFile() throws IOException {
        List<String> examples = examples();
        Random random = new Random(SEED);
        for (int i = 0; i < MUTATIONS; i++) {
            boolean json = i % 5 == 0;
            String name = json ? "r.json" : "r.yaml";
            String text = mutated(json ? Files.readString(Path.of("src/test/resources/schema/export.json"))
                    : examples.get(random.nextInt(examples.size())), random);
            Files.write(temp.resolve(name), text.getBytes(StandardCharsets.UTF_8));
            String label = "seed " + SEED + ", mutation " + i;
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> load(name, label), label);
        }
    }

    private void load(String name, String label) {
        try {
            Loader.load(new LoadRequest(List.of(name), temp, java.io.InputStream.nullInputStream(), java.util.Map.of(),
                    Options.NONE), Folder.WHOLE);
        } catch (ProblemException e) {
            assertThat(e.problems()).as(label)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(isUseful(problem, name))
                            .as(Folder.text(problem))
                            .isTrue());
        }
    }

    private static boolean isUseful(Problem problem, String name) {
        boolean rest = problem.what().endsWith("more problems are not shown");
        boolean whole = problem.where().equals(name);
        return !problem.what().isBlank() && !problem.remedy().isBlank()
                && (rest || whole || problem.where().matches("(?s)" + name + ":[1-9][0-9]*:[1-9][0-9]*(  .+)?"));
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutant = new StringBuilder(text);
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps && mutant.length() > 2; i++) {
            int at = random.nextInt(mutant.length());
            int length = Math.min(1 + random.nextInt(30), mutant.length() - at);
            switch (random.nextInt(6)) {
                case 0 -> mutant.delete(at, at + length);
                case 1 -> mutant.insert(at, BITS.get(random.nextInt(BITS.size())));
                case 2 -> mutant.insert(random.nextInt(mutant.length()), mutant.substring(at, at + length));
                case 3 -> mutant.setCharAt(at, (char) random.nextInt(0xd7ff));
                case 4 -> mutant.setLength(at + 1);
                default -> {
                    int line = mutant.lastIndexOf("\n", at) + 1;
                    mutant.insert(line, " ".repeat(random.nextInt(5)) + BITS.get(random.nextInt(BITS.size())));
                }
            }
        }
        return mutant.toString();
    }

    private static List<String> examples() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        assertThat(texts).isNotEmpty();
        return texts;
    }
}
