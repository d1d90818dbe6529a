package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.plan.Drift;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what moved on the server since the last apply. */
@Command(name = "drift",
        description = {"Show what moved on the server since the last apply. Exits with 2 if anything did.",
            "Needs a state, and view-* and query-* roles only."},
        mixinStandardHelpOptions = true)
final class DriftCommand extends RealmformCommand {

    @Mixin
    FileOptions files = new FileOptions();
    @Mixin
    ServerOptions server = new ServerOptions();
    @Mixin
    StateOptions state = new StateOptions();

    @Option(names = "--json", description = "Print the drift as JSON, in the format of a plan.")
    boolean json;

    DriftCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (Workplace workplace = Workplace.open(speaking(), files, server, state)) {
            if (!workplace.hasState()) {
                throw Problem.refused("drift needs a state, and there is none at " + workplace.store().name(), "",
                        "Apply first, or name the state with --state.").asException();
            }
            Survey.Found found = workplace.survey(Workplace.inside(false));
            Drift drift = Drift.of(found.planned().plan(), found.owned());
            new PlanOutput(speaking(), workplace).show(found, drift);
            return drift.plan().isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
        }
    }
}
