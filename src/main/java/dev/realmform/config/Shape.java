package dev.realmform.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What {@code schema/desired-state.schema.json} says about one place of a document.
 *
 * <p>The published schema is the only list of what is a secret, a set or a named list, so that editor, check and merge
 * cannot disagree.
 */
final class Shape {

    /** Whatever the schema does not know. */
    private static final Shape UNKNOWN = new Shape(List.of(), false);

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    /** The schema's own node and those that it refers to. */
    private final List<JsonNode> nodes;

    private final boolean free;
    private final Map<String, Shape> below = new ConcurrentHashMap<>();

    // Asked for each value of each document.
    private final Optional<String> nameField;
    private final Optional<String> holderField;
    private final boolean set;
    private final boolean secret;
    private final boolean refused;
    private final boolean later;
    private final boolean anyKey;

    private Shape(List<JsonNode> nodes, boolean free) {
        this.nodes = nodes;
        this.free = free;
        this.nameField = ours("key").map(JsonNode::asText);
        this.holderField = ours("under").map(JsonNode::asText);
        this.set = flag("uniqueItems");
        this.secret = flag("writeOnly");
        this.refused = ours("refuse").isPresent();
        this.later = ours("support").isPresent() && !refused;
        this.anyKey = nodes.stream().anyMatch(node -> node.path("additionalProperties").isObject());
    }

    /** The schema's text, parsed once. */
    static JsonNode schema() {
        return Text.SCHEMA;
    }

    /** The shape of a whole document. */
    static Shape document() {
        return Text.DOCUMENT;
    }

    /** Loads on first use: commands that read no file do not pay for it. */
    private static final class Text {
        static final JsonNode SCHEMA = SchemaText.parsed();
        static final Shape DOCUMENT = new Shape(List.of(SCHEMA), false);
    }

    private static Shape of(JsonNode node, boolean free) {
        List<JsonNode> nodes = new ArrayList<>();
        JsonNode next = node;
        while (next.isObject()) {
            nodes.add(next);
            String reference = next.path("$ref").asText();
            next = reference.isEmpty() ? next.path("$ref") : schema().at(reference.substring(1));
        }
        return nodes.isEmpty() ? UNKNOWN : new Shape(List.copyOf(nodes), free);
    }

    /** The shape of a field; of an unknown one, a shape that says nothing. */
    Shape at(String name) {
        String key = name.isEmpty() ? " " : name;
        Shape known = below.get(key);
        return known != null ? known : below.computeIfAbsent(key, ignored -> find(name));
    }

    private Shape find(String name) {
        for (JsonNode node : nodes) {
            JsonNode field = node.path("properties").path(name);
            if (field.isObject()) {
                return of(field, free || isOneOfMany(field, node));
            }
        }
        for (JsonNode node : nodes) {
            for (Map.Entry<String, JsonNode> pattern : node.path("patternProperties").properties()) {
                if (PATTERNS.computeIfAbsent(pattern.getKey(), Pattern::compile).matcher(name).find()) {
                    return of(pattern.getValue(), free);
                }
            }
        }
        for (JsonNode node : nodes) {
            if (node.path("additionalProperties").isObject()) {
                return of(node.path("additionalProperties"), true);
            }
        }
        return UNKNOWN;
    }

    /** Whether a known key of a free map is no more than that: it takes what the unknown ones take. */
    private static boolean isOneOfMany(JsonNode field, JsonNode map) {
        String reference = field.path("$ref").asText();
        return !reference.isEmpty() && reference.equals(map.path("additionalProperties").path("$ref").asText());
    }

    /** The keys that the schema knows in a map that takes any. */
    Collection<String> knownOfFree() {
        return takesAnyKey() ? fieldNames().stream().filter(name -> !name.startsWith("$")).toList() : List.of();
    }

    /** Whether it is a map with keys of the user's choice, such as attributes. */
    boolean takesAnyKey() {
        return anyKey;
    }

    /** The shape of the members of a list. */
    Shape items() {
        Shape known = below.get("");
        return known != null ? known
                : below.computeIfAbsent("", ignored -> nodes.stream()
                        .map(node -> node.path("items"))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .map(items -> of(items, free))
                        .orElse(UNKNOWN));
    }

    /** For a list whose members have a name: the field that holds it. */
    Optional<String> nameField() {
        return nameField;
    }

    /** For a list whose members have a name within what they lie in: the field that names that. As a map: by holder, by name. */
    Optional<String> holderField() {
        return holderField;
    }

    /** Whether the members of a named list may be given by their path, as groups are. */
    boolean byPath() {
        return nodes.stream()
                .flatMap(node -> node.path("patternProperties").properties().stream())
                .anyMatch(pattern -> pattern.getKey().startsWith("^/"));
    }

    /** Whether a list is a set. */
    boolean isSet() {
        return set;
    }

    /** Whether the value is a secret. */
    boolean isSecret() {
        return secret;
    }

    /** Whether it lies in a map with keys of the user's choice, such as attributes. */
    boolean isFree() {
        return free;
    }

    /** Accepted, but not managed yet. */
    boolean comesLater() {
        return later;
    }

    /** Kept for what follows: met with "comes later". */
    boolean isRefused() {
        return refused;
    }

    /** The JSON types that it takes; empty for any. */
    Set<String> types() {
        for (JsonNode node : nodes) {
            JsonNode type = node.path("type");
            if (type.isTextual()) {
                return Set.of(type.asText());
            }
            if (type.isArray()) {
                Set<String> types = new TreeSet<>();
                type.forEach(name -> types.add(name.asText()));
                return types;
            }
        }
        return Set.of();
    }

    /** The names of the fields that it knows. */
    Collection<String> fieldNames() {
        Set<String> names = new TreeSet<>();
        nodes.forEach(node -> node.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    /** What the schema says about it in prose; may be empty. */
    String description() {
        return nodes.stream()
                .map(node -> node.path("description").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private boolean flag(String name) {
        return nodes.stream().anyMatch(node -> node.path(name).asBoolean());
    }

    private Optional<JsonNode> ours(String name) {
        return nodes.stream()
                .map(node -> node.path("x-realmform").path(name))
                .filter(node -> !node.isMissingNode())
                .findFirst();
    }
}
