package dev.realmform.cli;

import dev.realmform.model.Problem;
import dev.realmform.render.Look;
import dev.realmform.render.MarkdownPlan;
import dev.realmform.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends reports where the command line says: into a file, whole or not at all, or to stdout in place of the text. */
final class Reports {

    /** As a file's name: standard output. */
    static final String STDOUT = "-";

    private final Speaking speaking;
    private final ReportOptions options;

    /** @throws dev.realmform.model.ProblemException if the options cannot be met together */
    Reports(Speaking speaking, ReportOptions options) {
        List<String> printed = printed(options);
        if (printed.size() > 1) {
            throw usage(String.join(" and ", printed) + " cannot both be printed",
                    "Give one of them a file: " + printed.getFirst() + "=FILE.");
        }
        if (options.maxBytes < MarkdownPlan.FEWEST_BYTES) {
            throw usage("--max-bytes " + options.maxBytes + " holds no headline",
                    "Give it at least " + MarkdownPlan.FEWEST_BYTES + ".");
        }
        this.speaking = speaking;
        this.options = options;
    }

    private static RuntimeException usage(String what, String remedy) {
        return new Problem(Problem.Kind.USAGE, what, "", remedy, Optional.empty()).asException();
    }

    /** Whether a report is printed in place of the text. */
    boolean takeStdout() {
        return !printed(options).isEmpty();
    }

    private static List<String> printed(ReportOptions options) {
        return options.targets()
                .entrySet()
                .stream()
                .filter(target -> target.getValue().equals(STDOUT))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How comments are written; the marker is the same from run to run. */
    MarkdownPlan.Style style(String marker) {
        return new MarkdownPlan.Style(marker, options.maxBytes,
                options.noDetails ? MarkdownPlan.Details.OPEN : MarkdownPlan.Details.COLLAPSED,
                speaking.options().full ? Look.Detail.FULL : Look.Detail.FOLDED);
    }

    /** Sends a report, if there is a place for it. */
    void send(@Nullable String target, Supplier<String> report) {
        if (STDOUT.equals(target)) {
            speaking.shell().data().print(report.get());
            speaking.shell().out().flush();
        } else if (target != null) {
            new DurableFile(speaking.shell().folder().resolve(target))
                    .replace(report.get().getBytes(StandardCharsets.UTF_8));
        }
    }
}
