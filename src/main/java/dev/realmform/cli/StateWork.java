package dev.realmform.cli;

import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import dev.realmform.state.StateStore;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What commands share that change a state and nothing else: which one it is, and its lock. */
final class StateWork {

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    @Option(names = "--lock-timeout", paramLabel = "TIME",
            description = "How long to wait for another run that holds the state: 30s, 5m (default: 0).")
    String lockTimeout = "0";

    StateLock lock(Shell shell, StateStore store, String command) {
        return store.lock(Times.parse("--lock-timeout", lockTimeout), States.holder(shell, command));
    }

    /** Changes the state under its lock; what runs before have left open stays open. */
    State change(Shell shell, String command, Function<State, List<Event>> work) {
        StateStore store = choice.store(shell);
        try (StateLock lock = lock(shell, store, command)) {
            Loaded loaded = StateChoice.load(store);
            try (Journal journal = lock.journal(loaded.state(), loaded.pending())) {
                journal.append(work.apply(loaded.state()));
                return journal.fold();
            }
        }
    }
}
