package dev.realmform.render;

import dev.realmform.model.Expectation.Outcome;
import dev.realmform.model.Expectation.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What files expect of access, and whether it will be so: a line for each that will not, or that waits; the others in sum. */
final class ExpectationWords {

    /** So many that hold are named one by one. */
    private static final int FEW = 3;

    private static final int MOST_REASONS = 3;

    private final List<Outcome> outcomes;
    private final Look look;

    ExpectationWords(List<Outcome> outcomes, Look look) {
        this.outcomes = outcomes;
        this.look = look;
    }

    /** Safe to print. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        long passed = outcomes.stream().filter(outcome -> outcome.verdict() == Verdict.PASSED).count();
        boolean each = look.isFull() || passed <= FEW;
        for (Outcome outcome : outcomes) {
            if (each || outcome.verdict() != Verdict.PASSED) {
                lines.add(Line.of(0, tone(outcome.verdict()), look.glyphs().prose(sentence(outcome))));
            }
        }
        if (!each) {
            lines.addFirst(Line.of(0, Tone.PLAIN, look.glyphs()
                    .prose("expect: " + passed + " of " + outcomes.size()
                            + " hold ✓")));
        }
        return lines;
    }

    private String sentence(Outcome outcome) {
        String text = "expect: " + outcome.expectation().text();
        return switch (outcome.verdict()) {
            case PASSED -> text + " ✓";
            case FAILED -> text + " ✗ " + because(outcome.because());
            case WAITS -> text + " · " + because(outcome.because());
        };
    }

    private String because(List<String> reasons) {
        int shown = look.isFull() || reasons.size() <= MOST_REASONS + 1 ? reasons.size() : MOST_REASONS;
        String more = shown == reasons.size() ? "" : "; … %d more, --full".formatted(reasons.size() - shown);
        return String.join("; ", reasons.subList(0, shown)) + more;
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Tone.PLAIN;
            case FAILED -> Tone.ERROR;
            case WAITS -> Tone.QUIET;
        };
    }
}
