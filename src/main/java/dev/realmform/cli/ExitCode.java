package dev.realmform.cli;

import dev.realmform.model.Problem;
import java.util.List;

/** What the program tells its caller. Derived from problems in this one place. */
public enum ExitCode {
    /** Nothing to do, or done. */
    DONE(0),
    /** Something failed or was refused, or a plan was carried out in part. */
    FAILED(1),
    /**
     * Changes are pending ({@code plan --detailed-exitcode}, {@code drift}), a check found something ({@code verify}), or a user
     * has no access ({@code why}).
     */
    PENDING(2),
    /**
     * The server cannot be reached or refuses the login: an outage, which a scheduled drift job must not take for
     * drift.
     */
    UNREACHABLE(3),
    /** The command line is wrong; not picocli's own 2, which would read as "changes pending". */
    USAGE(64),
    /** A person or the system interrupted the run. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /**
     * The code of a run that ended with these problems; a run that wrote something and failed is {@link #FAILED}
     * whatever the problem.
     */
    public static ExitCode of(List<Problem> problems) {
        if (problems.isEmpty()) {
            return DONE;
        }
        List<ExitCode> codes = problems.stream().map(problem -> of(problem.kind())).distinct().toList();
        if (codes.contains(INTERRUPTED)) {
            return INTERRUPTED;
        }
        return codes.size() == 1 ? codes.getFirst() : FAILED;
    }

    private static ExitCode of(Problem.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case UNREACHABLE, LOGIN -> UNREACHABLE;
            case INTERRUPTED -> INTERRUPTED;
            case INVALID, REFUSED, STALE, FORBIDDEN, FAILED -> FAILED;
        };
    }
}
