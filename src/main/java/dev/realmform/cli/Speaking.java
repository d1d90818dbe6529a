package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.render.ErrorText;
import dev.realmform.render.Glyphs;
import dev.realmform.render.Look;
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
        shell.err().println("warning: " + onOneLine(text));
    }

    /** A remark on what was asked for, among its results. */
    void remark(String text) {
        shell.out().println(onOneLine(text));
    }

    /** A name may hold a line break, or what moves a terminal's cursor. */
    private static String onOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
