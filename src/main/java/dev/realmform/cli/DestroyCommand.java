package dev.realmform.cli;

import dev.realmform.plan.PlanRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes what realmform created. */
@Command(name = "destroy", description = "Delete what realmform created. What it adopted stays.",
        customSynopsis = "realmform destroy -f FILE [OPTIONS]")
final class DestroyCommand extends WorkplaceCommand {

    @ArgGroup(validate = false, heading = "%nCarrying out:%n", order = 15)
    WriteOptions write = new WriteOptions();
    @Mixin
    TargetOption target = new TargetOption();

    DestroyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (Workplace workplace = open()) {
            return new Writing(speaking(), workplace, write, PlanRequest.Aim.NOTHING, target.targets()).run();
        }
    }
}
