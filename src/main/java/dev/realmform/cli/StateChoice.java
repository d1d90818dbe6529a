package dev.realmform.cli;

import dev.realmform.config.DesiredState;
import dev.realmform.config.StatePlace;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which state a command is about: one that is named, or the one that files lead to. */
final class StateChoice {

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "Desired-state file: its state.")
    List<String> files = List.of();

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "Value for $(var:NAME) in that file.")
    Map<String, String> vars = new LinkedHashMap<>();

    @Option(names = "--state", paramLabel = "PLACE",
            description = "State: a file, the URL of a server that keeps it, or kubernetes:NAMESPACE/NAME (default: REALMFORM_STATE).")
    @Nullable
    String state;

    StateStore store(Shell shell) {
        return States.store(shell, place(shell));
    }

    /** What is in the chosen one, when nothing else is done with it. */
    Loaded loaded(Shell shell) {
        try (StateStore store = store(shell)) {
            return load(store);
        }
    }

    /**
     * What is in it.
     *
     * @throws dev.realmform.model.ProblemException if there is none
     */
    static Loaded load(StateStore store) {
        return store.load()
                .orElseThrow(() -> Problem.refused("there is no state at " + store.name(), "",
                        "Apply first, or name the state with --state.").asException());
    }

    /**
     * The resource that somebody means: its whole address, or the end of it.
     *
     * @throws dev.realmform.model.ProblemException if there is none, or more than one
     */
    static Address address(State state, String text) {
        List<Address> found = state.resources().keySet().stream().filter(one -> one.toString().equals(text)).toList();
        if (found.isEmpty()) {
            found = state.resources().keySet().stream().filter(one -> one.toString().endsWith("/" + text)).toList();
        }
        if (found.size() != 1) {
            String what = found.isEmpty() ? "the state holds no " + text
                    : text + " may be any of " + String.join(", ", found.stream().map(Address::toString).toList());
            throw Problem.refused(what, "", "realmform state list names all of them.").asException();
        }
        return found.getFirst();
    }

    private StatePlace place(Shell shell) {
        if (files.isEmpty()) {
            Optional<StatePlace> named = StatePlace.of(Optional.ofNullable(state), shell.environment());
            if (named.isPresent()) {
                return named.get();
            }
        }
        FileOptions named = new FileOptions();
        named.files = files;
        named.vars = vars;
        StateOptions options = new StateOptions();
        options.state = state;
        DesiredState desired = Workplace.load(shell, named, new ServerOptions(), options).state();
        return States.place(desired.settings(), desired.realms());
    }
}
