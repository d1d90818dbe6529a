package dev.realmform.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about the state. */
@Command(name = "state", synopsisSubcommandLabel = "COMMAND", description = "Look at what realmform owns.",
        mixinStandardHelpOptions = true)
final class StateCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "state what? list or show");
        }
    }
}
