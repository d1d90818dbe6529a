package dev.realmform.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(name = "completion", description = "Print a completion script for bash and zsh.",
        customSynopsis = "realmform completion", footer = {"",
            "In bash or zsh: source <(realmform completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @Nullable
    CommandSpec spec;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine root = spec.root().commandLine();
            shell.out().print(AutoComplete.bash("realmform", root));
        }
        return ExitCode.DONE.number();
    }
}
