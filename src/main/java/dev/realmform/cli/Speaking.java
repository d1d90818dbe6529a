package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.render.ErrorText;
import dev.realmform.render.Glyphs;
import dev.realmform.render.Look;
import dev.realmform.render.NoticeText;
import java.util.List;
import java.util.OptionalInt;

/** How this run talks: the look of its output, and its problems. */
record Speaking(Shell shell, OutputOptions options) {

    Look look() {
        return new Look(Look.width(shell.environment(), OptionalInt.empty()),
                options.mode().resolve(shell.isInteractive(), shell.environment()), Glyphs.of(shell.charset()),
                options.full ? Look.Detail.FULL : Look.Detail.FOLDED);
    }

    /** Prints problems on stderr and answers the exit code they stand for. */
    int problems(List<Problem> problems) {
        shell.out().flush();
        String text = options.verbose
                ? ErrorText.verbose(problems, look(), message -> message)
                : ErrorText.render(problems, look());
        shell.err().print(text);
        shell.err().flush();
        return ExitCode.of(problems).number();
    }

    void waits(String what) {
        shell.err().println("Waiting: " + what + " ...");
    }

    void warn(String text) {
        shell.err().print(NoticeText.warning(text, look()));
    }

    /** A remark beside the result. */
    void note(String text) {
        shell.err().print(NoticeText.remark(text, look()));
    }

    /** A remark on what was asked for, among its results. */
    void remark(String text) {
        shell.out().print(NoticeText.remark(text, look()));
    }
}
