package dev.realmform.cli;

import dev.realmform.plan.PlanRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes what realmform created. */
@Command(name = "destroy", description = "Delete what realmform created; what it adopted stays.",
        mixinStandardHelpOptions = true)
final class DestroyCommand extends RealmformCommand {

    @Mixin
    FileOptions files = new FileOptions();
    @Mixin
    ServerOptions server = new ServerOptions();
    @Mixin
    StateOptions state = new StateOptions();
    @Mixin
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
