package dev.realmform.cli;

import dev.realmform.render.StateText;
import dev.realmform.state.State;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what the state holds. */
@Command(name = "list", description = "List what the state holds.",
        customSynopsis = {"realmform state list -f FILE", "       realmform state list --state FILE"})
final class StateListCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    StateListCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        State state = choice.load(shell());
        shell().out().print(StateText.list(state.resources(), speaking().look()));
        return ExitCode.DONE;
    }

    /** Which state a command looks at: one that is named, or the one that files lead to. */
    static final class StateChoice {

        @Option(names = {"-f", "--file"}, paramLabel = "FILE",
                description = "Desired-state file: its state.")
        List<String> files = List.of();

        @Option(names = "--state", paramLabel = "FILE", description = "State file.")
        @Nullable
        Path state;

        State load(Shell shell) {
            return States.store(shell, path(shell))
                    .load()
                    .orElseThrow(() -> dev.realmform.model.Problem.refused("there is no state at " + path(shell), "",
                            "Apply first, or name the state with --state.").asException())
                    .state();
        }

        private Path path(Shell shell) {
            if (state != null) {
                return state;
            }
            FileOptions named = new FileOptions();
            named.files = files;
            var desired = Workplace.load(shell, named, new ServerOptions(), new StateOptions()).state();
            return Workplace.stateFile(desired.settings(), desired.realms());
        }
    }
}
