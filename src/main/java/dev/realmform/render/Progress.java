package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import java.time.Instant;
import java.util.List;

/**
 * The progress of an apply, as far as it is known: a fold over its events and over time. Pure; whoever holds it writes each
 * frame's text to the terminal or log, and goes on with its next.
 */
public sealed interface Progress permits ProgressOnTerminal, ProgressInLog {

    /**
     * @param next what to go on with
     * @param text what to write now, as it is; may be empty
     */
    record Frame(Progress next, String text) {}

    /**
     * On a terminal that moves its cursor: finished changes scroll up and stay, below them stand the running ones and a
     * status line, drawn again at most ten times a second.
     *
     * @param total how many changes the plan has
     */
    static Progress onTerminal(Look look, int total, Instant now) {
        return new ProgressOnTerminal(look, ProgressTally.of(total, now), List.of(), 0, Instant.MIN);
    }

    /** In a log, or a terminal that only writes: a line for each end, and every ten seconds one that names what is running. */
    static Progress inLog(Look look, int total, Instant now) {
        return new ProgressInLog(look, ProgressTally.of(total, now), now);
    }

    Frame on(ApplyEvent event, Instant now);

    /** Time has passed. To be called about ten times a second while nothing else happens. */
    Frame tick(Instant now);

    /** The last frame: what was held back is written, and what would be drawn again is gone. */
    Frame end(Instant now);
}
