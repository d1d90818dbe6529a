package dev.realmform.model;

import java.util.Optional;

/**
 * Something that went wrong and that a person can act on.
 *
 * @param kind   what sort of problem; decides the exit code
 * @param what   what happened, one sentence without a full stop at its end; may hold line breaks
 * @param where  {@code file:line:column}, with the field's path behind two spaces, or an address; may be empty
 * @param remedy what to do, whole sentences; may be empty
 * @param cause  what lies below, for {@code --verbose}
 */
public record Problem(Kind kind, String what, String where, String remedy, Optional<Throwable> cause) {

    public enum Kind {
        /** The command line is wrong. */
        USAGE,
        /** A desired-state file is wrong. */
        INVALID,
        /** Done on purpose: a guard refuses. */
        REFUSED,
        /** The live side moved since the plan was made. */
        STALE,
        /** The server cannot be reached. */
        UNREACHABLE,
        /** The server refuses the login. */
        LOGIN,
        /** The login lacks a role. */
        FORBIDDEN,
        /** The server refused a request. */
        FAILED,
        /** A person or the system interrupted the run. */
        INTERRUPTED;

        /** Whether it is of the way to the server, and so the next request would meet it too. */
        public boolean isOutage() {
            return this == UNREACHABLE || this == LOGIN;
        }
    }

    public static Problem invalid(String what, String where, String remedy) {
        return new Problem(Kind.INVALID, what, where, remedy, Optional.empty());
    }

    public static Problem refused(String what, String where, String remedy) {
        return new Problem(Kind.REFUSED, what, where, remedy, Optional.empty());
    }

    public static Problem failed(String what, String where, String remedy) {
        return new Problem(Kind.FAILED, what, where, remedy, Optional.empty());
    }

    public Problem causedBy(Throwable throwable) {
        return new Problem(kind, what, where, remedy, Optional.of(throwable));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
