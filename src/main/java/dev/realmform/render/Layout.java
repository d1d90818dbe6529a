package dev.realmform.render;

import java.util.ArrayList;
import java.util.List;

/** Blocks and lines into rows of a terminal. */
final class Layout {

    /** Rows of a long value before it is cut. */
    private static final int ROWS = 3;

    private static final int DEEPEST = 20;

    private static final String FULL = " (--full)";

    private final Look look;

    Layout(Look look) {
        this.look = look;
    }

    /** Blocks with a blank line between them, but for neighbours of one line each. */
    String blocks(List<Block> blocks) {
        List<String> texts = blocks.parallelStream().map(this::block).toList();
        StringBuilder text = new StringBuilder();
        boolean tight = true;
        for (int i = 0; i < blocks.size(); i++) {
            boolean bare = blocks.get(i).lines().isEmpty();
            text.append(text.isEmpty() || (tight && bare) ? "" : "\n").append(texts.get(i));
            tight = bare;
        }
        return text.toString();
    }

    private String block(Block block) {
        StringBuilder text = new StringBuilder();
        int hanging = block.symbol().length() + 1;
        List<String> titles = Columns.wrap(block.title(), look.width() - hanging, 0);
        for (int i = 0; i < titles.size(); i++) {
            boolean last = i == titles.size() - 1;
            String symbol = i == 0 ? block.symbol() : " ".repeat(block.symbol().length());
            String plain = symbol + " " + titles.get(i);
            String painted = block.tone().paint(look, symbol) + " " + Tone.HEAD.paint(look, titles.get(i));
            text.append(last ? beside(plain, painted, block.right(), look.sourceColumn(), 4) : painted + "\n");
        }
        block.lines().forEach(line -> text.append(line(line)));
        return text.toString();
    }

    /** The rows of a line, each with a line break at its end. */
    String line(Line line) {
        int room = look.width() - line.indent();
        int hanging = hanging(line.text());
        List<String> rows = new ArrayList<>(Columns.wrap(line.text(), room, hanging));
        if (line.fit() == Line.Fit.SHORTENED && !look.isFull() && rows.size() > ROWS) {
            rows = new ArrayList<>(rows.subList(0, ROWS));
            String end = look.glyphs().ellipsis() + FULL;
            rows.set(ROWS - 1, Columns.head(rows.getLast(), room - hanging - Columns.of(end)) + end);
        }
        rows.replaceAll(String::stripTrailing);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            String plain = " ".repeat(line.indent() + (i == 0 ? 0 : hanging)) + rows.get(i);
            String painted = " ".repeat(line.indent() + (i == 0 ? 0 : hanging)) + line.tone().paint(look, rows.get(i));
            boolean last = i == rows.size() - 1;
            text.append(last
                    ? beside(plain, painted, line.note(), look.noteColumn(), line.indent() + 4)
                    : painted + "\n");
        }
        return text.toString();
    }

    /** Rows that continue a line start where its text does behind sign and blanks. */
    private static int hanging(String text) {
        int at = 1;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at > 1 && at <= DEEPEST ? at : 2;
    }

    /** A row with something in a column beside it; under it where there is no room. */
    private String beside(String plain, String painted, String right, int column, int indent) {
        if (right.isEmpty()) {
            return painted.stripTrailing() + "\n";
        }
        int taken = Columns.of(plain);
        int start = Math.max(taken + 2, Math.min(column, look.width() - Columns.of(right)));
        if (start + Columns.of(right) <= look.width()) {
            return painted + " ".repeat(start - taken) + Tone.QUIET.paint(look, right) + "\n";
        }
        return painted.stripTrailing() + "\n" + line(Line.of(indent, Tone.QUIET, right));
    }
}
