package dev.realmform.cli;

import dev.realmform.config.NoPath;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A command: whatever goes wrong in it is told in one way, and one exit code comes of it. That no method is a command of its own is
 * said, since picocli would search all of them at each start.
 */
@Command(addMethodSubcommands = false)
abstract class RealmformCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    HelpOption help = new HelpOption();

    @ArgGroup(validate = false, heading = "%nOutput:%n", order = 50)
    OutputOptions output = new OutputOptions();

    RealmformCommand(Shell shell) {
        this.shell = shell;
    }

    final Shell shell() {
        return shell;
    }

    final Speaking speaking() {
        return new Speaking(shell, output);
    }

    @Override
    public final Integer call() {
        try {
            return run().number();
        } catch (InvalidPathException e) {
            return speaking().problems(List.of(noPath(e)));
        } catch (ProblemException failed) {
            return speaking().problems(failed.withWhatFollowed().problems());
        }
    }

    /** A path of an option, a variable or a file that can be none. */
    static Problem noPath(InvalidPathException e) {
        return NoPath.of(e, "", "Check the paths that options, variables and files name.");
    }

    /** Does the work. */
    abstract ExitCode run();
}
