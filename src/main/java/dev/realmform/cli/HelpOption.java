package dev.realmform.cli;

import picocli.CommandLine.Option;

/** Every command explains itself. */
final class HelpOption {

    @Option(names = {"-h", "--help"}, usageHelp = true, order = 100, description = "Show this help.")
    boolean help;
}
