package dev.realmform.cli;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a drift. */
final class DriftReportOptions extends ReportOptions {

    @Option(names = "--junit", paramLabel = "FILE",
            description = "As a JUnit report: a test case for each resource that was compared.")
    @Nullable
    String junit;

    @Override
    SequencedMap<String, String> targets() {
        SequencedMap<String, String> targets = super.targets();
        add(targets, "--junit", junit);
        return targets;
    }
}
