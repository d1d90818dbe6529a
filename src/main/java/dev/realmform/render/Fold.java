package dev.realmform.render;

import java.util.ArrayList;
import java.util.List;

/** Cuts long lists of lines, saying how many are left out. */
final class Fold {

    private Fold() {}

    /** The first {@code most} lines and a word on the others; all of them if only one would be left out. */
    static List<Line> to(int most, List<Line> lines, Look look) {
        if (look.isFull() || lines.size() <= most + 1) {
            return lines;
        }
        List<Line> folded = new ArrayList<>(lines.subList(0, most));
        int indent = folded.getLast().indent();
        folded.add(Line.of(indent, Tone.QUIET,
                "%s %d more, --full".formatted(look.glyphs().ellipsis(), lines.size() - most)));
        return folded;
    }
}
