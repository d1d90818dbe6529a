package dev.realmform.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Who can use a pool or has a role, and by which ways. */
@Command(name = "who",
        description = {"Show who can use a pool or has a role, and by which ways: groups and the groups around"
                + " them, roles that are composed of others, the default role, direct grants."},
        customSynopsis = {"realmform who [can use] POOL|ROLE -f FILE [OPTIONS]",
            "       realmform who [can use] POOL|ROLE --realm REALM [OPTIONS]",
            "       realmform who [can use] POOL|ROLE --export FILE [OPTIONS]"})
final class WhoCommand extends AccessCommand {

    @Parameters(arity = "0..*", paramLabel = "POOL|ROLE",
            description = "A pool of osmo.teams in the files; or a role: of the realm, or client/role, or its name alone for all"
                    + " clients that have it.")
    List<String> words = List.of();

    WhoCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run() {
        String thing = thing(words, "realmform who can use osmo-admin -f osmo.yaml");
        answer(inquiry -> inquiry.who(thing));
        return ExitCode.DONE;
    }
}
