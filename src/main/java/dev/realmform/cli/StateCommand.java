package dev.realmform.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about the state. */
@Command(name = "state", customSynopsis = "realmform state list|show|rm|mv|pull|push|rebuild [OPTIONS]",
        description = "Look at what the state holds, and put it right.")
final class StateCommand {

    @Mixin
    HelpOption help = new HelpOption();
}
