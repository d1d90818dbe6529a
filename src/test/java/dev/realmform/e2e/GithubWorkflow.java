package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workflow of GitHub, read from its file: the steps of a job that run something are run. What is done by actions (check-out,
 * JDK, artefacts) is there already: all jobs share one folder.
 *
 * @param context what {@code ${{ … }}} stands for
 */
record GithubWorkflow(JsonNode text, Map<String, String> context) {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *}}");

    /** Runs a job to its end, or to the first step that fails. */
    CommandLineRun run(String name, Job job) throws IOException {
        JsonNode written = text.path("jobs").path(name);
        assertThat(written.isMissingNode()).as(name).isFalse();
        Path exports = Files.writeString(job.folder().resolve("../exports"), "");
        Job running = job.with(environment(text))
                .with(environment(written))
                .with(Map.of("GITHUB_REPOSITORY", "acme/realms",
                        "GITHUB_ENV", exports.toString(), "GITHUB_STEP_SUMMARY",
                        job.folder().resolve("../summary.md").toString()));
        CommandLineRun last = new CommandLineRun(List.of(name), 0, "", "");
        for (JsonNode step : written.path("steps")) {
            if (step.has("run") && !step.path("run").asText().contains("GITHUB_PATH") && isDue(step, last, job)) {
                CommandLineRun run = running.with(exported(exports))
                        .with(environment(step))
                        .run(List.of("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"),
                                step.path("run").asText());
                last = new CommandLineRun(List.of(name), last.code() == 0 ? run.code() : last.code(),
                        last.out() + run.out(), last.err() + run.err());
            }
        }
        return last;
    }

    /** The two conditions that steps have: that all went well so far, or that there is a file. */
    private static boolean isDue(JsonNode step, CommandLineRun last, Job job) {
        Matcher file = Pattern.compile("always\\(\\) && hashFiles\\('(.*)'\\) != ''").matcher(step.path("if").asText());
        return file.matches() ? Files.exists(job.folder().resolve(file.group(1))) : last.code() == 0;
    }

    private Map<String, String> environment(JsonNode of) {
        Map<String, String> variables = new TreeMap<>();
        of.path("env")
                .properties()
                .forEach(one -> variables.put(one.getKey(), EXPRESSION.matcher(one.getValue().asText())
                        .replaceAll(found -> {
                            assertThat(context).containsKey(found.group(1));
                            return Matcher.quoteReplacement(context.get(found.group(1)));
                        })));
        return variables;
    }

    private static Map<String, String> exported(Path exports) throws IOException {
        Map<String, String> variables = new TreeMap<>();
        Files.readAllLines(exports)
                .forEach(line -> variables.put(line.replaceFirst("=.*", ""),
                        line.replaceFirst("^[^=]*=", "")));
        return variables;
    }
}
