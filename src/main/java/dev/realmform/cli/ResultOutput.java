package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.render.ApplyText;

/**
 * Tells how an apply ended.
 *
 * @param next what to do if it did not carry out everything
 */
record ResultOutput(Speaking speaking, String next, boolean json) {

    /** For a command that goes on where it was. */
    static String again(String command) {
        return "What was done is in the state. Next: realmform " + command + " again; it goes on from here.";
    }

    ExitCode show(ApplyResult result) {
        boolean complete = result.isComplete();
        String text = ApplyText.render(result, next, speaking.look());
        (json || !complete ? speaking.shell().err() : speaking.shell().out()).print(text);
        if (complete) {
            return ExitCode.DONE;
        }
        return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
    }

    static String why(ApplyEvent.Because because) {
        return switch (because) {
            case ApplyEvent.Because.NeededFailed needed -> needed.failed() + " failed";
            case ApplyEvent.Because.Interrupted ignored -> "the run was interrupted";
            case ApplyEvent.Because.Outage ignored -> "no call gets through to the server any more";
            case ApplyEvent.Because.NotRecordable ignored -> "the state could not be written any more";
        };
    }
}
