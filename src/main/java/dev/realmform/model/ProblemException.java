package dev.realmform.model;

import java.util.ArrayList;
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

    /** With what went wrong after it, when something was let go of: a lock that stays behind has to be told too. */
    public ProblemException withWhatFollowed() {
        List<Problem> all = new ArrayList<>(problems);
        for (Throwable after : getSuppressed()) {
            if (after instanceof ProblemException more) {
                more.problems().stream().filter(problem -> !isTold(problem, all)).forEach(all::add);
            }
        }
        ProblemException whole = new ProblemException(all);
        whole.addSuppressed(this);
        return whole;
    }

    private static boolean isTold(Problem problem, List<Problem> told) {
        return told.stream()
                .anyMatch(one -> one.what().equals(problem.what()) && one.where().equals(problem.where())
                        && one.remedy().equals(problem.remedy()));
    }
}
