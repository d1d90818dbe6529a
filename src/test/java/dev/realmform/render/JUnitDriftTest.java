package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import dev.realmform.testing.JUnitReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitDriftTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Address A = SamplePlans.client("a");
    private static final Address ROLE = Address.of("realm-role", "retail", "r");

    @Test
    void eachResourceThatWasComparedIsACaseAndEachDriftAFailure() {
        Edit both = SamplePlans.set("enabled", Value.bool(false), Value.bool(true));
        Plan plan = SamplePlans.plan(List.of(SamplePlans.update(A, SamplePlans.at("retail.yaml", 12), both)));
        String text = JUnitDrift.render(plan, Map.of(A, Set.of(Path.of("enabled"))),
                Set.of(A, SamplePlans.client("b"), ROLE), SamplePlans.HEADING, AT);

        assertThat(text).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="realmform drift" tests="3" failures="1" errors="0">
                  <testsuite name="client" tests="2" failures="1" errors="0" skipped="0" time="0" timestamp="2026-01-02T03:04:05">
                    <testcase classname="drift.client" name="client/retail/a" time="0">
                      <failure type="drift" message="client/retail/a has drifted">~ client/retail/a has drifted                                    retail.yaml:12
                    enabled: false → true                               also changed in the file
                </failure>
                    </testcase>
                    <testcase classname="drift.client" name="client/retail/b" time="0"/>
                  </testsuite>
                  <testsuite name="realm-role" tests="1" failures="0" errors="0" skipped="0" time="0" timestamp="2026-01-02T03:04:05">
                    <testcase classname="drift.realm-role" name="realm-role/retail/r" time="0"/>
                  </testsuite>
                </testsuites>
                """);
        JUnitReport.valid(text);
    }

    @Test
    void noNameAndNoValueBreaksTheXml() {
        Address hostile = SamplePlans.client("a]]>\"'<b>&amp;\u0000\u001b\ufffe\ud800");
        Plan plan = SamplePlans.plan(List.of(SamplePlans.update(hostile, SamplePlans.at("f.yaml", 1),
                SamplePlans.set("name", Value.text("</failure>\u0001"), Value.text("]]>\u0007")))));
        Document report = JUnitReport.valid(
                JUnitDrift.render(plan, Map.of(), Set.of(), SamplePlans.HEADING, AT));

        Element failure = (Element) report.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("a]]>", "'<b>&amp;\\x00");
        assertThat(failure.getTextContent()).contains("</failure>\\x01", "]]>\\x07");
        assertThat(((Element) report.getElementsByTagName("testcase").item(0)).getAttribute("name"))
                .contains("a]]>", "'<b>&amp;\\x00\\x1b");
    }

    @Test
    void everySamplePlanIsAValidReport() {
        SamplePlans.all()
                .forEach((name, sample) -> {
                    Plan plan = sample.get().plan();
                    Document report = JUnitReport.valid(
                            JUnitDrift.render(plan, Map.of(), Set.of(A), SamplePlans.HEADING, AT));
                    assertThat(report.getElementsByTagName("failure").getLength()).as(name)
                            .isEqualTo(
                                    (int) plan.changes().stream().map(Change::address).distinct().count());
                });
    }

    @Test
    void theSchemaRefusesWhatIsNoReport() {
        String text = JUnitDrift.render(SamplePlans.plan(List.of()), Map.of(), Set.of(A), SamplePlans.HEADING, AT);
        assertThatThrownBy(() -> JUnitReport.valid(text.replace("classname", "class")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> JUnitReport.valid(text.replace("failures=\"0\"", ""))).isInstanceOf(
                AssertionError.class);
    }
}
