package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.ProofFormat;
import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.JUnitReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works and what does not, as people, pipelines and programs read it. */
class ProofTextTest {

    private static final Proof PROOF = new Proof(List.of(Check.works("plan", "nothing to change"),
            Check.fails("client osmo-device", "", List.of(new Fault("ID tokens carry the roles of <osmo-browser-flow>",
                    "the mapper names the client osmo-browser-flow, not osmo-device", "realmform apply -f osmo.yaml",
                    List.of("a", "b", "c", "d", "e", "f\u001b[2J")))),
            Check.note("not in the realm yet", "wait for their first login: zoe")));

    private static Look look(int width, Look.Color color, Glyphs glyphs, Look.Detail detail) {
        return new Look(width, color, glyphs, detail);
    }

    private static String text(int width) {
        return ProofText.render(PROOF, "realm osmo at https://sso.example.com", "All of it works.",
                look(width, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED));
    }

    @Test
    void eachThingThatDoesNotWorkHasItsCauseAndWhatHelps() {
        assertThat(text(80)).isEqualTo("""
                realm osmo at https://sso.example.com

                ✓ plan: nothing to change
                ✗ client osmo-device
                    ID tokens carry the roles of <osmo-browser-flow> (a, b, c, d, e and 1 more;
                      --full)
                    cause: the mapper names the client osmo-browser-flow, not osmo-device
                    helps: realmform apply -f osmo.yaml
                · not in the realm yet: wait for their first login: zoe

                1 thing does not work.
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void nothingIsWiderThanTheTerminal(int width) {
        assertThat(text(width).lines()).allMatch(line -> Columns.of(line) <= width);
    }

    @Test
    void whoeverWorksIsToldInOneLineInColourAndWithoutUnicode() {
        Proof works = new Proof(List.of(Check.works("plan", "nothing to change")));

        assertThat(ProofText.render(works, "r", "All of it works.",
                look(80, Look.Color.ANSI, Glyphs.UNICODE, Look.Detail.FULL))).contains("\u001b[1;32m✓\u001b[0m",
                        "\u001b[1;32mAll of it works.\u001b[0m");
        assertThat(ProofText.render(PROOF, "r", "", look(80, Look.Color.PLAIN, Glyphs.ASCII, Look.Detail.FULL)))
                .matches("\\p{ASCII}+")
                .contains("ok plan", "!! client", "f\\x1b[2J");
    }

    @Test
    void pipelinesGetATestCaseForEachCheck() {
        String report = JUnitProof.render(PROOF, "realm osmo", Instant.EPOCH);

        assertThat(report).contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"",
                "message=\"ID tokens carry the roles of &lt;osmo-browser-flow&gt;\"",
                "&gt; (a, b, c, d, e, f\\x1b[2J)\n  cause: the mapper",
                "\n  helps: realmform apply -f osmo.yaml</failure>", "<skipped message=\"wait for")
                .doesNotContain("\u001b");
        assertThat(JUnitReport.valid(report).getElementsByTagName("testcase").getLength()).isEqualTo(3);
    }

    @Test
    void casesOfOneNameAreNumbered() {
        Proof twice = new Proof(List.of(Check.works("plan", ""), Check.note("plan", "a warning")));

        assertThat(JUnitReport.valid(JUnitProof.render(twice, "r", Instant.EPOCH))
                .getElementsByTagName("testcase")
                .item(1)
                .getAttributes()
                .getNamedItem("name")
                .getNodeValue()).isEqualTo("plan (2)");
    }

    @Test
    void programsGetEverything() {
        var json = AdminApi.json(ProofFormat.write("realm osmo", PROOF));

        assertThat(json.path("holds").asBoolean()).isFalse();
        assertThat(json.path("checks").get(1).path("faults").get(0).path("concerns")).hasSize(6);
        assertThat(json.path("checks").findValuesAsText("status")).containsExactly("works", "fails", "note");
    }
}
