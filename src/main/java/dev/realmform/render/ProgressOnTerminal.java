package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * @param held    finished lines that wait for the next drawing
 * @param rows    rows below the finished lines that the next drawing replaces; the cursor stands under them
 * @param drawnAt when they were drawn
 */
record ProgressOnTerminal(Look look, ProgressTally tally, List<String> held, int rows, Instant drawnAt)
        implements
            Progress {

    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);

    /** Running changes that are shown; a bundle may hold many, and all rows have to fit on the screen to be replaced. */
    private static final int MOST_RUNNING = 8;

    ProgressOnTerminal {
        held = List.copyOf(held);
    }

    @Override
    public Frame on(ApplyEvent event, Instant now) {
        ProgressWords words = new ProgressWords(look.glyphs());
        List<String> lines = new ArrayList<>(held);
        switch (event) {
            case ApplyEvent.Started ignored -> {}
            case ApplyEvent.Succeeded succeeded -> lines.add(laidOut(words.succeeded(succeeded)));
            case ApplyEvent.Failed failed -> lines.add(laidOut(words.failed(failed)));
            case ApplyEvent.Skipped skipped -> {
                if (skipped.because() instanceof ApplyEvent.Because.NeededFailed) {
                    lines.add(laidOut(words.skipped(skipped)));
                }
            }
        }
        return new ProgressOnTerminal(look, tally.after(event, now), lines, rows, drawnAt).tick(now);
    }

    @Override
    public Frame tick(Instant now) {
        boolean isDue = drawnAt.equals(Instant.MIN) || !now.isBefore(drawnAt.plus(BETWEEN_DRAWINGS));
        return isDue ? draw(live(now), now) : new Frame(this, "");
    }

    @Override
    public Frame end(Instant now) {
        return draw(List.of(), now);
    }

    private Frame draw(List<String> live, Instant now) {
        StringBuilder text = new StringBuilder(rows == 0 ? "" : "\u001b[" + rows + "A\u001b[J");
        held.forEach(text::append);
        live.forEach(row -> text.append(Tone.QUIET.paint(look, row)).append('\n'));
        return new Frame(new ProgressOnTerminal(look, tally, List.of(), live.size(), now), text.toString());
    }

    /** No row may be wrapped by the terminal: the next drawing counts them. */
    private List<String> live(Instant now) {
        ProgressWords words = new ProgressWords(look.glyphs());
        List<ProgressTally.Running> running = tally.running();
        int shown = running.size() <= MOST_RUNNING + 1 ? running.size() : MOST_RUNNING;
        List<String> live = new ArrayList<>();
        running.subList(0, shown)
                .forEach(one -> live.add(cut("  " + words.running(one.change(), Duration.between(one.since(), now)))));
        if (shown < running.size()) {
            live.add("  " + look.glyphs().ellipsis() + " " + (running.size() - shown) + " more");
        }
        live.add(cut(look.glyphs().prose(tally.status(now))));
        return live;
    }

    private String cut(String row) {
        int room = look.width() - 1;
        if (Columns.of(row) <= room) {
            return row;
        }
        String end = look.glyphs().ellipsis();
        return Columns.head(row, room - Columns.of(end)) + end;
    }

    private String laidOut(Line line) {
        return new Layout(look).line(line);
    }
}
