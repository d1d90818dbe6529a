package dev.realmform.cli;

import dev.realmform.state.Loaded;
import dev.realmform.state.StateBytes;
import dev.realmform.state.StateStore;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Prints a state as it is kept. */
@Command(name = "pull",
        description = "Print the state, as JSON, with what unfinished runs have left open. Takes no lock.",
        customSynopsis = {"realmform state pull -f FILE > STATE.json",
            "       realmform state pull --state PLACE > STATE.json"})
final class StatePullCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    StatePullCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (StateStore store = choice.store(shell())) {
            Loaded loaded = StateChoice.load(store);
            byte[] text = StateBytes.of(States.CODEC, store.name()).write(loaded.state(), loaded.pending());
            shell().data().print(new String(text, StandardCharsets.UTF_8));
            return ExitCode.DONE;
        }
    }
}
