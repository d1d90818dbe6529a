package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.plan.PlanRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the server what the files say. */
@Command(name = "apply", description = "Make the server what the files say, or carry out a saved plan.",
        mixinStandardHelpOptions = true)
final class ApplyCommand extends RealmformCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "PLAN", description = "A plan that was kept with plan --out.")
    @Nullable
    Path plan;

    @Mixin
    FileOptions files = new FileOptions();
    @Mixin
    ServerOptions server = new ServerOptions();
    @Mixin
    StateOptions state = new StateOptions();
    @Mixin
    WriteOptions write = new WriteOptions();

    ApplyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        if (plan != null) {
            if (!files.files.isEmpty()) {
                throw new Problem(Problem.Kind.USAGE, "a saved plan and -f exclude each other", "",
                        "The plan holds what the files said when it was made.", Optional.empty()).asException();
            }
            return SavedPlans.apply(speaking(), plan, server, state, write);
        }
        try (Workplace workplace = Workplace.open(speaking(), files, server, state)) {
            return new Writing(speaking(), workplace, write, PlanRequest.Aim.DESIRED).run();
        }
    }
}
