package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened to one change while a plan was applied.
 *
 * <p>Each change ends exactly once: it succeeds, fails or is skipped. What succeeds or fails has started before, but for
 * changes that wait for each other in a circle: those fail without a start.
 */
public sealed interface ApplyEvent {

    Change change();

    /** The change is about to be sent, or done if nothing has to be sent. */
    record Started(Change change, Instant at) implements ApplyEvent {}

    /**
     * The change has been made.
     *
     * @param found whether the answer was lost and the result was found by looking
     */
    record Succeeded(Change change, Duration took, boolean found) implements ApplyEvent {}

    /**
     * The change has not been made, or not wholly.
     *
     * @param partly whether something of it was, or may have been, written
     */
    record Failed(Change change, Problem problem, Duration took, boolean partly) implements ApplyEvent {}

    /** The change was never started. */
    record Skipped(Change change, Because because) implements ApplyEvent {}

    /** Why a change was not started. */
    sealed interface Because {

        /** Something that it needs, directly or not, failed: the address of what failed first. */
        record NeededFailed(Address failed) implements Because {}

        /** The run was interrupted before its turn. */
        record Interrupted() implements Because {}

        /** What happens could not be recorded any more. */
        record NotRecordable() implements Because {}

        /** Call after call found no server, or one that refuses the login. */
        record Outage() implements Because {}
    }
}
