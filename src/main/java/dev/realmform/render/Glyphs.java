package dev.realmform.render;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Which characters reach the terminal. What is written in a file or on a server may be hostile: no control
 * character, no
 * escape sequence, no invisible or direction-changing character gets through; each is shown by its number.
 */
public enum Glyphs {
    UNICODE("→", "…", "·"),
    /** For charsets other than UTF-8. */
    ASCII("->", "...", "-");

    private final String arrow;
    private final String ellipsis;
    private final String dot;

    Glyphs(String arrow, String ellipsis, String dot) {
        this.arrow = arrow;
        this.ellipsis = ellipsis;
        this.dot = dot;
    }

    public static Glyphs of(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? UNICODE : ASCII;
    }

    String arrow() {
        return arrow;
    }

    String ellipsis() {
        return ellipsis;
    }

    /** The text with everything that must not reach a terminal escaped, line breaks too. */
    String escape(String text) {
        if (showsAll(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (shows(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append(number(c));
            }
        });
        return safe.toString();
    }

    /** Our own prose, which may hold an arrow, an ellipsis or a dot, around names that are not ours. */
    String prose(String text) {
        String ours = text.replace("→", arrow).replace("…", ellipsis).replace("·", dot);
        return escape(this == UNICODE ? ours : ours.replace("←", "<-").replace("✓", "ok").replace("✗", "fails:"));
    }

    /** Whether every character of a text stands for itself. */
    boolean showsAll(String text) {
        int c;
        for (int at = 0; at < text.length(); at += Character.charCount(c)) {
            c = text.codePointAt(at);
            if (!shows(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a character stands for itself. */
    boolean shows(int c) {
        if (c >= ' ' && c <= '~') {
            return true;
        }
        if (this == ASCII) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    /** The escape that YAML's double-quoted texts know too. */
    private static String number(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                c < 0x100 ? "\\x%02x".formatted(c) : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
        };
    }
}
