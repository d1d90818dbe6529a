package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pipeline of GitLab, read from its file: the script of a job is run, as one, in {@code sh}. Artefacts stay in the folder. */
record GitlabPipeline(JsonNode text) {

    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

    /** An id token for an audience. */
    @FunctionalInterface
    interface Tokens {
        String of(String audience);
    }

    /** Runs a job to its end, or to the first line that fails. */
    CommandLineRun run(String name, Job job, Tokens tokens) {
        JsonNode written = text.path(name);
        assertThat(written.isMissingNode()).as(name).isFalse();
        Map<String, String> variables = new TreeMap<>(job.variables());
        text.path("variables")
                .properties()
                .forEach(one -> variables.putIfAbsent(one.getKey(), one.getValue().asText()));
        written.path("variables").properties().forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
        variables.replaceAll((variable, value) -> variable.equals("PATH") ? value : expanded(value, variables));
        written.path("id_tokens")
                .properties()
                .forEach(one -> variables.put(one.getKey(),
                        tokens.of(expanded(one.getValue().path("aud").asText(), variables))));
        List<String> lines = new ArrayList<>();
        written.path("script").forEach(line -> lines.add(line.asText()));
        return new Job(job.folder(), variables).run(List.of("sh", "-e", "-c"), String.join("\n", lines));
    }

    private static String expanded(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            assertThat(variables).containsKey(found.group(1));
            return Matcher.quoteReplacement(variables.get(found.group(1)));
        });
    }
}
