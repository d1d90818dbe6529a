package dev.realmform.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which resources a plan is about, where it is not about all. */
final class TargetOption {

    @Option(names = "--target", paramLabel = "ADDRESS", description = {
        "Plan this resource and what it needs, and nothing else. May be repeated.",
        "For exceptional use: the plan may be incomplete."})
    List<String> written = List.of();

    Targets targets() {
        return new Targets(written);
    }
}
