package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Environment variables of a container, each name once: the API server refuses a second one. */
final class Env {

    private final SortedMap<String, Value> entries = new TreeMap<>();

    /** A text as it is: Kubernetes would put another variable in the place of {@code $(NAME)}. */
    Env put(String name, String text) {
        return put(name, Tree.map("name", name, "value", text.replace("$", "$$")));
    }

    Env put(String name, Optional<String> text) {
        text.ifPresent(it -> put(name, it));
        return this;
    }

    Env put(String name, boolean flag) {
        return put(name, String.valueOf(flag));
    }

    /** A value out of a Secret. */
    Env secret(String name, String secret, String key) {
        return put(name, Tree.map("name", name, "valueFrom",
                Map.of("secretKeyRef", Map.of("name", secret, "key", key))));
    }

    Env secret(String name, Credential credential) {
        return secret(name, credential.secret(), credential.key());
    }

    /** An entry in Kubernetes' own words. */
    Env put(String name, Value.MapOf entry) {
        entries.put(name, entry);
        return this;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Value.ListOf list() {
        return Tree.list(entries.values().toArray());
    }
}
