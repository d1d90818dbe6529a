package dev.realmform.testing;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.Pending;
import java.util.List;

/** What tests do with the journal of a state. */
public final class Journals {

    private Journals() {}

    /** Waits until the journal refuses to begin, and tells why. */
    public static List<Problem> refusal(Journal journal, Pending next) {
        long until = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < until) {
            try {
                journal.append(List.of(new Event.Began(next)));
                Thread.onSpinWait();
            } catch (ProblemException e) {
                return e.problems();
            }
        }
        throw new AssertionError("it went on");
    }
}
