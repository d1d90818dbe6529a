package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan for a terminal: the changes in the order of an apply, then the summary, and under it, where the eye ends,
 * warnings
 * and every deletion once more.
 */
public final class TerminalPlan {

    /** Byte-stable: scripts look for it. */
    public static final String NO_CHANGES = "No changes. The realm and the cluster match the desired state.";

    private final Plan plan;
    private final Look look;
    private final Layout layout;

    private TerminalPlan(Plan plan, Look look) {
        this.plan = plan;
        this.look = look;
        this.layout = new Layout(look);
    }

    /**
     * The text, with a line break at its end. The summary is made beside the blocks: of ten thousand changes each takes long.
     * Not in one stream with them: they are one in themselves, in which whoever made the summary could not help.
     */
    public static String render(Plan plan, Heading heading, Look look) {
        TerminalPlan terminal = new TerminalPlan(plan, look);
        ForkJoinTask<String> summary = ForkJoinPool.commonPool().submit(terminal::summary);
        String head = terminal.rows(List.of(Line.of(0, Tone.PLAIN, look.glyphs().prose(heading.text()))));
        String blocks = terminal.layout.blocks(new PlanBlocks(plan, heading, look, new Voice.OfPlan()).all());
        return Stream.of(head, blocks, terminal.general(), summary.join())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** What is true of the whole, and of resources that have no block since nothing about them changes. */
    private String general() {
        List<Line> lines = new ArrayList<>();
        for (Plan.Notice notice : plan.notices()) {
            if (notice instanceof Plan.Notice.General(String text)) {
                lines.add(Line.of(0, Tone.QUIET, look.glyphs().prose(text)));
            } else if (notice instanceof Plan.Notice.About(Address about, String text)
                    && plan.change(about).isEmpty()) {
                lines.add(Line.of(0, Tone.QUIET, look.glyphs().prose(about + ": " + text)));
            }
        }
        return rows(lines);
    }

    private String summary() {
        String sentence = plan.isEmpty() ? NO_CHANGES : plan.counts().summary();
        Tone tone = plan.isEmpty() ? Tone.GOOD : Tone.HEAD;
        StringBuilder text = new StringBuilder(tone.paint(look, sentence)).append('\n');
        new AccessWords(plan.access(), look).sum()
                .ifPresent(sum -> text.append(layout.line(Line.of(0, Tone.PLAIN, look.glyphs().prose(sum)))));
        new ExpectationWords(plan.expected(), look).lines().forEach(line -> text.append(layout.line(line)));
        Deletions deletions = new Deletions(plan, look);
        deletions.otherWarnings().forEach(line -> text.append(layout.line(line)));
        deletions.lines().forEach(line -> text.append(layout.line(line)));
        return text.toString();
    }

    private String rows(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(layout.line(line)));
        return text.toString();
    }
}
