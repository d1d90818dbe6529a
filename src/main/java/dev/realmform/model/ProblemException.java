package dev.realmform.model;

import java.util.List;

/** Carries problems to the one place that prints them and derives the exit code. The only exception realmform throws on purpose. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    /** Carries several. At least one. */
    public ProblemException(List<Problem> problems) {
        super(problems.getFirst().what(), problems.getFirst().cause().orElse(null));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
