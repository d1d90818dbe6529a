package dev.realmform.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands about tokens. */
@Command(name = "token", customSynopsis = "realmform token decode [FILE|-] [OPTIONS]",
        description = "Show what OSMO would make of a token.")
final class TokenCommand {

    @Mixin
    HelpOption help = new HelpOption();
}
