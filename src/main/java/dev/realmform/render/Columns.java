package dev.realmform.render;

import java.util.ArrayList;
import java.util.List;

/** How many terminal columns a text takes, and how to break it by them. */
final class Columns {

    /** First and last of each range of East Asian wide and full-width characters and pictographs. */
    private static final int[] WIDE = {0x1100, 0x115F, 0x2E80, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
        0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1FAFF, 0x20000, 0x3FFFD};

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int c) {
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
        int taken = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            taken += of(c);
            if (taken > room) {
                break;
            }
            at += Character.charCount(c);
        }
        return text.substring(0, at);
    }

    /** Rows of at most {@code room} columns, the first, and {@code room - hanging}, the others; broken at blanks where that is possible. */
    static List<String> wrap(String text, int room, int hanging) {
        List<String> rows = new ArrayList<>();
        String rest = text;
        int space = Math.max(room, 8);
        while (of(rest) > space) {
            String head = head(rest, space);
            boolean betweenWords = rest.charAt(head.length()) == ' ';
            int blank = betweenWords ? head.length() : head.lastIndexOf(' ');
            int cut = blank > space / 3 ? blank : head.length();
            rows.add(rest.substring(0, cut).stripTrailing());
            rest = rest.substring(cut).stripLeading();
            space = Math.max(room - hanging, 8);
        }
        if (!rest.isEmpty() || rows.isEmpty()) {
            rows.add(rest);
        }
        return rows;
    }

    static String pad(String text, int column) {
        return text + " ".repeat(Math.max(0, column - of(text)));
    }
}
