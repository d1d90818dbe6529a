package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.model.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The counts behind progress, and what is running, oldest first. */
record ProgressTally(int total, Instant startedAt, List<Running> running, int ended, int failed, int skipped) {

    record Running(Change change, Instant since) {}

    ProgressTally {
        running = List.copyOf(running);
    }

    static ProgressTally of(int total, Instant now) {
        return new ProgressTally(total, now, List.of(), 0, 0, 0);
    }

    ProgressTally after(ApplyEvent event, Instant now) {
        List<Running> then = new ArrayList<>(running);
        for (int i = 0; i < then.size(); i++) {
            // Of hundreds the oldest end first.
            if (then.get(i).change().address().equals(event.change().address())) {
                then.remove(i);
                break;
            }
        }
        return switch (event) {
            case ApplyEvent.Started ignored -> {
                then.add(new Running(event.change(), now));
                yield new ProgressTally(total, startedAt, then, ended, failed, skipped);
            }
            case ApplyEvent.Succeeded ignored ->
                new ProgressTally(total, startedAt, then, ended + 1, failed, skipped);
            case ApplyEvent.Failed ignored ->
                new ProgressTally(total, startedAt, then, ended + 1, failed + 1, skipped);
            case ApplyEvent.Skipped ignored ->
                new ProgressTally(total, startedAt, then, ended + 1, failed, skipped + 1);
        };
    }

    /** {@code [4/12] 1 running · 1 failed · 00:07}. */
    String status(Instant now) {
        List<String> parts = new ArrayList<>();
        parts.add(running.size() + " running");
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        if (skipped > 0) {
            parts.add(skipped + " not started");
        }
        parts.add(ProgressWords.clock(Duration.between(startedAt, now)));
        return "[" + ended + "/" + total + "] " + String.join(" · ", parts);
    }
}
