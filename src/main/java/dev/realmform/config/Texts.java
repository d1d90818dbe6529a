package dev.realmform.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What messages are made of: names that are safe to print, and the names that somebody may have meant. */
public final class Texts {

    private static final int LONGEST = 80;
    private static final int MOST_SUGGESTIONS = 3;

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

    /** {@code Similar: a, b.}, or nothing if no name is near. */
    public static String similar(String name, Collection<String> known) {
        List<String> near = nearest(name, known);
        return near.isEmpty() ? "" : "Similar: " + String.join(", ", near) + ".";
    }

    /** Two sentences with a space between them; either may be empty. */
    static String sentences(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
    }

    /** The known names within a small edit distance, nearest first. */
    static List<String> nearest(String name, Collection<String> known) {
        record Near(String name, int distance) {}
        int limit = Math.max(1, Math.min(name.length(), LONGEST) / 3);
        List<Near> found = new ArrayList<>();
        for (String candidate : known) {
            if (Math.abs(candidate.length() - name.length()) <= limit && candidate.length() <= LONGEST) {
                int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
                if (distance <= limit) {
                    found.add(new Near(candidate, distance));
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MOST_SUGGESTIONS)
                .map(Near::name)
                .toList();
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
