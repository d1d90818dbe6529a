package dev.realmform.cli;

import dev.realmform.model.Problem;

/** The question before anything is written. */
enum Approval {
    /** {@code --auto-approve}. */
    GIVEN,
    /** A person is asked; only {@code yes} will do. */
    ASK;

    /**
     * Returns if the person agrees.
     *
     * @throws dev.realmform.model.ProblemException if not, or if nobody is there to be asked
     */
    void obtain(Shell shell, String question) {
        obtain(shell, question, "Say --auto-approve, or apply a saved plan: realmform apply PLAN --auto-approve.");
    }

    /**
     * The same.
     *
     * @param instead what to do where nobody can be asked
     */
    void obtain(Shell shell, String question, String instead) {
        if (this == GIVEN) {
            return;
        }
        if (!shell.isInteractive()) {
            throw Problem.refused("nobody can be asked: this is not a terminal", "", instead).asException();
        }
        String answer = shell.ask("\n" + question + "\n  Only \"yes\" will be accepted: ").orElse("");
        if (!answer.strip().equals("yes")) {
            throw Problem.refused("not approved, nothing was changed", "", "").asException();
        }
    }
}
