package dev.realmform.cli;

import picocli.CommandLine.Option;

/** What to do about expectations that will not be met. */
final class ExpectationOption {

    @Option(names = "--allow-failed-expectations",
            description = "Go on although something that the section expect says will not be so.")
    boolean allowFailed;
}
