package dev.realmform.cli;

import dev.realmform.config.Durations;
import dev.realmform.model.Problem;
import java.time.Duration;
import java.util.Optional;

/** Durations on the command line. */
final class Times {

    private Times() {}

    static Duration parse(String option, String text) {
        return Durations.parse(text)
                .orElseThrow(() -> new Problem(Problem.Kind.USAGE, option + " is no time: " + text, "",
                        "Write 30s, 500ms or 2m.", Optional.empty()).asException());
    }
}
