package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan for a terminal: the changes in the order of an apply, then the summary, and under it, where the eye ends, warnings
 * and every deletion once more.
 */
public final class TerminalPlan {

    /** Byte-stable: scripts look for it. */
    public static final String NO_CHANGES = "No changes. The realm and the cluster match the desired state.";

    /** What goes along with a container, named at its deletion, above which it is counted only. */
    private static final int MOST_INSIDE = 8;

    private final Plan plan;
    private final Look look;
    private final Layout layout;

    private TerminalPlan(Plan plan, Look look) {
        this.plan = plan;
        this.look = look;
        this.layout = new Layout(look);
    }

    /** The text, with a line break at its end. */
    public static String render(Plan plan, Heading heading, Look look) {
        TerminalPlan terminal = new TerminalPlan(plan, look);
        List<String> parts = new ArrayList<>();
        parts.add(terminal.rows(List.of(Line.of(0, Tone.PLAIN, look.glyphs().prose(heading.text())))));
        parts.add(terminal.layout.blocks(new PlanBlocks(plan, heading, look, new Voice.OfPlan()).all()));
        parts.add(terminal.general());
        parts.add(terminal.summary());
        return String.join("\n", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private String general() {
        List<Line> lines = new ArrayList<>();
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.General(String text)) {
                lines.add(Line.of(0, Tone.QUIET, look.glyphs().prose(text)));
            }
        }
        return rows(lines);
    }

    private String summary() {
        String sentence = plan.isEmpty() ? NO_CHANGES : plan.counts().summary();
        Tone tone = plan.isEmpty() ? Tone.GOOD : Tone.HEAD;
        StringBuilder text = new StringBuilder(tone.paint(look, sentence)).append('\n');
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.Warning warning) {
                String about = warning.about().map(address -> name(address) + ": ").orElse("");
                text.append(layout.line(Line.of(0, Tone.WARNING, "! " + about + look.glyphs().prose(warning.text()))));
            }
        }
        return text.append(rows(deletions())).toString();
    }

    private List<Line> deletions() {
        Set<Address> going = new HashSet<>();
        Map<Address, List<Address>> inside = new HashMap<>();
        plan.changes().forEach(change -> {
            if (change instanceof Change.Delete(var live, var why, var goesWith)) {
                going.add(change.address());
                goesWith.ifPresent(
                        container -> inside.computeIfAbsent(container, c -> new ArrayList<>()).add(change.address()));
            }
        });
        List<Line> lines = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Delete delete && delete.goesWith().filter(going::contains).isEmpty()) {
                lines.add(destroys(change, with(allInside(change.address(), inside))));
            } else if (change instanceof Change.Replace) {
                lines.add(destroys(change, ", then creates it anew"));
            }
        }
        return lines;
    }

    private Line destroys(Change change, String more) {
        return Line.of(0, Tone.REMOVED, "! destroys " + name(change.address()) + more);
    }

    /** What goes along, and what goes along with that. */
    private static List<Address> allInside(Address container, Map<Address, List<Address>> inside) {
        List<Address> all = new ArrayList<>();
        Set<Address> seen = new HashSet<>(Set.of(container));
        Deque<Address> open = new ArrayDeque<>(Set.of(container));
        while (!open.isEmpty()) {
            for (Address address : inside.getOrDefault(open.removeFirst(), List.of())) {
                if (seen.add(address)) {
                    all.add(address);
                    open.addLast(address);
                }
            }
        }
        return all;
    }

    private String with(List<Address> inside) {
        if (inside.isEmpty()) {
            return "";
        }
        int shown = look.isFull() || inside.size() <= MOST_INSIDE + 1 ? inside.size() : MOST_INSIDE;
        String names = inside.subList(0, shown).stream().map(this::name).collect(Collectors.joining(", "));
        String more = ", %s %d more, --full".formatted(look.glyphs().ellipsis(), inside.size() - shown);
        return " and with it " + names + (shown < inside.size() ? more : "");
    }

    private String name(Address address) {
        return look.glyphs().escape(address.toString());
    }

    private String rows(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(layout.line(line)));
        return text.toString();
    }
}
