package dev.realmform.state;

import java.util.List;
import java.util.Optional;

/** The right to write a state. One holder at a time; belongs to one thread. */
public interface StateLock extends AutoCloseable {

    /**
     * The journal of this run. Nothing is written before the first event.
     *
     * @param base    the state that the run begins with; made from what was loaded while this lock was held
     * @param pending what is still not settled of the runs before
     * @throws dev.realmform.model.ProblemException if what is stored is not what {@code base} was made from
     */
    Journal journal(State base, List<Pending> pending);

    /**
     * Puts a whole state in the place of what is there, whatever that is.
     *
     * @return as it was stored: its serial may be a later one
     */
    State put(Loaded whole);

    /** Tells those who wait how far the run is: {@code 14 of 90 done}. */
    void progress(String text);

    /** How to free it by hand, if the process ends without having closed it; empty if it then frees itself. */
    Optional<String> leftBehind();

    @Override
    void close();
}
