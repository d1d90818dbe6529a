package dev.realmform.cli;

import dev.realmform.state.StateStore;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Frees the lock that a dead run has left on a server or in a cluster. */
@Command(name = "force-unlock",
        description = {"Free the lock that a dead run has left on a state's server, or in a cluster.",
            "The lock of a state in a file is free as soon as the process that holds it ends."},
        customSynopsis = {"realmform force-unlock LOCK-ID -f FILE",
            "       realmform force-unlock LOCK-ID --state PLACE"})
final class ForceUnlockCommand extends RealmformCommand {

    @Parameters(paramLabel = "LOCK-ID", description = "As the run said that could not get the lock.")
    String id = "";

    @Option(names = "--force", description = "Do not ask.")
    boolean force;

    @ArgGroup(validate = false, heading = "%nWhich state:%n", order = 20)
    StateChoice choice = new StateChoice();

    ForceUnlockCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (StateStore store = choice.store(shell())) {
            unlock(store);
        }
        return ExitCode.DONE;
    }

    private void unlock(StateStore store) {
        (force ? Approval.GIVEN : Approval.ASK).obtain(shell(), "Is the run that holds the lock on " + store.name()
                + " really dead?\nIf it is not, two runs will write the same realm.", "Say --force.");
        store.unlock(id);
        shell().out().println("The lock on " + store.name() + " is free. Apply again: it looks at what was open.");
    }
}
