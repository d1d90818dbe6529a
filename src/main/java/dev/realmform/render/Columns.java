package dev.realmform.render;

import java.util.ArrayList;
import java.util.List;

/** How many terminal columns a text takes, and how to break it by them. */
final class Columns {

    /** First and last of each range of East Asian wide and full-width characters and pictographs. */
    private static final int[] WIDE = {0x1100, 0x115F, 0x2E80, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
        0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1FAFF, 0x20000, 0x3FFFD};

    /** A row has room for that much, whatever stands before it. */
    private static final int NARROWEST = 8;

    private Columns() {}

    static int of(String text) {
        int columns = 0;
        int c;
        for (int at = 0; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            columns += of(c);
        }
        return columns;
    }

    private static int of(int c) {
        if (c >= ' ' && c <= '~') {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        for (int i = 0; i < WIDE.length; i += 2) {
            if (c >= WIDE[i] && c <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The longest beginning that takes at most {@code room} columns. */
    static String head(String text, int room) {
        return text.substring(0, end(text, 0, room));
    }

    /** Where the longest part from {@code from} ends that takes at most {@code room} columns. */
    private static int end(String text, int from, int room) {
        int taken = 0;
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            taken += of(c);
            if (taken > room) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /**
     * Rows of at most {@code room} columns, the first, and {@code room - hanging}, the others; broken at blanks
     * where that is possible.
     */
    static List<String> wrap(String text, int room, int hanging) {
        List<String> rows = new ArrayList<>();
        int from = 0;
        int space = Math.max(room, NARROWEST);
        int end = end(text, from, space);
        while (end < text.length()) {
            int cut = end;
            while (cut > from + space / 3 && text.charAt(cut) != ' ') {
                cut--;
            }
            cut = text.charAt(cut) == ' ' ? cut : end;
            rows.add(text.substring(from, cut).stripTrailing());
            from = cut;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            space = Math.max(room - hanging, NARROWEST);
            end = end(text, from, space);
        }
        if (from < text.length() || rows.isEmpty()) {
            rows.add(text.substring(from));
        }
        return rows;
    }
}
