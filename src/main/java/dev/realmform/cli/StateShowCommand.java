package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Problem;
import dev.realmform.render.StateText;
import dev.realmform.state.State;
import java.util.List;
import java.util.Map;
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
        State state = StateChoice.load(choice.store(shell())).state();
        List<Map.Entry<Address, Owned>> found = state.resources()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().toString().equals(address))
                .toList();
        if (found.isEmpty()) {
            found = state.resources()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().toString().endsWith("/" + address))
                    .toList();
        }
        if (found.size() != 1) {
            String what = found.isEmpty()
                    ? "the state holds no " + address
                    : address + " may be any of "
                            + String.join(", ", found.stream().map(e -> e.getKey().toString()).toList());
            throw Problem.refused(what, "", "realmform state list names all of them.").asException();
        }
        shell().out().print(StateText.show(found.getFirst().getKey(), found.getFirst().getValue(), speaking().look()));
        return ExitCode.DONE;
    }
}
