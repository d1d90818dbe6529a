package dev.realmform.cli;

import dev.realmform.json.GitlabReport;
import dev.realmform.json.PlanFile;
import dev.realmform.json.SavedPlan;
import dev.realmform.render.Heading;
import dev.realmform.render.MarkdownPlan;
import dev.realmform.render.TerminalPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a plan that was kept. */
@Command(name = "show", description = "Show a plan that was kept with plan --out.",
        customSynopsis = "realmform show PLAN [OPTIONS]")
final class ShowCommand extends RealmformCommand {

    @Parameters(paramLabel = "PLAN", description = "A plan that was kept with: realmform plan --out PLAN.")
    Path plan = Path.of("");

    @ArgGroup(validate = false, heading = "%nReports, several of one run:%n", order = 45)
    PlanReportOptions report = new PlanReportOptions();

    ShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        Reports reports = new Reports(speaking(), report);
        byte[] bytes = SavedPlans.bytes(shell(), plan);
        SavedPlan saved = PlanFile.read(bytes, plan.toString());
        String realms = String.join(", ", saved.inputs().options().texts("realms")) + " at "
                + saved.inputs().server().text("url").orElse(saved.server().issuer());
        Heading heading = new Heading("realm " + realms + " · planned " + saved.made().at(), saved.made().files());
        if (!reports.takeStdout()) {
            shell().out().print(TerminalPlan.render(saved.plan(), heading, speaking().look()));
        }
        // As it was written: what was unknown then is no part of the plan that was read.
        reports.send(report.json, () -> new String(bytes, StandardCharsets.UTF_8));
        reports.send(report.markdown, () -> MarkdownPlan.render(saved.plan(), heading, reports.style(realms)));
        reports.send(report.gitlab, () -> GitlabReport.write(saved.plan()));
        return ExitCode.DONE;
    }
}
