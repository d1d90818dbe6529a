package dev.realmform.cli;

import dev.realmform.json.GitlabReport;
import dev.realmform.json.PlanFile;
import dev.realmform.json.SavedPlan;
import dev.realmform.model.Problem;
import dev.realmform.render.MarkdownPlan;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an apply would do. Writes nothing, needs view roles only, takes no lock. */
@Command(name = "plan", description = "Show what an apply would change, and change nothing.",
        customSynopsis = "realmform plan -f FILE [OPTIONS]")
final class PlanCommand extends WorkplaceCommand {

    @ArgGroup(validate = false, heading = "%nReports, several of one run:%n", order = 45)
    PlanReportOptions report = new PlanReportOptions();

    @Option(names = {"-o", "--out"}, paramLabel = "PLAN",
            description = "Keep the plan in this file; realmform apply PLAN carries it out.")
    @Nullable
    Path out;

    @Option(names = "--cascade",
            description = "Delete a group or client although something is inside that is not ours.")
    boolean cascade;

    @Mixin
    TargetOption target = new TargetOption();

    @Option(names = ExpectationOption.NAME, description = ExpectationOption.DESCRIPTION)
    boolean allowFailedExpectations;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 if there is something to change.")
    boolean detailedExitCode;

    PlanCommand(Shell shell) {
        super(shell);
    }

    private SavedInputs.Planning planning() {
        return new SavedInputs.Planning(cascade, target.targets());
    }

    @Override
    ExitCode run() {
        Reports reports = new Reports(speaking(), report);
        HeadStart.Way way = target.targets().isEmpty() ? HeadStart.Way.LOOKING : HeadStart.Way.LOGIN;
        try (Workplace workplace = open(way)) {
            PlanOutput output = new PlanOutput(speaking(), workplace);
            Survey.Found found = output.noted(workplace.expected(
                    workplace.reviewed(workplace.survey(Workplace.inside(cascade), target.targets())),
                    allowFailedExpectations));
            SavedPlan saved = SavedPlans.of(shell(), workplace, output.withRefusals(found), planning());
            if (!reports.takeStdout()) {
                output.show(found);
            }
            reports.send(report.json, () -> PlanFile.write(saved));
            reports.send(report.markdown, () -> MarkdownPlan.render(saved.plan(), output.heading(found),
                    reports.style(output.marker())));
            reports.send(report.gitlab, () -> GitlabReport.write(saved.plan()));
            List<Problem> problems = found.planned().problems();
            if (!problems.isEmpty()) {
                speaking().problems(problems);
                return ExitCode.of(problems);
            }
            if (out != null) {
                SavedPlans.keep(saved, shell().folder().resolve(out));
                shell().err()
                        .println("Kept in " + out + ". " + SavedInputs.literal(saved)
                                .map(literal -> "It cannot be carried out: it needs a secret that is written out in a file, "
                                        + literal + ", and holds none.")
                                .orElse("Carry it out with: realmform apply " + out));
            }
            return detailedExitCode && !saved.plan().isEmpty() ? ExitCode.PENDING : ExitCode.DONE;
        }
    }
}
