package dev.realmform.render;

import dev.realmform.model.Proof;
import dev.realmform.model.Proof.Check;
import dev.realmform.model.Proof.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

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
        rows.add("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"0\" timestamp=\"%s\">"
                .formatted(JUnitDrift.xml(safe(subject)), proof.checks().size(), failures, skipped,
                        at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "")));
        proof.checks().forEach(check -> rows.add(testCase(check)));
        rows.add("  </testsuite>");
        rows.add("</testsuites>");
        return String.join("\n", rows) + "\n";
    }

    private static long count(Proof proof, Status status) {
        return proof.checks().stream().filter(check -> check.status() == status).count();
    }

    private static String testCase(Check check) {
        String start = "    <testcase classname=\"verify\" name=\"%s\" time=\"0\"".formatted(text(check.about()));
        return switch (check.status()) {
            case WORKS -> start + "/>";
            case NOTE -> start + "><skipped message=\"" + text(check.says()) + "\"/></testcase>";
            case FAILS -> {
                StringBuilder failures = new StringBuilder(start + ">\n");
                check.faults()
                        .forEach(fault -> failures.append("      <failure type=\"verify\" message=\"%s\">%s</failure>\n"
                                .formatted(text(fault.what()), text("cause: " + fault.cause() + "; helps: "
                                        + fault.remedy() + (fault.concerns().isEmpty() ? ""
                                                : "; concerns: " + String.join(", ", fault.concerns()))))));
                yield failures + "    </testcase>";
            }
        };
    }

    private static String text(String raw) {
        return JUnitDrift.xml(safe(raw));
    }

    private static String safe(String raw) {
        return Glyphs.UNICODE.escape(raw);
    }
}
