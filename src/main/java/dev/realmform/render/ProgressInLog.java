package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * @param heartbeatAt when what is running was last named
 */
record ProgressInLog(Look look, ProgressTally tally, Instant heartbeatAt) implements Progress {

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(10);

    @Override
    public Frame on(ApplyEvent event, Instant now) {
        ProgressWords words = new ProgressWords(look.glyphs());
        String line = switch (event) {
            case ApplyEvent.Started ignored -> "";
            case ApplyEvent.Succeeded succeeded -> whole(words.succeeded(succeeded));
            case ApplyEvent.Failed failed -> whole(words.failed(failed));
            // After an interrupt everything that is left is skipped: the end counts it and names some.
            case ApplyEvent.Skipped(var ignored, ApplyEvent.Because.Interrupted _) -> "";
            case ApplyEvent.Skipped(var ignored, ApplyEvent.Because.Outage _) -> "";
            case ApplyEvent.Skipped skipped -> whole(words.skipped(skipped));
        };
        Frame then = new ProgressInLog(look, tally.after(event, now), heartbeatAt).tick(now);
        return new Frame(then.next(), line + then.text());
    }

    @Override
    public Frame tick(Instant now) {
        if (tally.running().isEmpty() || now.isBefore(heartbeatAt.plus(BETWEEN_HEARTBEATS))) {
            return new Frame(this, "");
        }
        return new Frame(new ProgressInLog(look, tally, now),
                Tone.QUIET.paint(look, heartbeat(now)) + "\n");
    }

    @Override
    public Frame end(Instant now) {
        return new Frame(this, "");
    }

    /** One line for each end, however long: a log is searched by line. */
    private String whole(Line line) {
        return line.tone().paint(look, line.text()) + "\n";
    }

    /** Names as many as fit, and one in any case. */
    private String heartbeat(Instant now) {
        ProgressWords words = new ProgressWords(look.glyphs());
        List<String> names = new ArrayList<>();
        String status = look.glyphs().prose(tally.status(now)) + "  ";
        int taken = Columns.of(status);
        for (ProgressTally.Running one : tally.running()) {
            String name = words.briefly(one.change(), Duration.between(one.since(), now));
            taken += Columns.of(name) + 2;
            if (!names.isEmpty() && taken > look.width()) {
                int left = tally.running().size() - names.size();
                return status + String.join(", ", names) + ", " + look.glyphs().ellipsis() + " " + left + " more";
            }
            names.add(name);
        }
        return status + String.join(", ", names);
    }
}
