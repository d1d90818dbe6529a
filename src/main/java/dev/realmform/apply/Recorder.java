package dev.realmform.apply;

import dev.realmform.model.Change;
import dev.realmform.provider.Outcome;
import java.util.List;

/**
 * Keeps what is about to happen and what happened, durably: when a method returns, a killed process does not lose it.
 *
 * <p>Called by the coordinating thread alone. May throw; then nothing more is started, and what runs is waited for and
 * offered as well.
 */
public interface Recorder {

    /** These changes are about to be sent, as one bundle. Until each has ended, their fate is to be found by looking. */
    void pending(List<Change> bundle);

    /**
     * These changes have ended, those of one bundle together. Not preceded by {@link #pending} if nothing had to be sent for
     * them.
     */
    void ended(List<Ended> ends);

    /** How a change ended. What failed has not been made, or not wholly; it is ours all the same if the outcome has an id. */
    record Ended(Change change, Outcome outcome) {}
}
