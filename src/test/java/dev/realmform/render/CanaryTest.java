package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Plan.Notice;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No rendering of any plan holds a secret. */
class CanaryTest {

    private static final String CANARY = "CANARY-";

    private static final int PLANS = 300;

    private final Random random = new Random();

    @Test
    void noRenderingOfAnyPlanHoldsASecret() {
        for (long seed = 0; seed < PLANS; seed++) {
            random.setSeed(seed);
            Plan plan = plan();
            for (String text : renderings(plan)) {
                assertThat(text).as("seed %d", seed).isNotEmpty().doesNotContain(CANARY);
            }
        }
    }

    @Test
    void theLengthOfASecretDoesNotShow() {
        random.setSeed(1);
        Edit shorter = SamplePlans.set("secret", Secret.of("a", ""), Secret.of("b", ""));
        Edit longer = SamplePlans.set("secret", Secret.of("a".repeat(500), ""), Secret.of("b\nc\nd".repeat(100), ""));
        Plan one = SamplePlans
                .plan(List.of(SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("f", 1), shorter)));
        Plan other = SamplePlans
                .plan(List.of(SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("f", 1), longer)));

        assertThat(renderings(one)).isEqualTo(renderings(other));
    }

    /** What cannot be revealed cannot leak: no class of this package asks for the clear text. */
    @Test
    void theRenderersNeverAskForTheClearText() throws IOException {
        java.nio.file.Path sources = java.nio.file.Path.of("src", "main", "java", "dev", "realmform", "render");
        try (Stream<java.nio.file.Path> files = Files.walk(sources)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("reveal", "Secrets.REVEAL");
            }
        }
    }

    private static List<String> renderings(Plan plan) {
        List<String> texts = new ArrayList<>();
        for (Look.Detail detail : Look.Detail.values()) {
            for (Glyphs glyphs : Glyphs.values()) {
                Look look = new Look(80, Look.Color.ANSI, glyphs, detail);
                texts.add(TerminalPlan.render(plan, SamplePlans.HEADING, look));
                texts.add(DriftText.render(plan, new TreeMap<>(), SamplePlans.HEADING, look));
            }
        }
        texts.add(JUnitDrift.render(plan, new TreeMap<>(), Set.of(), SamplePlans.HEADING, Instant.EPOCH));
        for (MarkdownPlan.Details details : MarkdownPlan.Details.values()) {
            texts.add(MarkdownPlan.render(plan, SamplePlans.HEADING,
                    new MarkdownPlan.Style("retail", MarkdownPlan.GITHUB_BYTES, details, Look.Detail.FULL)));
            texts.add(MarkdownPlan.drift(plan, new TreeMap<>(), SamplePlans.HEADING,
                    new MarkdownPlan.Style("retail", MarkdownPlan.GITHUB_BYTES, details, Look.Detail.FOLDED)));
        }
        return texts;
    }

    private Plan plan() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            changes.add(change(Address.of("client", "retail", "c" + i)));
        }
        return new Plan(changes, new TreeMap<>(), 0, List.of(new Notice.Warning(Optional.empty(), "careful")));
    }

    private Change change(Address address) {
        Resource live = Resource.live(address, map(3));
        Resource desired = new Resource(address, map(3), Origin.of(SamplePlans.at("f.yaml", 1)), Directives.NONE);
        List<Edit> edits = IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> edit(Path.of("field" + i))).toList();
        return switch (random.nextInt(5)) {
            case 0 -> new Change.Create(desired, desired);
            case 1 -> new Change.Update(live, desired, live, edits, Optional.empty());
            case 2 -> new Change.Replace(live, desired, live, edits, List.of(edits.getFirst().path()));
            case 3 -> new Change.Delete(live, Change.Delete.DeleteReason.LEFT_THE_FILE, Optional.empty());
            default -> new Change.Adopt(live, desired, live, edits);
        };
    }

    private Edit edit(Path path) {
        return switch (random.nextInt(4)) {
            case 0 -> new Edit.Add(path, value(3));
            case 1 -> new Edit.Remove(path, value(3));
            case 2 -> new Edit.Set(path, value(3), value(3));
            default -> new Edit.Items(path, List.of(value(2), value(2)), List.of(value(2)), random.nextInt(3),
                    random.nextBoolean());
        };
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0, 1, 2 ->
                Secret.of(CANARY + random.nextInt(9) + "\n" + CANARY.repeat(random.nextInt(40)), "$(secret:x)");
            case 3 -> new Value.Hidden(Value.Hidden.Reason.MASKED);
            case 4 -> Secret.notGiven("$(secret:y)");
            case 5 -> Value.text(random.nextBoolean() ? "{\"a\": 1}" : "one\ntwo");
            case 6 -> Value.bool(random.nextBoolean());
            case 7 -> new Value.ListOf(List.of(value(depth - 1), value(depth - 1)));
            default -> map(depth - 1);
        };
    }

    private Value.MapOf map(int depth) {
        Map<String, Value> fields = new HashMap<>();
        Set.of("secret", "password", "name").forEach(name -> fields.put(name, value(depth)));
        return new Value.MapOf(fields);
    }
}
