package dev.realmform.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a drift. */
final class DriftReportOptions extends ReportOptions {

    @Option(names = "--junit", paramLabel = "FILE",
            description = "As a JUnit report: a test case for each resource that was compared.")
    @Nullable
    String junit;
}
