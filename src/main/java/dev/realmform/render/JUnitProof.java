package dev.realmform.render;

import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Fault;
import dev.realmform.model.Proof.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was looked at as a JUnit report: a test case for each check; one that is only a note is skipped. */
public final class JUnitProof {

    private JUnitProof() {}

    /** The text, with a line break at its end. */
    public static String render(Proof proof, String subject, Instant at) {
        long failures = count(proof, Status.FAILS);
        long skipped = count(proof, Status.NOTE);
        List<String> rows = new ArrayList<>();
        rows.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        rows.add("<testsuites name=\"realmform verify\" tests=\"%d\" failures=\"%d\" errors=\"0\">"
                .formatted(proof.checks().size(), failures));
        String when = at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
        rows.add(("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"0\""
                + " timestamp=\"%s\">").formatted(text(subject), proof.checks().size(), failures, skipped, when));
        Map<String, Integer> names = new HashMap<>();
        for (Check check : proof.checks()) {
            int before = names.merge(check.about(), 1, Integer::sum);
            rows.add(testCase(check, before == 1 ? check.about() : check.about() + " (" + before + ")"));
        }
        rows.add("  </testsuite>");
        rows.add("</testsuites>");
        return String.join("\n", rows) + "\n";
    }

    private static long count(Proof proof, Status status) {
        return proof.checks().stream().filter(check -> check.status() == status).count();
    }

    /** Pipelines tell cases apart by name, and show the first failure of each. */
    private static String testCase(Check check, String name) {
        String start = "    <testcase classname=\"verify\" name=\"%s\" time=\"0\"".formatted(text(name));
        return switch (check.status()) {
            case WORKS -> start + "/>";
            case NOTE -> start + "><skipped message=\"" + text(check.says()) + "\"/></testcase>";
            case FAILS ->
                start + ">\n      <failure type=\"verify\" message=\"%s\">%s</failure>\n    </testcase>".formatted(
                        check.faults().stream().map(fault -> text(fault.what())).collect(Collectors.joining("; ")),
                        check.faults().stream().map(JUnitProof::told).collect(Collectors.joining("\n")));
        };
    }

    private static String told(Fault fault) {
        String who = fault.concerns().isEmpty() ? "" : " (" + String.join(", ", fault.concerns()) + ")";
        String cause = fault.cause().isEmpty() ? "" : "\n  cause: " + text(fault.cause());
        return text(fault.what() + who) + cause + "\n  helps: " + text(fault.remedy());
    }

    /** Safe in a text and in an attribute. */
    private static String text(String raw) {
        return JUnitDrift.xml(Glyphs.UNICODE.escape(raw));
    }
}
