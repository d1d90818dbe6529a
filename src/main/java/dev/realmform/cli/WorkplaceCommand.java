package dev.realmform.cli;

import dev.realmform.kubernetes.section.Charts;
import picocli.CommandLine.ArgGroup;

/** A command that lays files, a server and a state side by side. */
abstract class WorkplaceCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nState:%n", order = 30)
    StateOptions state = new StateOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();

    WorkplaceCommand(Shell shell) {
        super(shell);
    }

    /** Loads the files, logs in and finds the state. */
    final Workplace open(HeadStart.Way way) {
        return Workplace.open(new HeadStart(speaking(), server, way), files, state, charts());
    }

    /** Who renders the charts that files name; by default the machine's helm. */
    Charts charts() {
        return ChartPrograms.of(shell(), files);
    }
}
