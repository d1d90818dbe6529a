package dev.realmform.cli;

import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateStore;
import java.time.Duration;
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

    /** Takes the lock for work that is short: a signal does not cut it off. */
    Hold lock(Speaking speaking, StateStore store, String command) {
        Duration patience = Times.parse("--lock-timeout", lockTimeout);
        Hold hold = Hold.take(speaking, () -> store.lock(patience,
                States.holder(speaking.shell(), command), speaking::waits));
        hold.carrying();
        return hold;
    }

    /** Changes the state under its lock; what runs before have left open stays open. */
    State change(Speaking speaking, String command, Function<State, List<Event>> work) {
        try (StateStore store = choice.store(speaking.shell());
                Hold hold = lock(speaking, store, command)) {
            Loaded loaded = StateChoice.load(store);
            try (Journal journal = hold.lock().journal(loaded.state(), loaded.pending())) {
                journal.append(work.apply(loaded.state()));
                return journal.fold();
            }
        }
    }
}
