package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Secrets in clear words: {@code secrets}, by name. Their values come from variables, are made by chance, or are what another
 * resource has once it is applied, such as the secret of a client.
 */
public final class SecretsSection implements ClusterSection {

    private static final String KEY = "secrets";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<Item> items(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        List<Item> items = new ArrayList<>();
        for (Map.Entry<String, Value> entry : cluster.map(KEY).fields().entrySet()) {
            Path path = Path.of(KEY, entry.getKey());
            if (entry.getValue() instanceof Value.MapOf secret) {
                items.add(new Item(manifest(entry.getKey(), secret), path));
            } else {
                problems.accept(Problem.invalid("a secret is a map with data", origin.at(path).exact() + "  cluster."
                        + path, "Write data: {key: value} below its name."));
            }
        }
        return items;
    }

    private static Value.MapOf manifest(String name, Value.MapOf secret) {
        Value.MapOf metadata = Value.EMPTY_MAP.with("name", Value.text(name));
        Optional<Value> namespace = secret.get("namespace");
        if (namespace.isPresent()) {
            metadata = metadata.with("namespace", namespace.get());
        }
        for (String field : List.of("labels", "annotations")) {
            if (secret.has(field)) {
                metadata = metadata.with(field, secret.map(field));
            }
        }
        Value.MapOf manifest = Value.EMPTY_MAP.with("apiVersion", Value.text("v1"))
                .with("kind", Value.text("Secret"))
                .with("metadata", metadata)
                .with("type", secret.get("type").orElse(Value.text("Opaque")))
                .with("data", secret.map("data"));
        for (Map.Entry<String, Value> field : secret.fields().entrySet()) {
            if (field.getKey().startsWith("$")) {
                manifest = manifest.with(field.getKey(), field.getValue());
            }
        }
        return manifest;
    }
}
