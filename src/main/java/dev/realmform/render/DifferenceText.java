package dev.realmform.render;

import java.util.List;

/** Values that are not as they should be, for people: which, where, what is there, what should be, why. */
public final class DifferenceText {

    private static final int LABEL = 12;

    private final Look look;
    private final StringBuilder text = new StringBuilder();

    private DifferenceText(Look look) {
        this.look = look;
    }

    /** One of them. */
    public record Difference(String name, String where, String found, String wanted, String why) {}

    /** The text, a paragraph for each. */
    public static String render(List<Difference> differences, Look look) {
        DifferenceText written = new DifferenceText(look);
        differences.forEach(written::one);
        return written.text.toString();
    }

    private void one(Difference difference) {
        String name = shown(difference.name());
        int gap = Math.max(2, look.sourceColumn() - 2 - Columns.of(name));
        text.append("  ")
                .append(Tone.CHANGED.paint(look, name))
                .append(" ".repeat(gap))
                .append(Tone.QUIET.paint(look, shown(difference.where())))
                .append('\n');
        row("found", difference.found(), Tone.REMOVED);
        row("should be", difference.wanted(), Tone.ADDED);
        Columns.wrap(shown(difference.why()), look.width() - 4, 0)
                .forEach(row -> text.append("    ").append(row).append('\n'));
        text.append('\n');
    }

    private void row(String label, String value, Tone tone) {
        List<String> rows = Columns.wrap(shown(value), look.width() - 4 - LABEL, 0);
        for (int i = 0; i < rows.size(); i++) {
            String head = i == 0 ? label : "";
            text.append("    ")
                    .append(head)
                    .append(" ".repeat(LABEL - head.length()))
                    .append(tone.paint(look, rows.get(i)))
                    .append('\n');
        }
    }

    private String shown(String value) {
        return look.glyphs().escape(value);
    }
}
