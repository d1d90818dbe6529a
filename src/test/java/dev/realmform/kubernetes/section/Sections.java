package dev.realmform.kubernetes.section;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a section {@code cluster} stands for.
 *
 * @param items    by kind and name, in the order of the sections
 * @param problems what was said of it
 */
record Sections(List<Item> items, List<Problem> problems) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Origin HERE = new Origin(new Source("cluster.yaml", 1, 1),
            Map.of("keycloak", Origin.of(new Source("cluster.yaml", 7, 3))));

    /** A text that begins so is a secret, as a reference in a file would be. */
    static final String CANARY = "canary-";

    static Sections of(String yaml) {
        return of(cluster(yaml));
    }

    static Sections of(Value.MapOf cluster) {
        List<Problem> problems = new ArrayList<>();
        List<Item> items = new ArrayList<>();
        for (ClusterSection section : List.of(new DatabaseSection(), new KeycloakSection())) {
            items.addAll(section.items(cluster, HERE, problems::add));
        }
        return new Sections(items, problems);
    }

    static Value.MapOf cluster(String yaml) {
        try {
            return (Value.MapOf) secrets(Json.parse(YAML.readTree(yaml).toString()));
        } catch (IOException e) {
            throw new AssertionError(yaml, e);
        }
    }

    private static Value secrets(Value value) {
        return switch (value) {
            case Value.Text(String text) when text.startsWith(CANARY) -> Secret.of(text, "$(secret:" + text + ")");
            case Value.MapOf map -> map.each((name, field) -> Optional.of(secrets(field)));
            case Value.ListOf(List<Value> members) ->
                new Value.ListOf(members.stream().map(Sections::secrets).toList());
            default -> value;
        };
    }

    /** For sections that are right. */
    Sections fine() {
        assertThat(problems).isEmpty();
        return this;
    }

    List<String> names() {
        return items.stream().map(item -> name(item.manifest())).toList();
    }

    private static String name(Value.MapOf manifest) {
        return manifest.text("kind").orElse("?") + "/" + manifest.map("metadata").text("name").orElse("?");
    }

    Value.MapOf object(String name) {
        return items.stream()
                .map(Item::manifest)
                .filter(manifest -> name(manifest).equals(name)
                        || (name.endsWith("-*") && name(manifest).startsWith(name.substring(0, name.length() - 1))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
    }

    boolean has(String name) {
        return names().contains(name);
    }

    Value.MapOf pod(String name) {
        return object(name).map("spec").map("template").map("spec");
    }

    Value.MapOf container(String name) {
        return (Value.MapOf) pod(name).list("containers").getFirst();
    }

    /** The environment of a workload's container: texts as they are, values from elsewhere as {@code secret/key}. */
    Map<String, String> env(String name) {
        Map<String, String> env = new java.util.TreeMap<>();
        for (Value value : container(name).list("env")) {
            Value.MapOf entry = (Value.MapOf) value;
            Value.MapOf from = entry.map("valueFrom").map("secretKeyRef");
            String before = env.put(entry.text("name").orElseThrow(), entry.text("value")
                    .orElseGet(() -> from.text("name").orElse("?") + "/" + from.text("key").orElse("?")));
            assertThat(before).as("a variable that is there twice").isNull();
        }
        return env;
    }

    static String json(Value value) {
        return Json.compact(value, Json.Secrets.REVEAL);
    }

    static Value at(Value.MapOf object, String... path) {
        return object.at(Path.of(path)).orElseThrow(() -> new AssertionError(Path.of(path) + " of " + object));
    }
}
