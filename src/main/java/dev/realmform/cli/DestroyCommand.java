package dev.realmform.cli;

import dev.realmform.plan.PlanRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Deletes what realmform created. */
@Command(name = "destroy", description = "Delete what realmform created. What it adopted stays.",
        customSynopsis = "realmform destroy -f FILE [OPTIONS]")
final class DestroyCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();
    @ArgGroup(validate = false, heading = "%nState:%n", order = 30)
    StateOptions state = new StateOptions();
    @ArgGroup(validate = false, heading = "%nCarrying out:%n", order = 15)
    WriteOptions write = new WriteOptions();

    DestroyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (Workplace workplace = Workplace.open(speaking(), files, server, state)) {
            return new Writing(speaking(), workplace, write, PlanRequest.Aim.NOTHING).run();
        }
    }
}
