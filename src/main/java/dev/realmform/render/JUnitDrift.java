package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Drift as a JUnit report, which pipelines show beside the tests: one suite a resource type, one test case a resource that
 * was compared, and a failure for each that has drifted.
 */
public final class JUnitDrift {

    private static final Look LOOK = new Look(Look.USUAL_WIDTH, Look.Color.PLAIN, Glyphs.UNICODE, Look.Detail.FOLDED);

    private final SortedMap<String, SortedSet<Address>> byType = new TreeMap<>();
    private final Map<Address, Block> drifted = new TreeMap<>();
    private final String at;

    private JUnitDrift(Instant at) {
        this.at = at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
    }

    /**
     * The text, with a line break at its end.
     *
     * @param plan        what would undo the drift, and nothing else
     * @param alsoChanged fields that changed in the file too
     * @param compared    all resources that the state knows
     * @param at          when it was looked
     */
    public static String render(Plan plan, Map<Address, ? extends Set<Path>> alsoChanged, Set<Address> compared,
            Heading heading, Instant at) {
        JUnitDrift report = new JUnitDrift(at);
        compared.forEach(report::add);
        PlanBlocks blocks = new PlanBlocks(plan, heading, LOOK, new DriftText.OfDrift(alsoChanged));
        for (Change change : plan.changes()) {
            report.add(change.address());
            report.drifted.put(change.address(), blocks.block(change));
        }
        return report.text();
    }

    private void add(Address address) {
        byType.computeIfAbsent(address.type(), unseen -> new TreeSet<>()).add(address);
    }

    private String text() {
        int tests = byType.values().stream().mapToInt(Set::size).sum();
        List<String> rows = new ArrayList<>();
        rows.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        rows.add("<testsuites name=\"realmform drift\" tests=\"%d\" failures=\"%d\" errors=\"0\">".formatted(tests,
                drifted.size()));
        byType.forEach((type, addresses) -> {
            long failures = addresses.stream().filter(drifted::containsKey).count();
            rows.add(("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"0\""
                    + " timestamp=\"%s\">").formatted(xml(type), addresses.size(), failures, at));
            addresses.forEach(address -> rows.add(testCase(address)));
            rows.add("  </testsuite>");
        });
        rows.add("</testsuites>");
        return String.join("\n", rows) + "\n";
    }

    private String testCase(Address address) {
        String start = "    <testcase classname=\"drift.%s\" name=\"%s\" time=\"0\"".formatted(xml(address.type()),
                xml(LOOK.glyphs().escape(address.toString())));
        Block block = drifted.get(address);
        if (block == null) {
            return start + "/>";
        }
        String text = new Layout(LOOK).blocks(List.of(block));
        return start + ">\n      <failure type=\"drift\" message=\"%s\">%s</failure>\n    </testcase>"
                .formatted(xml(block.title()), xml(text));
    }

    /** Everything that XML cannot hold has been escaped by then; what is left has names there. */
    static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
