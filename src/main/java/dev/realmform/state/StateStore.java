package dev.realmform.state;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a state is kept. Looking needs no lock ({@code plan}, {@code drift}); writing goes through the lock alone, so that
 * nobody can forget it.
 */
public interface StateStore extends AutoCloseable {

    /** What this place is called in messages. */
    String name();

    /**
     * The state with the journal of an unfinished run folded in; empty if there is none. Writes nothing.
     *
     * @throws dev.realmform.model.ProblemException if what is there is damaged, foreign or too new, or the journal is of
     *         another state
     */
    Optional<Loaded> load();

    /**
     * Takes the lock, which is freed when it is closed and when this process dies.
     *
     * @param patience how long to wait for somebody else; zero to be refused at once
     * @param waiting  told once, if it has to wait, who holds it: a sentence without a full stop
     * @throws dev.realmform.model.ProblemException that names who holds it
     */
    StateLock lock(Duration patience, Holder holder, Consumer<String> waiting);

    /** The same, without a word. */
    default StateLock lock(Duration patience, Holder holder) {
        return lock(patience, holder, text -> {});
    }

    /**
     * Takes a lock away from a run that is dead.
     *
     * @param lockId which one, as the refusal named it
     * @throws dev.realmform.model.ProblemException if it is another one, or if locks of this place free themselves
     */
    void unlock(String lockId);

    /** Ends what the way there holds open. */
    @Override
    default void close() {}
}
