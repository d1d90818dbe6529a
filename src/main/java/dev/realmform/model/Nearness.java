package dev.realmform.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which of some known names somebody may have meant by one that is not known. */
public final class Nearness {

    /** Longer names are compared with none: that would take long, and nobody types them. */
    private static final int LONGEST = 80;

    private static final int MOST_SUGGESTIONS = 3;

    private Nearness() {}

    /** The known names within a small edit distance, nearest first. */
    public static List<String> nearest(String name, Collection<String> known) {
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

    /** {@code Similar: a, b.}, or nothing if no name is near. */
    public static String similar(String name, Collection<String> known) {
        List<String> near = nearest(name, known);
        return near.isEmpty() ? "" : "Similar: " + String.join(", ", near) + ".";
    }

    /** Whether a name is so near to a known one that it can hardly be a name of its own: {@code displaName}. */
    public static boolean looksMistyped(String name, Collection<String> known) {
        String bare = bare(name);
        int limit = bare.length() < 3 ? 0 : bare.length() < 6 ? 1 : 2;
        return known.stream()
                .map(Nearness::bare)
                .filter(candidate -> Math.abs(candidate.length() - bare.length()) <= limit)
                .anyMatch(candidate -> bare.equals(candidate)
                        || (bare.length() <= LONGEST && distance(bare, candidate) <= limit));
    }

    /** How names are written is a matter of taste: {@code display-name}. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    public static int distance(String a, String b) {
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
