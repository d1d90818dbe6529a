package dev.realmform.cli;

import dev.realmform.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** By which ways one user can use a pool or has a role; or what there is in place of a way. */
@Command(name = "why",
        description = {"Show by which ways a user can use a pool or has a role; if by none, what the user has"
                + " instead, and what would give it. Exits with 2 if the user cannot use it."},
        customSynopsis = {"realmform why USER [can use] POOL|ROLE -f FILE [OPTIONS]",
            "       realmform why can USER use POOL|ROLE -f FILE [OPTIONS]",
            "       realmform why USER [can use] POOL|ROLE --realm REALM [OPTIONS]",
            "       realmform why USER [can use] POOL|ROLE --export FILE [OPTIONS]"})
final class WhyCommand extends AccessCommand {

    private static final String EXAMPLE = "realmform why ada can use osmo-admin -f osmo.yaml";

    @Parameters(arity = "0..*", paramLabel = "USER POOL|ROLE",
            description = "A user by the name with which he logs in; a pool of osmo.teams in the files, or a role: of the realm,"
                    + " or client/role, or its name alone for all clients that have it.")
    List<String> words = List.of();

    WhyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        List<String> left = new ArrayList<>(words);
        if (left.size() > 2 && left.getFirst().equals("can")) {
            left.removeFirst();
        }
        if (left.isEmpty()) {
            throw new Problem(Problem.Kind.USAGE, "no user is named", "", "Write, for example: " + EXAMPLE,
                    Optional.empty()).asException();
        }
        String user = left.removeFirst();
        String thing = thing(left, EXAMPLE);
        return answer(inquiry -> inquiry.why(user, thing)).isUsable() ? ExitCode.DONE : ExitCode.PENDING;
    }
}
