package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Problem;
import dev.realmform.state.Event;
import dev.realmform.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives an entry of the state another address. */
@Command(name = "mv", description = {"Give an entry of the state another address. Nothing is sent to Keycloak.",
    "To rename a resource itself, write $was in the file."},
        customSynopsis = {"realmform state mv OLD NEW -f FILE", "       realmform state mv OLD NEW --state PLACE"})
final class StateMvCommand extends RealmformCommand {

    @Parameters(index = "0", paramLabel = "OLD",
            description = "As it is printed: client/retail/pay-portal; or its end, where that is unambiguous.")
    String from = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The whole new address, of the same type.")
    String to = "";

    @Mixin
    StateWork work = new StateWork();

    StateMvCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        State now = work.change(speaking(), "state mv", this::moved);
        shell().out().println("moved " + from + " to " + to);
        shell().out().println("State serial " + now.serial() + ". Nothing was sent to Keycloak.");
        return ExitCode.DONE;
    }

    private List<Event> moved(State state) {
        Address before = StateChoice.address(state, from);
        Address after = parsed();
        if (!after.type().equals(before.type())) {
            throw refused("a " + before.type() + " cannot become a " + after.type(),
                    "Give an address of the same type.");
        }
        if (state.find(after).isPresent()) {
            throw refused("the state holds " + after + " already", "Forget it first: realmform state rm " + after);
        }
        List<Event> events = new ArrayList<>();
        events.add(new Event.Gone(before));
        events.add(new Event.Done(after, state.find(before).orElseThrow()));
        state.resources().forEach((address, owned) -> {
            if (owned.needs().contains(before) && !address.equals(before)) {
                Set<Address> needs = new HashSet<>(owned.needs());
                needs.remove(before);
                needs.add(after);
                events.add(new Event.Done(address,
                        new Owned(owned.id(), owned.created(), owned.protect(), owned.fields(), needs)));
            }
        });
        return events;
    }

    private Address parsed() {
        try {
            return Address.parse(to);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), "Write it as realmform state list does.");
        }
    }

    private static RuntimeException refused(String what, String remedy) {
        return Problem.refused(what, "", remedy).asException();
    }
}
