package dev.realmform.render;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.model.Change;
import java.time.Duration;

/** What progress says about single changes. */
final class ProgressWords {

    private final Glyphs glyphs;

    ProgressWords(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** A change that is under way: {@code client/osmo/web  creating, 3 s}. */
    String running(Change change, Duration since) {
        return address(change) + "  " + verb(change).doing() + ", " + since.toSeconds() + " s";
    }

    /** A change among others that are under way: {@code client/osmo/web (3 s)}. */
    String briefly(Change change, Duration since) {
        return address(change) + " (" + since.toSeconds() + " s)";
    }

    Line succeeded(ApplyEvent.Succeeded event) {
        Change change = event.change();
        Verb verb = verb(change);
        String found = event.found() ? ", found after its answer was lost" : "";
        String how = change instanceof Change.Delete delete && delete.goesWith().isPresent()
                ? "went with " + glyphs.escape(delete.goesWith().get().toString())
                : verb.done() + found + (change.writes() ? " (" + took(event.took()) + ")" : "");
        return Line.of(0, verb.tone(), verb.symbol() + " " + address(change) + "  " + how);
    }

    /** The first line of what happened; the whole of it, and what to do, stands under the apply's end. */
    Line failed(ApplyEvent.Failed event) {
        String what = event.problem().what().lines().findFirst().orElse("");
        return Line.of(0, Tone.ERROR,
                "! " + address(event.change()) + "  failed: " + glyphs.prose(what) + " (" + took(event.took()) + ")");
    }

    Line skipped(ApplyEvent.Skipped event) {
        String why = switch (event.because()) {
            case ApplyEvent.Because.NeededFailed needed -> glyphs.escape(needed.failed().toString()) + " failed";
            case ApplyEvent.Because.Interrupted ignored -> "interrupted";
            case ApplyEvent.Because.Outage ignored -> "no call gets through";
            case ApplyEvent.Because.NotRecordable ignored -> "what happens could not be recorded";
        };
        return Line.of(0, Tone.WARNING, "  " + address(event.change()) + "  not started: " + why);
    }

    /** {@code 0.4 s}, {@code 12 s}, from a minute on {@code 01:05}. */
    static String took(Duration took) {
        long tenths = took.toMillis() / 100;
        if (tenths < 100) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        return tenths < 600 ? tenths / 10 + " s" : clock(took);
    }

    /** {@code 00:07}, {@code 12:30}, {@code 1:00:00}. */
    static String clock(Duration since) {
        String minutes = "%02d:%02d".formatted(since.toMinutesPart(), since.toSecondsPart());
        return since.toHours() > 0 ? since.toHours() + ":" + minutes : minutes;
    }

    private String address(Change change) {
        return glyphs.escape(change.address().toString());
    }

    private record Verb(String symbol, Tone tone, String doing, String done) {}

    private static Verb verb(Change change) {
        return switch (change) {
            case Change.Create ignored -> new Verb("+", Tone.ADDED, "creating", "created");
            case Change.Update ignored -> new Verb("~", Tone.CHANGED, "updating", "updated");
            case Change.Replace ignored -> new Verb("-/+", Tone.REMOVED, "replacing", "replaced");
            case Change.Delete ignored -> new Verb("-", Tone.REMOVED, "deleting", "deleted");
            case Change.Adopt adopt -> adopt.edits().isEmpty() ? new Verb("=", Tone.QUIET, "adopting", "adopted")
                    : new Verb("~", Tone.CHANGED, "adopting", "adopted and updated");
            case Change.Forget ignored -> new Verb(".", Tone.QUIET, "forgetting", "forgotten");
        };
    }
}
