package dev.realmform.cli;

import dev.realmform.json.PlanFile;
import dev.realmform.model.Problem;
import dev.realmform.plan.Drift;
import dev.realmform.render.JUnitDrift;
import dev.realmform.render.MarkdownPlan;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Shows what moved on the server since the last apply. */
@Command(name = "drift",
        description = "Show what moved on the server since the last apply. Exits with 2 if anything did.",
        customSynopsis = "realmform drift -f FILE [OPTIONS]")
final class DriftCommand extends WorkplaceCommand {

    @ArgGroup(validate = false, heading = "%nReports, several of one run:%n", order = 45)
    DriftReportOptions report = new DriftReportOptions();

    DriftCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Reports reports = new Reports(speaking(), report);
        try (Workplace workplace = open(HeadStart.Way.LOOKING)) {
            if (!workplace.hasState()) {
                throw Problem.refused("drift needs a state, and there is none at " + workplace.store().name(), "",
                        "Apply first, or name the state with --state.").asException();
            }
            Survey.Found found = workplace.survey(Workplace.inside(false), Targets.NONE);
            Drift drift = Drift.of(found.planned().plan(), found.owned());
            PlanOutput output = new PlanOutput(speaking(), workplace);
            if (!reports.takeStdout()) {
                output.show(found, drift);
            }
            reports.send(report.json,
                    () -> PlanFile.write(SavedPlans.of(shell(), workplace, found.with(drift.plan()),
                            SavedInputs.Planning.USUAL)));
            reports.send(report.markdown, () -> MarkdownPlan.drift(drift.plan(), drift.alsoChanged(),
                    output.heading(found), reports.style(output.marker())));
            reports.send(report.junit, () -> JUnitDrift.render(drift.plan(), drift.alsoChanged(),
                    found.owned().keySet(), output.heading(found), shell().clock().instant()));
            return drift.plan().isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
        }
    }
}
