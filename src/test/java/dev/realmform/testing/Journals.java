package dev.realmform.testing;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Event;
import dev.realmform.state.Holder;
import dev.realmform.state.Journal;
import dev.realmform.state.Pending;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import dev.realmform.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** What tests do with the journal of a state. */
public final class Journals {

    private static final Holder ADA = new Holder("ada@build-7", 4711, Instant.parse("2026-01-02T12:01:00Z"), "apply");

    private Journals() {}

    /** A run of a store that may fail; what it complained of. */
    public static List<Problem> problems(Runnable run) {
        try {
            run.run();
        } catch (ProblemException e) {
            return e.problems();
        }
        throw new AssertionError("nothing was refused");
    }

    /** A run that ends well but for what is done in it. */
    public static void inARun(StateStore store, State base, Consumer<Journal> work) {
        try (StateLock lock = store.lock(Duration.ZERO, ADA); Journal journal = lock.journal(base, List.of())) {
            work.accept(journal);
            journal.fold();
        }
    }

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
