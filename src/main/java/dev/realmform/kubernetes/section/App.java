package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program in the cluster: what its objects are called and how they find each other.
 *
 * @param name      of its workload; others are called after it
 * @param product   what runs there, such as {@code keycloak}
 * @param component its part in the whole
 */
record App(String namespace, String name, String product, String component) {

    /** The labels that select its pods. They can never be changed on a workload: nothing that may change is among them. */
    Value.MapOf selector() {
        return Tree.map("app.kubernetes.io/name", product, "app.kubernetes.io/instance", name,
                "app.kubernetes.io/component", component);
    }

    Value.MapOf labels() {
        return selector().with("app.kubernetes.io/managed-by", Value.text("realmform"))
                .with("app.kubernetes.io/part-of", Value.text("keycloak"));
    }

    /** The head of an object of this program; {@code suffix} sets it apart from others of its kind. */
    Value.MapOf metadata(String suffix, Map<String, String> annotations) {
        SortedMap<String, Object> sorted = new TreeMap<>(annotations);
        return Tree.map("name", name + suffix, "namespace", namespace, "labels", labels(), "annotations", sorted);
    }

    Value.MapOf metadata(String suffix) {
        return metadata(suffix, Map.of());
    }

    /** An object with a specification. */
    Value.MapOf object(String apiVersion, String kind, String suffix, Value.MapOf spec) {
        return Tree.map("apiVersion", apiVersion, "kind", kind, "metadata", metadata(suffix), "spec", spec);
    }

    /** A Secret; its data is plain here, the provider encodes it. */
    static Value.MapOf secret(Value.MapOf metadata, Value.MapOf data) {
        return Tree.map("apiVersion", "v1", "kind", "Secret", "metadata", metadata, "type", "Opaque", "data", data);
    }
}
