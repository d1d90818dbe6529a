package dev.realmform.render;

/** What differs between two texts of several lines, for people. */
public final class LinesText {

    private LinesText() {}

    /** All lines of a text as new ones; indented. */
    public static String added(String text, Look look) {
        StringBuilder lines = new StringBuilder();
        TextDiff.lines(text)
                .forEach(line -> lines.append("    ")
                        .append(Tone.ADDED.paint(look, look.glyphs().escape("+ " + line)))
                        .append('\n'));
        return lines.toString();
    }

    /** The lines that differ, with a sign before each, and a few around them; indented. */
    public static String diff(String before, String after, Look look) {
        StringBuilder text = new StringBuilder();
        for (TextDiff.Row row : TextDiff.of(TextDiff.lines(before), TextDiff.lines(after))) {
            Tone tone = switch (row.sign()) {
                case '+' -> Tone.ADDED;
                case '-' -> Tone.REMOVED;
                case '@' -> Tone.QUIET;
                default -> Tone.PLAIN;
            };
            String line = row.sign() == '@' ? "..." : row.sign() + " " + row.text();
            text.append("    ").append(tone.paint(look, look.glyphs().escape(line))).append('\n');
        }
        return text.toString();
    }
}
