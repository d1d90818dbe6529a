package dev.realmform.render;

/** Foreign text inside Markdown: it stays text, whatever is in it. */
final class MarkdownText {

    private static final String SPECIAL = "\\`*_[]<>&#|~";

    private MarkdownText() {}

    /** As prose. A zero-width space keeps a name behind {@code @} from being called. */
    static String prose(String text) {
        StringBuilder safe = new StringBuilder();
        text.chars().forEach(c -> {
            if (SPECIAL.indexOf(c) >= 0) {
                safe.append('\\');
            }
            safe.append((char) c);
            if (c == '@') {
                safe.append('\u200b');
            }
        });
        return safe.toString();
    }

    /** As a code span. */
    static String code(String text) {
        String ticks = "`".repeat(longestRun(text) + 1);
        boolean touches = text.startsWith("`") || text.endsWith("`");
        return touches ? ticks + " " + text + " " + ticks : ticks + text + ticks;
    }

    /**
     * As a code span in a cell of a table. A bar behind a backslash would end the cell even so: it is shown by its
     * number.
     */
    static String cell(String text) {
        return text.isEmpty() ? "" : code(text.replace("\\|", "\\\\x7c").replace("|", "\\|"));
    }

    /** Inside an HTML element. */
    static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A block of code that nothing in it can end. */
    static String fence(String language, String content) {
        String ticks = "`".repeat(Math.max(3, longestRun(content) + 1));
        return ticks + language + "\n" + content + ticks + "\n";
    }

    /** As the content of a hidden comment. */
    static String comment(String text) {
        return text.replaceAll("[^A-Za-z0-9._,/ -]", "_").replaceAll("-{2,}", "-");
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
