package dev.realmform.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** What differs between two texts of several lines, as unified hunks. */
final class TextDiff {

    private static final int CONTEXT = 3;

    /** Comparing takes time and memory by the square of what differs; longer texts are shown as wholly replaced. */
    private static final int MOST_LINES = 2_000;

    private TextDiff() {}

    /**
     * Lines of the texts; the sign of each is {@code '+'}, {@code '-'}, {@code ' '}, or {@code '@'} for a hunk's
     * header.
     */
    record Row(char sign, String text) {}

    static List<Row> of(List<String> before, List<String> after) {
        List<Row> rows = new ArrayList<>();
        List<String> unified = UnifiedDiffUtils.generateUnifiedDiff("a", "b", before, patch(before, after), CONTEXT);
        for (String line : unified.subList(Math.min(2, unified.size()), unified.size())) {
            boolean header = line.startsWith("@@ ");
            rows.add(header ? new Row('@', line) : new Row(line.charAt(0), line.substring(1)));
        }
        return rows;
    }

    /** The lines of a text; a line break at its end shows as one empty line more. */
    static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static Patch<String> patch(List<String> before, List<String> after) {
        if (before.size() + after.size() <= MOST_LINES) {
            return DiffUtils.diff(before, after);
        }
        Patch<String> whole = new Patch<>();
        whole.addDelta(new ChangeDelta<>(new Chunk<>(0, before), new Chunk<>(0, after)));
        return whole;
    }
}
