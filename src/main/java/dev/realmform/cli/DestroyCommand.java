package dev.realmform.cli;

import dev.realmform.kubernetes.section.Charts;
import dev.realmform.plan.PlanRequest;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Deletes what realmform created. */
@Command(name = "destroy", description = "Delete what realmform created. What it adopted stays.",
        customSynopsis = "realmform destroy -f FILE [OPTIONS]")
final class DestroyCommand extends WriteCommand {

    DestroyCommand(Shell shell) {
        super(shell);
    }

    /** What goes is in the state: nobody has to render it once more. */
    @Override
    Charts charts() {
        return Charts.UNRENDERED;
    }

    @Override
    ExitCode write(Optional<EventStream> events) {
        try (Workplace workplace = open(HeadStart.Way.LOGIN)) {
            return new Writing(speaking(), workplace, write, PlanRequest.Aim.NOTHING, target.targets(),
                    Newcomers.none(speaking()), events)
                    .run();
        }
    }
}
