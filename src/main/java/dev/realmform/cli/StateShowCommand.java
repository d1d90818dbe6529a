package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.render.StateText;
import dev.realmform.state.State;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what the state remembers of one resource. */
@Command(name = "show", description = "Show what the state remembers of a resource.",
        customSynopsis = {"realmform state show ADDRESS -f FILE", "       realmform state show ADDRESS --state PLACE"})
final class StateShowCommand extends RealmformCommand {

    @Parameters(paramLabel = "ADDRESS",
            description = "As it is printed: client/retail/pay-portal; or its end, where that is unambiguous.")
    String address = "";

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    StateShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        State state = choice.loaded(shell()).state();
        Address meant = StateChoice.address(state, address);
        Owned owned = state.find(meant).orElseThrow();
        shell().out().print(StateText.show(meant, owned, speaking().look()));
        return ExitCode.DONE;
    }
}
