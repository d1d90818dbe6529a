package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.util.Optional;

/**
 * One version of a state on its way to a server. A request without an answer may have arrived, and a server that keeps
 * versions takes none twice: so each failure is followed by a look, and only what did not arrive is sent again.
 */
final class Upload {

    private final HttpStateStore store;
    private final HttpStateLock lock;
    private final Loaded whole;
    private final byte[] content;

    Upload(HttpStateStore store, HttpStateLock lock, Loaded whole) {
        this.store = store;
        this.lock = lock;
        this.whole = whole;
        this.content = store.bytes().write(whole.state(), whole.pending());
    }

    /** How it ended. */
    sealed interface Result {}

    record Stored() implements Result {}

    /**
     * It was not stored.
     *
     * @param isPassing whether it may be stored later: an outage
     */
    record Failed(ProblemException problem, boolean isPassing) implements Result {}

    /** Sends it until it is there, refused, or has been tried often enough. */
    Result run(int retries) {
        for (int attempt = 0;; attempt++) {
            StateServer.Answer answer = store.server().post(content, lock.id());
            if ((answer instanceof StateServer.Reply reply && reply.isSuccess()) || hasArrived(answer)) {
                return new Stored();
            }
            Optional<ProblemException> lost = lost(answer);
            if (lost.isPresent()) {
                return new Failed(lost.get(), false);
            }
            boolean again = switch (answer) {
                case StateServer.Silence ignored -> true;
                case StateServer.Reply reply -> reply.isLocked() || reply.isPassing();
            };
            if (!again || attempt >= retries) {
                return new Failed(store.server().problem("the state cannot be stored", answer), again);
            }
            StateServer.pause(store.server().place().pace().before(attempt));
        }
    }

    /** GitLab says 500 where it means that the lock is somebody else's. */
    private Optional<ProblemException> lost(StateServer.Answer answer) {
        return answer instanceof StateServer.Reply reply && (reply.isLocked() || reply.status() == 500)
                ? lock.recover(reply, whole.state())
                : Optional.empty();
    }

    /** Whether this very version is there. A run gives each serial once. */
    private boolean hasArrived(StateServer.Answer answer) {
        if (answer instanceof StateServer.Reply reply && !reply.isPassing() && reply.status() != 422) {
            return false;
        }
        try {
            return store.server().look() instanceof StateServer.Reply found && found.isSuccess()
                    && store.bytes().read(found.body()).equals(whole);
        } catch (ProblemException e) {
            return false;
        }
    }

    /** For those who cannot go on without. */
    static void orThrow(Result result) {
        switch (result) {
            case Stored ignored -> {
            }
            case Failed failed -> throw failed.problem();
        }
    }

    static Problem first(ProblemException e) {
        return e.problems().getFirst();
    }
}
