package dev.realmform.state;

import java.util.List;
import java.util.function.Supplier;

/** The record of one run: appended while it goes on, folded into the state at its end or by the next run. */
public interface Journal extends AutoCloseable {

    /**
     * Says what will be begun, before anything is. A journal that cannot store each beginning in time stores all of them
     * now; one that can has nothing to do, and does not ask what it is.
     */
    default void intend(Supplier<List<Pending>> coming) {}

    /**
     * Appends events, all in one go. When this returns they survive the end of this process, and those up to the last
     * beginning that of the machine; the others do once anything is begun after them, or the journal is folded or closed.
     *
     * @throws dev.realmform.model.ProblemException if they could not be stored, a full disk for instance. What was stored
     *         before stays whole, and another attempt may be made.
     */
    void append(List<Event> events);

    /** What is remembered so far. */
    State state();

    /**
     * Ends the run: writes the state with the next serial if it says anything new, and drops the journal unless something
     * is still pending.
     */
    State fold();

    /**
     * Lets go of the journal without folding it: the next run will. What is not stored yet is stored. Does nothing after
     * {@link #fold}.
     */
    @Override
    void close();
}
