package dev.realmform.state;

import dev.realmform.model.ProblemException;
import java.util.function.Supplier;

/** What became of one version of a state on its way to a server. */
public sealed interface Upload {

    record Stored() implements Upload {}

    /**
     * It was not stored.
     *
     * @param isPassing whether it may be stored later: an outage
     */
    record Failed(ProblemException problem, boolean isPassing) implements Upload {}

    /** Sends it until it is there, refused, or has been tried often enough. */
    static Upload persistently(int retries, Pace pace, Supplier<Upload> once) {
        for (int attempt = 0;; attempt++) {
            Upload result = once.get();
            if (!(result instanceof Failed failed && failed.isPassing()) || attempt >= retries) {
                return result;
            }
            pace.beforeAgain(attempt);
        }
    }

    /** For those who cannot go on without. */
    default void orThrow() {
        switch (this) {
            case Stored ignored -> {
            }
            case Failed failed -> throw failed.problem();
        }
    }
}
