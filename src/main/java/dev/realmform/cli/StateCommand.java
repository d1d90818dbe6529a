package dev.realmform.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about the state. */
@Command(name = "state", customSynopsis = "realmform state list|show [OPTIONS]",
        description = "Look at what the state holds.")
final class StateCommand {

    @Mixin
    HelpOption help = new HelpOption();
}
