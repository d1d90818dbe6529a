package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each directory of {@code golden} holds what one plan must look like. {@code -Dgolden.update} writes them anew:
 * then read the
 * difference before handing it in.
 */
class GoldenPlanTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    private static final boolean UPDATE = System.getProperty("golden.update") != null;

    @TestFactory
    List<DynamicTest> eachPlanLooksAsItsGoldenFilesSay() {
        List<DynamicTest> tests = new ArrayList<>();
        SamplePlans.all()
                .forEach((name, sample) -> outputs(sample.get()).forEach((file, text) -> tests
                        .add(DynamicTest.dynamicTest(name + "/" + file,
                                () -> compare(GOLDEN.resolve(name).resolve(file), text)))));
        return tests;
    }

    @Test
    void everyDirectoryHasItsPlan() throws IOException {
        try (Stream<Path> directories = Files.list(GOLDEN)) {
            assertThat(new TreeSet<>(SamplePlans.all().keySet()))
                    .containsAll(directories.map(directory -> directory.getFileName().toString()).toList());
        }
    }

    private static Map<String, String> outputs(SamplePlans.Sample sample) {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("plan.80.txt", render(sample, 80, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED));
        outputs.put("plan.120.txt", render(sample, 120, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED));
        outputs.put("plan.full.txt", render(sample, 100, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FULL));
        outputs.put("plan.ansi.txt", render(sample, 100, Look.Color.ANSI, Glyphs.UNICODE, Look.Detail.FOLDED));
        outputs.put("plan.ascii.txt", render(sample, 100, Look.Color.PLAIN, Glyphs.ASCII, Look.Detail.FOLDED));
        outputs.put("plan.md", MarkdownPlan.render(sample.plan(), sample.heading(), new MarkdownPlan.Style("retail",
                MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.COLLAPSED, Look.Detail.FOLDED)));
        return outputs;
    }

    static String render(SamplePlans.Sample sample, int width, Look.Color color, Glyphs glyphs, Look.Detail detail) {
        return TerminalPlan.render(sample.plan(), sample.heading(), new Look(width, color, glyphs, detail));
    }

    private static void compare(Path file, String text) throws IOException {
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
