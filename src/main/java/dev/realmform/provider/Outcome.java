package dev.realmform.provider;

import dev.realmform.model.Problem;
import java.util.Optional;

/** How one change of a bundle ended. */
public sealed interface Outcome {

    /**
     * The change has been made.
     *
     * @param id    the server's id of the resource; empty if it has none or is gone
     * @param found whether the answer was lost and the result was found by looking
     */
    record Done(Optional<String> id, boolean found) implements Outcome {}

    /**
     * The change has not been made, or not wholly.
     *
     * @param problem  what went wrong
     * @param id       the server's id, if the resource is there all the same: then it is owned
     * @param partly   whether something of it was, or may have been, written: the next run looks
     */
    record Failed(Problem problem, Optional<String> id, boolean partly) implements Outcome {}
}
