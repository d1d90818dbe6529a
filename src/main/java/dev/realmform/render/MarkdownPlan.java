package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan as a comment on a pull request. A person reads it from the top: the counts, what is deleted, one row a
 * change, and
 * each change to unfold. Cut between resources to a budget of bytes.
 */
public final class MarkdownPlan {

    /** What a comment on GitHub may hold. */
    public static final int GITHUB_BYTES = 65_536;

    /** Less than this holds no headline. */
    public static final int FEWEST_BYTES = 1_024;

    /** Kept for the line that says what was left out. */
    private static final int RESERVE = 200;

    /** Columns of one line, above which it is cut: one long text must not take the room of all others. */
    private static final int LONGEST_LINE = 400;

    private static final int LONGEST_NAME = 200;

    private static final int LONGEST_MARKER = 100;

    /** How each change is unfolded. */
    public enum Details {
        /** In {@code <details>}. */
        COLLAPSED,
        /** Under a heading, where {@code <details>} does not render. */
        OPEN
    }

    /**
     * How to write it.
     *
     * @param marker   what a bot finds its own comment by: the same from run to run, such as the realm
     * @param maxBytes UTF-8 bytes, at least {@link #FEWEST_BYTES}
     */
    public record Style(String marker, int maxBytes, Details details, Look.Detail detail) {
        public Style {
            maxBytes = Math.max(maxBytes, FEWEST_BYTES);
        }
    }

    /** Of which command it tells: the name stands in the marker, so that a plan and a drift are two comments. */
    private record Subject(String command, String headline, Optional<String> direction, Voice voice) {

        static Subject plan(Plan plan) {
            return new Subject("plan", plan.isEmpty() ? TerminalPlan.NO_CHANGES : plan.counts().summary(),
                    Optional.empty(), new Voice.OfPlan());
        }

        static Subject drift(Plan plan, Map<Address, ? extends Set<Path>> alsoChanged) {
            return new Subject("drift", DriftText.headline(plan), Optional.of(DriftText.DIRECTION),
                    new DriftText.OfDrift(alsoChanged));
        }
    }

    private final Plan plan;
    private final Subject subject;
    private final Heading heading;
    private final Style style;
    private final Look look;

    private MarkdownPlan(Plan plan, Subject subject, Heading heading, Style style) {
        this.plan = plan;
        this.subject = subject;
        this.heading = heading;
        this.style = style;
        this.look = new Look(Look.USUAL_WIDTH, Look.Color.PLAIN, Glyphs.UNICODE, style.detail());
    }

    /** The text, with a line break at its end and within the budget. */
    public static String render(Plan plan, Heading heading, Style style) {
        return new MarkdownPlan(plan, Subject.plan(plan), heading, style).text();
    }

    /**
     * What has drifted, in the same form.
     *
     * @param plan        what would undo the drift, and nothing else
     * @param alsoChanged fields that changed in the file too
     */
    public static String drift(Plan plan, Map<Address, ? extends Set<Path>> alsoChanged, Heading heading, Style style) {
        return new MarkdownPlan(plan, Subject.drift(plan, alsoChanged), heading, style).text();
    }

    private String text() {
        Budget budget = new Budget(style.maxBytes() - RESERVE);
        budget.add("<!-- realmform " + subject.command() + ": " + marker() + " -->\n");
        budget.add("### " + subject.headline() + "\n\n");
        budget.add(cut(MarkdownText.prose(look.glyphs().prose(heading.text())), LONGEST_LINE) + "\n");
        if (subject.direction().isEmpty()) {
            caution(budget);
        } else if (!plan.isEmpty()) {
            budget.add("\n" + subject.direction().get() + "\n");
        }
        general(budget);
        List<Block> blocks = new PlanBlocks(plan, heading, look, subject.voice()).all();
        int unlisted = table(budget, blocks);
        int undetailed = details(budget, blocks.subList(0, blocks.size() - unlisted));
        return budget.text() + leftOut(unlisted, undetailed);
    }

    /** Of a long one what stands for the whole is kept: many realms at one server may begin alike. */
    private String marker() {
        String text = MarkdownText.comment(style.marker());
        return Columns.of(text) <= LONGEST_MARKER ? text
                : cut(text, LONGEST_MARKER) + " " + Fingerprint.of(Value.text(style.marker())).text();
    }

    private void caution(Budget budget) {
        Deletions deletions = new Deletions(plan, look);
        List<Line> lines = new ArrayList<>(deletions.lines());
        lines.addAll(deletions.otherWarnings());
        budget.addAll("\n> [!CAUTION]\n",
                lines.stream()
                        .map(line -> "> - " + MarkdownText.prose(cut(line.text().substring(2), LONGEST_LINE)) + "\n")
                        .toList(),
                "> - … %d more\n");
    }

    private void general(Budget budget) {
        List<String> rows = new ArrayList<>();
        new AccessWords(plan.access(), look).sum()
                .ifPresent(sum -> rows.add(
                        "- " + MarkdownText.prose(cut(look.glyphs().prose(sum), LONGEST_LINE)) + "\n"));
        new ExpectationWords(plan.expected(), look).lines()
                .forEach(line -> rows.add("- " + MarkdownText.prose(cut(line.text(), LONGEST_LINE)) + "\n"));
        for (Plan.Notice notice : plan.notices()) {
            Optional<String> row = switch (notice) {
                case Plan.Notice.General(String text) -> Optional.of(text);
                case Plan.Notice.About(Address about, String text) -> Optional.of(about + ": " + text)
                        .filter(ignored -> plan.change(about).isEmpty());
                case Plan.Notice.Warning ignored -> Optional.empty();
            };
            row.ifPresent(text -> rows.add(
                    "- " + MarkdownText.prose(cut(look.glyphs().prose(text), LONGEST_LINE)) + "\n"));
        }
        budget.addAll("\n", rows, "- … %d more\n");
    }

    /** How many changes have no row. */
    private int table(Budget budget, List<Block> blocks) {
        return budget.addAll("\n| | resource | |\n|---|---|---|\n", blocks.stream()
                .map(block -> "| %s | %s | %s |\n".formatted(MarkdownText.code(block.symbol()),
                        MarkdownText.cell(cut(block.title(), LONGEST_NAME)),
                        MarkdownText.cell(cut(block.right(), LONGEST_NAME))))
                .toList(), "");
    }

    /** How many changes that have something to unfold are not unfolded. */
    private int details(Budget budget, List<Block> blocks) {
        int undetailed = 0;
        for (Block block : blocks) {
            if (!block.lines().isEmpty() && !budget.add("\n" + detail(block))) {
                undetailed++;
            }
        }
        return undetailed;
    }

    private String detail(Block block) {
        StringBuilder rows = new StringBuilder();
        block.lines().forEach(line -> rows.append(row(line, block.tone())).append('\n'));
        String fence = MarkdownText.fence("diff", rows.toString());
        String title = block.symbol() + " " + block.title();
        return switch (style.details()) {
            case COLLAPSED -> "<details><summary><code>" + MarkdownText.html(title) + "</code></summary>\n\n" + fence
                    + "\n</details>\n";
            case OPEN -> "#### " + MarkdownText.code(title) + "\n\n" + fence;
        };
    }

    /** A line with its sign in column 0, where highlighters look for it. */
    private String row(Line line, Tone of) {
        boolean signed = line.text().startsWith("+ ") || line.text().startsWith("- ");
        boolean header = line.text().startsWith("@@ ");
        String sign = switch (line.tone()) {
            case ADDED -> "+ ";
            case REMOVED -> "- ";
            case EDITED -> "! ";
            case ABOUT -> "# ";
            case PLAIN -> of == Tone.ADDED ? "+ " : "  ";
            case QUIET, HEAD, CHANGED, WARNING, ERROR, GOOD -> header ? "" : "  ";
        };
        boolean doubled = signed && (line.tone() == Tone.ADDED || line.tone() == Tone.REMOVED);
        String text = doubled || line.text().startsWith("  ") ? line.text().substring(2) : line.text();
        String shown = line.fit() == Line.Fit.SHORTENED && !look.isFull() ? cut(text, LONGEST_LINE) : text;
        String note = line.note().isEmpty() ? "" : "  # " + line.note();
        return (sign + (header ? "" : " ".repeat(line.indent() - 4)) + shown + note).stripTrailing();
    }

    private static String cut(String text, int columns) {
        return Columns.of(text) <= columns ? text : Columns.head(text, columns) + "…";
    }

    private String leftOut(int unlisted, int undetailed) {
        if (unlisted + undetailed == 0) {
            return "";
        }
        String listed = unlisted > 0 ? "%s not listed".formatted(Words.plural(unlisted, "change")) : "";
        String detailed = undetailed > 0 ? "%s not shown in detail".formatted(Words.plural(undetailed, "change")) : "";
        return "\n**Cut to fit: " + Words.join(listed, detailed) + ".** `realmform "
                + subject.command() + "` shows all of it.\n";
    }

    /** Text that does not grow beyond so many bytes. */
    private static final class Budget {

        private final StringBuilder text = new StringBuilder();
        private int left;

        Budget(int bytes) {
            this.left = bytes;
        }

        /** Whether there was room for the part. */
        boolean add(String part) {
            int bytes = bytes(part);
            if (bytes > left) {
                return false;
            }
            text.append(part);
            left -= bytes;
            return true;
        }

        /**
         * As many rows as half of what is left has room for, under a head, with a word on the others. How many were
         * left out.
         */
        int addAll(String head, List<String> rows, String others) {
            int room = left / 2 - bytes(head) - bytes(others) - 10;
            int shown = 0;
            while (shown < rows.size() && bytes(rows.get(shown)) <= room) {
                room -= bytes(rows.get(shown));
                shown++;
            }
            int out = rows.size() - shown;
            if (!rows.isEmpty()) {
                add(head + String.join("", rows.subList(0, shown)) + (out > 0 ? others.formatted(out) : ""));
            }
            return out;
        }

        String text() {
            return text.toString();
        }

        private static int bytes(String part) {
            return part.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
