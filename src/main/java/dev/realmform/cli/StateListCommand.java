package dev.realmform.cli;

import dev.realmform.render.StateText;
import dev.realmform.state.State;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Lists what the state holds. */
@Command(name = "list", description = "List what the state holds.",
        customSynopsis = {"realmform state list -f FILE", "       realmform state list --state PLACE"})
final class StateListCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    StateListCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        State state = choice.loaded(shell()).state();
        shell().out().print(StateText.list(state.resources(), speaking().look()));
        return ExitCode.DONE;
    }
}
