package dev.realmform.cli;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The reports of a plan. */
final class PlanReportOptions extends ReportOptions {

    @Option(names = "--gitlab-report", paramLabel = "FILE",
            description = "The counts that GitLab shows at a merge request (reports: terraform).")
    @Nullable
    String gitlab;

    @Override
    SequencedMap<String, String> targets() {
        SequencedMap<String, String> targets = super.targets();
        add(targets, "--gitlab-report", gitlab);
        return targets;
    }
}
