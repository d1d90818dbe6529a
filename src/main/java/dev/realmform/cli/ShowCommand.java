package dev.realmform.cli;

import dev.realmform.json.SavedPlan;
import dev.realmform.render.Heading;
import dev.realmform.render.TerminalPlan;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a plan that was kept. */
@Command(name = "show", description = "Show a plan that was kept with plan --out.",
        customSynopsis = "realmform show PLAN [OPTIONS]")
final class ShowCommand extends RealmformCommand {

    @Parameters(paramLabel = "PLAN", description = "A plan that was kept with: realmform plan --out PLAN.")
    Path plan = Path.of("");

    ShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        SavedPlan saved = SavedPlans.read(shell(), plan);
        String heading = "realm " + String.join(", ", saved.inputs().options().texts("realms")) + " at "
                + saved.inputs().server().text("url").orElse(saved.server().issuer()) + " · planned "
                + saved.made().at();
        shell().out()
                .print(TerminalPlan.render(saved.plan(), new Heading(heading, saved.made().files()),
                        speaking().look()));
        return ExitCode.DONE;
    }
}
