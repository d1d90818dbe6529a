package dev.realmform.cli;

import dev.realmform.model.ProblemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** A command that writes to the server; with {@code --json} its stream of events begins and ends whatever happens. */
abstract class WriteCommand extends WorkplaceCommand {

    @ArgGroup(validate = false, heading = "%nCarrying out:%n", order = 15)
    WriteOptions write = new WriteOptions();
    @Mixin
    TargetOption target = new TargetOption();

    WriteCommand(Shell shell) {
        super(shell);
    }

    @Override
    final ExitCode run() {
        Optional<EventStream> events = write.json ? Optional.of(new EventStream(shell())) : Optional.empty();
        try {
            write.check();
            ExitCode code = write(events);
            events.ifPresent(stream -> stream.ended(code));
            return code;
        } catch (InvalidPathException e) {
            events.ifPresent(stream -> stream.ended(List.of(noPath(e))));
            throw e;
        } catch (ProblemException failed) {
            events.ifPresent(stream -> stream.ended(failed.withWhatFollowed().problems()));
            throw failed;
        }
    }

    /** Plans and carries out. */
    abstract ExitCode write(Optional<EventStream> events);
}
