package dev.realmform.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that print what comes of the files. */
@Command(name = "render", customSynopsis = "realmform render WHAT -f FILE [OPTIONS]",
        description = "Print what the files stand for, and what comes of it elsewhere.")
final class RenderCommand {

    @Mixin
    HelpOption help = new HelpOption();
}
