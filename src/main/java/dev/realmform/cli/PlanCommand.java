package dev.realmform.cli;

import dev.realmform.json.PlanFile;
import dev.realmform.model.Problem;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what an apply would do. Writes nothing, needs view roles only, takes no lock. */
@Command(name = "plan", description = "Show what an apply would change, and change nothing.",
        customSynopsis = "realmform plan -f FILE [OPTIONS]")
final class PlanCommand extends RealmformCommand {

    @ArgGroup(validate = false, heading = "%nFiles:%n", order = 20)
    FileOptions files = new FileOptions();
    @ArgGroup(validate = false, heading = "%nServer:%n", order = 40)
    ServerOptions server = new ServerOptions();
    @ArgGroup(validate = false, heading = "%nState:%n", order = 30)
    StateOptions state = new StateOptions();

    @Option(names = {"-o", "--out"}, paramLabel = "PLAN",
            description = "Keep the plan in this file; realmform apply PLAN carries it out.")
    @Nullable
    Path out;

    @Option(names = "--json", description = "Print the plan as JSON, in the format of --out.")
    boolean json;

    @Option(names = "--cascade",
            description = "Delete a group or client although something is inside that is not ours.")
    boolean cascade;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 if there is something to change.")
    boolean detailedExitCode;

    PlanCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        try (Workplace workplace = Workplace.open(speaking(), files, server, state)) {
            Survey.Found found = workplace.survey(Workplace.inside(cascade));
            if (json) {
                shell().out().print(PlanFile.write(SavedPlans.of(shell(), workplace, found, cascade)));
            } else {
                new PlanOutput(speaking(), workplace).show(found);
            }
            List<Problem> problems = found.planned().problems();
            if (!problems.isEmpty()) {
                speaking().problems(problems);
                return ExitCode.of(problems);
            }
            if (out != null) {
                SavedPlans.keep(SavedPlans.of(shell(), workplace, found, cascade), shell().folder().resolve(out));
                shell().err().println("Kept in " + out + ". Carry it out with: realmform apply " + out);
            }
            return detailedExitCode && !found.planned().plan().isEmpty() ? ExitCode.PENDING : ExitCode.DONE;
        }
    }
}
