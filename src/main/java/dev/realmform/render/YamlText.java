package dev.realmform.render;

import java.util.regex.Pattern;

/** Texts as a person would write them in YAML: plain where that reads back as the same text, else quoted. */
final class YamlText {

    /** What YAML 1.1 or 1.2 reads as something else than a text. */
    private static final Pattern NO_TEXT = Pattern.compile("(?i)~|null|true|false|yes|no|on|off|y|n|=|<<"
            + "|[-+]?(0x[0-9a-f_]+|0b[01_]+|0o[0-7_]+|[0-9][0-9_,]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?"
            + "|\\.[0-9_]+(e[-+]?[0-9]+)?)"
            + "|[-+]?\\.(inf|nan)|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    /** Longer texts are no number or date, and are not worth matching. */
    private static final int LONGEST_SPECIAL = 64;

    private final Glyphs glyphs;

    YamlText(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    Glyphs glyphs() {
        return glyphs;
    }

    /** Where a text stands: in a flow collection, fewer characters are plain. */
    enum Place {
        BLOCK, FLOW
    }

    String scalar(String text, Place place) {
        if (!glyphs.showsAll(text)) {
            return '"' + glyphs.escape(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
        }
        if (isPlain(text, place)) {
            return text;
        }
        boolean single = (text.contains("\"") || text.contains("\\")) && !text.contains("'");
        return single ? "'" + text + "'" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether the text can be shown line by line: every character but the line breaks stands for itself. */
    boolean isPrintable(String text) {
        return text.codePoints().allMatch(c -> c == '\n' || glyphs.shows(c));
    }

    private static boolean isPlain(String text, Place place) {
        if (text.isEmpty() || text.startsWith(" ") || text.endsWith(" ") || text.endsWith(":")) {
            return false;
        }
        if (text.contains(": ") || text.contains(" #") || text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        if (text.length() <= LONGEST_SPECIAL && NO_TEXT.matcher(text).matches()) {
            return false;
        }
        if (place == Place.FLOW && holdsAny(text, ",[]{}?")) {
            return false;
        }
        return INDICATORS.indexOf(text.charAt(0)) < 0 || text.matches("-[\\p{L}/].*");
    }

    private static boolean holdsAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
