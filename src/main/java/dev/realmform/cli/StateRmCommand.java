package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.state.Event;
import dev.realmform.state.State;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets resources, which live on. */
@Command(name = "rm", description = {"Forget resources. Nothing is sent to Keycloak: they live on.",
    "What is declared all the same is adopted by the next apply, and then never deleted by leaving the file."},
        customSynopsis = {"realmform state rm ADDRESS... -f FILE",
            "       realmform state rm ADDRESS... --state PLACE"})
final class StateRmCommand extends RealmformCommand {

    @Parameters(paramLabel = "ADDRESS", arity = "1..*",
            description = "As it is printed: client/retail/pay-portal; or its end, where that is unambiguous.")
    List<String> addresses = List.of();

    @Mixin
    StateWork work = new StateWork();

    StateRmCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        SortedSet<Address> gone = new TreeSet<>();
        State now = work.change(speaking(), "state rm", state -> {
            addresses.forEach(text -> gone.add(StateChoice.address(state, text)));
            return gone.stream().map(one -> (Event) new Event.Gone(one)).toList();
        });
        gone.forEach(one -> shell().out().println("forgotten " + one));
        shell().out().println("State serial " + now.serial() + ". Nothing was sent to Keycloak.");
        return ExitCode.DONE;
    }
}
