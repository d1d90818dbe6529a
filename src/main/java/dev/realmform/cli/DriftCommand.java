package dev.realmform.cli;

import dev.realmform.json.PlanFile;
import dev.realmform.model.Problem;
import dev.realmform.plan.Drift;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what moved on the server since the last apply. */
@Command(name = "drift",
        description = "Show what moved on the server since the last apply. Exits with 2 if anything did.",
        customSynopsis = "realmform drift -f FILE [OPTIONS]")
final class DriftCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();
    @ArgGroup(validate = false, heading = "%nState:%n", order = 30)
    StateOptions state = new StateOptions();

    @Option(names = "--json", description = "Print the drift as JSON, as the plan that would undo it.")
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
            if (json) {
                Survey.Found undone = found.with(drift.plan());
                shell().out().print(PlanFile.write(SavedPlans.of(shell(), workplace, undone, false)));
            } else {
                new PlanOutput(speaking(), workplace).show(found, drift);
            }
            return drift.plan().isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
        }
    }
}
