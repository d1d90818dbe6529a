package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.plan.PlanRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the server what the files say. */
@Command(name = "apply", description = "Make the server what the files say, or carry out a saved plan.",
        customSynopsis = {"realmform apply -f FILE [OPTIONS]", "       realmform apply PLAN [OPTIONS]"})
final class ApplyCommand extends WriteCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "PLAN",
            description = "A plan that was kept with: realmform plan --out PLAN.")
    @Nullable
    Path plan;

    @Option(names = "--credentials-to", paramLabel = "FILE", order = 16,
            description = "Give each new user who has no other way to log in a temporary password, and write it to FILE as CSV,"
                    + " readable by you alone. FILE must not be there.")
    @Nullable
    Path credentials;

    ApplyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode write(Optional<EventStream> events) {
        Newcomers newcomers = new Newcomers(speaking(), Optional.ofNullable(credentials));
        newcomers.check();
        if (plan != null) {
            if (!files.files.isEmpty()) {
                throw new Problem(Problem.Kind.USAGE, "a saved plan and -f exclude each other", "",
                        "The plan holds what the files said when it was made.", Optional.empty()).asException();
            }
            if (!target.targets().isEmpty()) {
                throw new Problem(Problem.Kind.USAGE, "a saved plan and --target exclude each other", "",
                        "The plan remembers the targets that it was made for.", Optional.empty()).asException();
            }
            return SavedPlans.apply(speaking(), plan, server, state, write, newcomers, events);
        }
        try (Workplace workplace = open(HeadStart.Way.LOGIN)) {
            return new Writing(speaking(), workplace, write, PlanRequest.Aim.DESIRED, target.targets(), newcomers,
                    events).run();
        }
    }
}
