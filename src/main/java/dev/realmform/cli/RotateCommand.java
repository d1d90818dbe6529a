package dev.realmform.cli;

import dev.realmform.model.ProblemException;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a secret anew, and carries it to all who have it. */
@Command(name = "rotate", description = {
    "Make a new secret: Keycloak makes that of a client, chance the values of a Secret that $(random:...) stands for. Then write it"
            + " into all that hold it by reference, then restart what reads those Secrets, in this order.",
    "What is to be done is shown first."},
        customSynopsis = {
            "realmform rotate ADDRESS -f FILE [OPTIONS]"},
        footer = {"",
            "For example: realmform rotate client/osmo/web -f osmo.yaml"})
final class RotateCommand extends WorkplaceCommand {

    @Parameters(paramLabel = "ADDRESS",
            description = "Of a client, or of a Secret, as plans print it: client/REALM/CLIENT, Secret/NAMESPACE/NAME.")
    String address = "";

    @ArgGroup(validate = false, heading = "%nCarrying out:%n", order = 15)
    RotateOptions rotate = new RotateOptions();

    RotateCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Optional<EventStream> events = rotate.json ? Optional.of(new EventStream(shell())) : Optional.empty();
        try {
            ExitCode code = rotate(events);
            events.ifPresent(stream -> stream.ended(code));
            return code;
        } catch (ProblemException failed) {
            events.ifPresent(stream -> stream.ended(failed.withWhatFollowed().problems()));
            throw failed;
        }
    }

    private ExitCode rotate(Optional<EventStream> events) {
        try (Workplace workplace = open(HeadStart.Way.LOGIN)) {
            Rotation rotation = Rotation.of(workplace, address, rotate.keys);
            return new Rotating(speaking(), workplace, rotation, rotate, events).run();
        }
    }
}
