package dev.realmform.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a verification. */
final class VerifyReportOptions {

    @Option(names = "--json", paramLabel = "FILE", arity = "0..1", fallbackValue = Reports.STDOUT,
            preprocessor = ReportOptions.AttachedValue.class,
            description = "As JSON: into FILE, or printed in place of the text.")
    @Nullable
    String json;

    @Option(names = "--junit", paramLabel = "FILE", description = "As a JUnit report: a test case for each check.")
    @Nullable
    String junit;
}
