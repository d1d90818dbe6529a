package dev.realmform.render;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How text for a terminal is laid out.
 *
 * @param width  columns, at least {@link #NARROWEST}
 * @param color  whether colours support what symbols and words say already
 * @param glyphs which characters may be shown
 * @param detail how much of long values
 */
public record Look(int width, Color color, Glyphs glyphs, Detail detail) {

    /** Where neither the terminal nor {@code COLUMNS} says how wide it is. */
    public static final int USUAL_WIDTH = 100;

    /** Below this nothing is laid out any more; the terminal wraps. */
    public static final int NARROWEST = 40;

    private static final int WIDEST_COLUMNS = 120;

    public enum Color {
        PLAIN, ANSI
    }

    public enum Detail {
        /** Long values are folded, with a word on how to see them. */
        FOLDED,
        /** {@code --full}. */
        FULL
    }

    public Look {
        width = Math.max(width, NARROWEST);
    }

    /** The width: what {@code COLUMNS} says, else what the terminal says, else {@link #USUAL_WIDTH}. */
    public static int width(Map<String, String> environment, OptionalInt terminal) {
        String columns = environment.getOrDefault("COLUMNS", "");
        boolean isNumber = !columns.isEmpty() && columns.length() < 6
                && columns.chars().allMatch(c -> c >= '0' && c <= '9');
        int asked = isNumber ? Integer.parseInt(columns) : 0;
        return asked > 0 ? asked : terminal.orElse(USUAL_WIDTH);
    }

    boolean isFull() {
        return detail == Detail.FULL;
    }

    /** Where the right column starts: file and line, or why something goes. */
    int sourceColumn() {
        return Math.min(width, WIDEST_COLUMNS) * 65 / 100;
    }

    /** Where remarks on a field start. */
    int noteColumn() {
        return Math.min(width, WIDEST_COLUMNS) * 56 / 100;
    }
}
