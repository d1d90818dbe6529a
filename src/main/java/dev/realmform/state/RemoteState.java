package dev.realmform.state;

import dev.realmform.model.ProblemException;
import java.util.Optional;

/** A state on a server that stores whole versions only, as the holder of its lock sees it. */
public interface RemoteState {

    /** What this place is called in messages. */
    String name();

    /** What is there now. */
    Optional<Loaded> load();

    /**
     * Stores a version. A request without an answer may have arrived, and a server may take no version twice: so each failure is
     * followed by a look, and only what did not arrive is sent again.
     */
    Upload store(Loaded version, int retries);

    /** Why nothing new may be begun, though what was done may be stored: a lock that is not ours any more, or may not be. */
    Optional<ProblemException> broken();

    Pace pace();

    /** A name for a run that nobody else makes. */
    String newId();

    /** Where a version goes that the server does not take any more. */
    Refuge refuge();
}
