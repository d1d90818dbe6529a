package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.state.Loaded;
import dev.realmform.state.State;
import dev.realmform.state.StateBytes;
import dev.realmform.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a state that is at hand where states are kept. */
@Command(name = "push",
        description = {"Store a state from a file: one that was pulled, or one that an apply left behind.",
            "Refused if it is not the same state's next version."},
        customSynopsis = {"realmform state push STATE.json -f FILE",
            "       realmform state push STATE.json --state PLACE"})
final class StatePushCommand extends RealmformCommand {

    @Parameters(paramLabel = "STATE", description = "The file; - for standard input.")
    String file = "";

    @Option(names = "--force", description = "Store it although another state is there, or a later version.")
    boolean force;

    @Mixin
    StateWork work = new StateWork();

    StatePushCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Loaded given = StateBytes.of(States.CODEC, file).read(bytes());
        try (StateStore store = work.choice.store(shell());
                Hold hold = work.lock(speaking(), store, "state push")) {
            Optional<Loaded> there = store.load();
            if (there.isPresent() && isSame(there.get(), given)) {
                shell().out().println("The state " + store.name() + " says this already.");
                return ExitCode.DONE;
            }
            if (!force) {
                there.ifPresent(found -> refuse(found.state(), given.state(), store.name()));
            }
            long known = there.map(found -> found.state().serial()).orElse(0L);
            State stored = hold.lock().put(new Loaded(given.state().after(known), given.pending()));
            shell().out().println("Stored in " + store.name() + " as serial " + stored.serial() + ".");
        }
        return ExitCode.DONE;
    }

    private static boolean isSame(Loaded one, Loaded other) {
        return one.state().lineage().equals(other.state().lineage()) && one.state().saysTheSameAs(other.state())
                && one.pending().equals(other.pending());
    }

    private void refuse(State there, State given, String name) {
        if (!there.lineage().equals(given.lineage())) {
            throw Problem.refused(file + " is another state than " + name + ": lineage " + given.lineage() + ", not "
                    + there.lineage(), "",
                    "Check --state and the file. To put it in the place of what is there: --force.").asException();
        }
        if (given.serial() <= there.serial()) {
            throw Problem.refused(file + " has serial " + given.serial() + ", and " + name + " serial "
                    + there.serial() + (given.serial() == there.serial() ? " with another content" : ""), "",
                    "It was stored by somebody since. Compare: realmform state pull. To go back to the file all the"
                            + " same: --force.")
                    .asException();
        }
    }

    private byte[] bytes() {
        try {
            return file.equals("-") ? shell().in().readAllBytes()
                    : Files.readAllBytes(shell().folder().resolve(file));
        } catch (IOException e) {
            throw Problem.invalid("the state cannot be read", file, "Name a file that holds a state.")
                    .causedBy(e)
                    .asException();
        }
    }
}
