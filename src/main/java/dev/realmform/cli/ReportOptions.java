package dev.realmform.cli;

import dev.realmform.render.MarkdownPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** For whom else a plan is told beside the person at the terminal: each may have a file, all come of one run. */
class ReportOptions {

    @Option(names = "--json", paramLabel = "FILE", arity = "0..1", fallbackValue = Reports.STDOUT,
            preprocessor = AttachedValue.class,
            description = "As JSON, for policies: into FILE, or printed in place of the text.")
    @Nullable
    String json;

    @Option(names = "--markdown", paramLabel = "FILE", arity = "0..1", fallbackValue = Reports.STDOUT,
            preprocessor = AttachedValue.class,
            description = "As a comment for a pull request: into FILE, or printed in place of the text.")
    @Nullable
    String markdown;

    @Option(names = "--max-bytes", paramLabel = "N",
            description = "How long the comment may be (default: 65536, as on GitHub). It says what was left out.")
    int maxBytes = MarkdownPlan.GITHUB_BYTES;

    @Option(names = "--no-details", description = "No <details> in the comment, where they do not render.")
    boolean noDetails;

    /** By option, where each report goes; those that are not asked for are absent. */
    SequencedMap<String, String> targets() {
        SequencedMap<String, String> targets = new LinkedHashMap<>();
        add(targets, "--json", json);
        add(targets, "--markdown", markdown);
        return targets;
    }

    static void add(Map<String, String> targets, String option, @Nullable String target) {
        if (target != null) {
            targets.put(option, target);
        }
    }

    /**
     * Takes a value behind {@code =} alone: in {@code show --json PLAN} the plan is no value of {@code --json}. Picocli's own
     * rule for options with a value that may be left out is to take whatever follows.
     */
    static final class AttachedValue implements IParameterPreprocessor {

        @Override
        public boolean preprocess(Stack<String> arguments, CommandSpec command, ArgSpec argument,
                Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push(Reports.STDOUT);
            }
            return false;
        }
    }
}
