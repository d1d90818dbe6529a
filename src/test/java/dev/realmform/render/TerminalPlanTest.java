package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPlanTest {

    private static final Look LOOK = new Look(100, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);

    @Test
    void theSampleOfTheDesignComesOutByteForByte() {
        SamplePlans.Sample sample = SamplePlans.named("plan-display");

        assertThat(TerminalPlan.render(sample.plan(), sample.heading(), LOOK)).isEqualTo("""
                realm osmo at https://sso.example.com · cluster prod, namespace osmo · state serial 41

                ~ client/osmo/osmo-browser-flow                                  osmo.yaml:41
                    redirectUris:                                       2 kept
                      + https://dev.osmo.example.com/callback

                + client-role/osmo/osmo-browser-flow/osmo-audit                  osmo.yaml:77
                    description: may read the audit log

                ~ group/osmo/Backend Operator                                    osmo.yaml:102
                    clientRoles.osmo-browser-flow:                      1 kept
                      + osmo-audit                                      (after the role above)
                    12 users gain osmo-audit

                ~ Secret/osmo/oauth2-proxy-secrets                               osmo.yaml:9
                    data.client_secret: secret #1 → #2
                    data.cookie_secret: secret, kept

                - client/osmo/legacy                                             removed from osmo.yaml
                    sessions and offline tokens of this client are lost

                Plan: 1 to add, 3 to change, 1 to destroy.
                ! destroys client/osmo/legacy
                """);
    }

    /** Whole, old and new would begin alike, and be cut before they differ. */
    @Test
    void aMemberOfOneNameShowsWhatChangedInside() {
        Value.MapOf web = Value.EMPTY_MAP.with("name", Value.text("web"))
                .with("command",
                        Value.texts(List.of("serve", "--with", "very", "many", "arguments", "of", "all", "sorts")))
                .with("image", Value.text("registry.example.com/web:1"));
        Value.MapOf helper = Value.EMPTY_MAP.with("name", Value.text("helper"));
        Value.MapOf other = Value.EMPTY_MAP.with("name", Value.text("other"));
        Edit edit = new Edit.Items(Path.of("spec", "containers"),
                List.of(web.with("image", Value.text("registry.example.com/web:2")), other), List.of(web, helper), 1,
                false);
        Plan plan = SamplePlans.plan(List.of(SamplePlans.update(SamplePlans.client("a"),
                SamplePlans.at("retail.yaml", 12), edit)));

        assertThat(TerminalPlan.render(plan, SamplePlans.HEADING, LOOK)).contains("""
                    spec.containers:                                    1 kept
                      web.image: registry.example.com/web:1 → registry.example.com/web:2
                      - {name: helper}
                      + {name: other}
                """);
    }

    @Test
    void noRowIsWiderThanTheTerminalAndNoneEndsInBlanks() {
        SamplePlans.all().forEach((name, sample) -> {
            for (int width : new int[]{40, 57, 80, 120, 200}) {
                for (Look.Detail detail : Look.Detail.values()) {
                    Look look = new Look(width, Look.Color.PLAIN, Glyphs.UNICODE, detail);
                    String text = TerminalPlan.render(sample.get().plan(), sample.get().heading(), look);
                    assertThat(text.lines()).as("%s at %d", name, width)
                            .filteredOn(row -> !row.startsWith("Plan: ") && !row.startsWith("No changes. "))
                            .allMatch(row -> Columns.of(row) <= width && row.equals(row.stripTrailing()));
                }
            }
        });
    }

    @Test
    void theSummaryIsOneRowHoweverNarrowTheTerminal() {
        Look narrow = new Look(1, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);

        assertThat(TerminalPlan.render(SamplePlans.plan(List.of()), SamplePlans.HEADING, narrow))
                .endsWith("\nNo changes. The realm and the cluster match the desired state.\n");
        assertThat(TerminalPlan.render(SamplePlans.named("forget").plan(), SamplePlans.HEADING, narrow))
                .endsWith("\nPlan: 0 to add, 0 to change, 0 to destroy, 2 to forget.\n");
    }

    @Test
    void asciiHasNoCharacterThatAnotherCharsetMayLack() {
        Look ascii = new Look(80, Look.Color.PLAIN, Glyphs.ASCII, Look.Detail.FULL);

        SamplePlans.all()
                .forEach((name, sample) -> assertThat(
                        TerminalPlan.render(sample.get().plan(), sample.get().heading(), ascii)).as(name).isASCII());
    }

    @Test
    void coloursOnlyAddToWhatIsThereWithoutThem() {
        SamplePlans.all().forEach((name, sample) -> {
            String colored = GoldenPlanTest.render(sample.get(), 80, Look.Color.ANSI, Glyphs.UNICODE,
                    Look.Detail.FOLDED);
            String plain = GoldenPlanTest.render(sample.get(), 80, Look.Color.PLAIN, Glyphs.UNICODE,
                    Look.Detail.FOLDED);
            assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).as(name).isEqualTo(plain);
        });
    }

    @Test
    void nothingFromOutsideReachesTheTerminalAsAControlCharacter() {
        SamplePlans.Sample hostile = SamplePlans.named("hostile-values");
        String text = GoldenPlanTest.render(hostile, 80, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FULL);

        assertThat(text.codePoints().filter(c -> c != '\n' && !Glyphs.UNICODE.shows(c)).boxed()).isEmpty();
        assertThat(text.lines().filter(row -> row.startsWith("Plan: ")))
                .containsExactly("Plan: 1 to add, 1 to change, 0 to destroy.");
    }

    @Test
    void aLongValueIsShownWholeOnlyIfAskedFor() {
        String end = "the-end-of-it";
        Change change = SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("f.yaml", 1),
                SamplePlans.set("rootUrl", Value.text("x"), Value.text("https://" + "a".repeat(2_000) + end)));
        Plan plan = SamplePlans.plan(List.of(change));

        assertThat(TerminalPlan.render(plan, SamplePlans.HEADING, LOOK)).contains("… (--full)").doesNotContain(end);
        Look full = new Look(100, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FULL);
        assertThat(TerminalPlan.render(plan, SamplePlans.HEADING, full).replaceAll("\\s", "")).contains(end)
                .doesNotContain("--full");
    }

    @Test
    void aTextOfManyThousandLinesIsComparedWithoutWaiting() {
        String before = "a\n".repeat(60_000);
        Change change = SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("f.yaml", 1),
                new Edit.Set(Path.of("text"), Value.text(before), Value.text(before.replace('a', 'b'))));

        assertThat(TerminalPlan.render(SamplePlans.plan(List.of(change)), SamplePlans.HEADING, LOOK))
                .contains("@@ -1,60001 +1,60001 @@", "more, --full");
    }

    @Test
    void aValueOfMegabytesIsLaidOutWithoutWaiting() {
        String before = "x".repeat(3_000_000);
        Change change = SamplePlans.update(SamplePlans.client("a"), SamplePlans.at("f.yaml", 1),
                SamplePlans.set("picture", Value.text(before), Value.text(before + "y")));
        Look full = new Look(80, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FULL);

        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThat(TerminalPlan.render(SamplePlans.plan(List.of(change)), SamplePlans.HEADING, full))
                        .hasSizeGreaterThan(6_000_000));
    }
}
