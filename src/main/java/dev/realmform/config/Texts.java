package dev.realmform.config;

/** What messages are made of: names that are safe to print. */
public final class Texts {

    private static final int LONGEST = 80;

    private Texts() {}

    /** A name from a file without control characters and of bounded length. */
    static String printable(String name) {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(name.length(), LONGEST);
        for (int i = 0; i < shown; i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.append(name.length() > LONGEST ? "…" : "").toString();
    }

    static String quoted(String name) {
        return '"' + printable(name) + '"';
    }

    /** Two sentences with a space between them; either may be empty. */
    static String sentences(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
    }
}
