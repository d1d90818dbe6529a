package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MarkdownPlanTest {

    @Test
    void theTextStaysWithinItsBudgetAndSaysWhatIsMissing() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            changes.add(SamplePlans.update(SamplePlans.client("client-ä-" + i), SamplePlans.at("retail.yaml", i),
                    SamplePlans.set("name", Value.text("a"), Value.text("b".repeat(i)))));
            changes.add(SamplePlans.delete(SamplePlans.client("gone-" + i), Change.Delete.DeleteReason.ASKED));
        }
        Plan plan = SamplePlans.plan(changes);
        for (int budget : new int[]{0, 1_024, 3_000, 10_000, 65_536}) {
            String text = render(plan, budget, MarkdownPlan.Details.COLLAPSED);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(Math.max(1_024, budget));
            assertThat(text)
                    .startsWith("<!-- realmform plan: retail -->\n### Plan: 0 to add, 400 to change, 400 to destroy.\n")
                    .containsPattern("\\*\\*Cut to fit: .*\\*\\*");
            assertThat(text.lines().filter(row -> row.startsWith("```")).count()).isEven();
            assertThat(text.split("<details>", -1)).hasSameSizeAs(text.split("</details>", -1));
        }
    }

    @Test
    void nothingIsCutThatFits() {
        SamplePlans.all()
                .forEach((name, sample) -> assertThat(
                        render(sample.get().plan(), MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.COLLAPSED)).as(name)
                        .doesNotContain("Cut to fit"));
    }

    @Test
    void aValueCannotEndItsFenceNorATableRowNorCallPeople() {
        Change change = SamplePlans.update(SamplePlans.client("a|b\\|c``` @admin <script>"),
                SamplePlans.at("f.yaml", 1),
                new Edit.Set(Path.of("text"), Value.text("a"), Value.text("a\n```\n````\n<details>")));
        Plan plan = SamplePlans.plan(List.of(change), new Plan.Notice.General("hello @admin <b>"));
        String text = render(plan, MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.COLLAPSED);

        assertThat(text).contains("\n`````diff\n", "\n`````\n\n</details>", "hello @\u200badmin \\<b\\>",
                "&lt;script&gt;&quot;</code></summary>");
        assertThat(text.lines()
                .filter(row -> row.startsWith("| `~`"))
                .findFirst()
                .orElseThrow()
                .replace("\\|", "")
                .split("\\|"))
                .hasSize(4);
    }

    @Test
    void aNameOfManyThousandLettersDoesNotPushOutTheOthers() {
        Plan plan = SamplePlans.plan(List.of(SamplePlans.delete(SamplePlans.client("x".repeat(70_000)),
                Change.Delete.DeleteReason.ASKED),
                SamplePlans.delete(SamplePlans.client("legacy"), Change.Delete.DeleteReason.ASKED)));

        assertThat(render(plan, MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.COLLAPSED))
                .contains("> - destroys client/retail/legacy\n", "| `-` | `client/retail/legacy` | `$delete` |\n");
    }

    @Test
    void withoutDetailsElementsEachChangeHasAHeading() {
        SamplePlans.Sample sample = SamplePlans.named("update-scalars");

        assertThat(render(sample.plan(), MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.OPEN))
                .contains("\n#### `~ realm/retail`\n\n```diff\n! accessTokenLifespan: 300 → 600\n")
                .doesNotContain("<details>");
    }

    @Test
    void driftSaysWhichWayItReadsAndDestroysNothing() {
        Edit edit = SamplePlans.set("enabled", Value.bool(false), Value.bool(true));
        Plan plan = SamplePlans.plan(List.of(
                SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("retail.yaml", 12), edit),
                SamplePlans.delete(SamplePlans.client("c"), Change.Delete.DeleteReason.NOT_DECLARED)));

        assertThat(MarkdownPlan.drift(plan, Map.of(SamplePlans.client("a"), Set.of(Path.of("enabled"))),
                SamplePlans.HEADING, STYLE)).isEqualTo("""
                        <!-- realmform drift: retail -->
                        ### Drift: 1 changed, 0 gone, 1 appeared.

                        realm retail at https://sso.example.com · state serial 7

                        The lines read from live to desired: what an apply would do.

                        | | resource | |
                        |---|---|---|
                        | `~` | `client/retail/a has drifted` | `retail.yaml:12` |
                        | `-` | `client/retail/c has appeared` | `not declared, clients are authoritative` |

                        <details><summary><code>~ client/retail/a has drifted</code></summary>

                        ```diff
                        ! enabled: false → true  # also changed in the file
                        ```

                        </details>
                        """);
    }

    @Test
    void withoutDriftOneHeadlineSaysSo() {
        assertThat(MarkdownPlan.drift(SamplePlans.plan(List.of()), Map.of(), SamplePlans.HEADING, STYLE)).isEqualTo("""
                <!-- realmform drift: retail -->
                ### No drift. The live side is as it was applied.

                realm retail at https://sso.example.com · state serial 7
                """);
    }

    @Test
    void whatIsSaidOfAResourceThatDoesNotChangeIsSaid() {
        Plan plan = SamplePlans.plan(List.of(), new Plan.Notice.About(SamplePlans.client("a"), "secret: not given"));

        assertThat(MarkdownPlan.render(plan, SamplePlans.HEADING, STYLE))
                .contains("\n- client/retail/a: secret: not given\n");
    }

    /** A bot that found one's comment under the marker of another would write over it. */
    @Test
    void longMarkersThatBeginAlikeStayApart() {
        String realms = "realm-of-a-team, ".repeat(10);

        assertThat(marker(realms + "a")).isEqualTo(marker(realms + "a")).isNotEqualTo(marker(realms + "b"));
        assertThat(marker(realms)).hasSizeLessThan(200);
        assertThat(marker("retail")).isEqualTo("<!-- realmform plan: retail -->");
    }

    private static String marker(String marker) {
        return MarkdownPlan.render(SamplePlans.plan(List.of()), SamplePlans.HEADING, new MarkdownPlan.Style(marker,
                MarkdownPlan.GITHUB_BYTES, MarkdownPlan.Details.COLLAPSED, Look.Detail.FOLDED))
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static final MarkdownPlan.Style STYLE = new MarkdownPlan.Style("retail", MarkdownPlan.GITHUB_BYTES,
            MarkdownPlan.Details.COLLAPSED, Look.Detail.FOLDED);

    private static String render(Plan plan, int bytes, MarkdownPlan.Details details) {
        return MarkdownPlan.render(plan, SamplePlans.HEADING,
                new MarkdownPlan.Style("retail", bytes, details, Look.Detail.FOLDED));
    }
}
