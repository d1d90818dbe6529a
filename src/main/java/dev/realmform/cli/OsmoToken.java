package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import java.util.Optional;

/** The token by which somebody is known to OSMO. Given by a variable or a file: a command line can be read by others. */
final class OsmoToken {

    static final String VARIABLE = "OSMO_TOKEN";

    private OsmoToken() {}

    /** From the environment, if it is there. */
    static Optional<Secret> given(Shell shell) {
        return shell.variable(VARIABLE).map(OsmoToken::of);
    }

    static Secret of(String text) {
        String token = text.strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw none();
        }
        return Secret.of(token, "");
    }

    static ProblemException none() {
        return Problem.invalid("no token for OSMO is given, or it is not one line of ASCII", "",
                "Set " + VARIABLE + ", or name its file where there is --osmo-token-file FILE.").asException();
    }
}
