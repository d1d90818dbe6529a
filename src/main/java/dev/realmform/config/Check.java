package dev.realmform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a resolved document against the published schema, and says what is wrong where it was written. */
final class Check {

    /** What secrets and values of the future look like to the schema, which takes references anywhere. */
    private static final String PLACEHOLDER = "$(…)";

    private Check() {}

    /** Gets the schema ready while the files are read: that takes as long as reading a thousand resources. */
    static void prepare() {
        Thread.ofPlatform().daemon().name("realmform-schema").start(Validator::load);
    }

    /** Loads on first use. */
    private static final class Validator {
        static void load() {
            // Being called is enough.
        }

        static final com.networknt.schema.Schema SCHEMA = SchemaRegistry
                .withDialect(Dialect.builder(Dialects.getDraft202012())
                        .keyword(new NonValidationKeyword("x-realmform"))
                        .build())
                .getSchema(Shape.schema());
    }

    /**
     * One thing that is wrong.
     *
     * @param keyword what the schema calls it
     * @param at      the node that is wrong; for an unknown key the map that has it
     * @param path    the way to it within the arranged document
     * @param shape   what the schema says about it
     * @param error   as the library reports it; its messages are not for people
     */
    record Violation(String keyword, Node at, Path path, Shape shape, Error error) {}

    static List<Violation> violations(Node.Fields document) {
        List<Violation> violations = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Error error : Validator.SCHEMA.validate(json(document, Shape.document()))) {
            String once = error.getInstanceLocation() + " "
                    + (isUnknownKey(error.getKeyword()) ? error.getProperty() : "");
            if (seen.add(once)) {
                Violation violation = locate(document, error);
                // The library also compares the fields of a map: $add and $remove of one value are no duplicate.
                if (!violation.keyword().equals("uniqueItems") || violation.at() instanceof Node.Items) {
                    violations.add(violation);
                }
            }
        }
        return violations;
    }

    static boolean isUnknownKey(String keyword) {
        return keyword.equals("additionalProperties") || keyword.equals("unevaluatedProperties");
    }

    private static Violation locate(Node.Fields document, Error error) {
        NodePath location = error.getInstanceLocation();
        Node node = document;
        Shape shape = Shape.document();
        Path path = Path.ROOT;
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            String name = step instanceof Integer index && node instanceof Node.Fields map ? name(map, index)
                    : String.valueOf(step);
            Optional<Node> next = switch (node) {
                case Node.Fields map -> map.get(name);
                case Node.Items list when step instanceof Integer index -> Optional.of(list.items().get(index));
                case Node.Items ignored -> Optional.empty();
                case Node.Leaf ignored -> Optional.empty();
            };
            if (next.isEmpty()) {
                break;
            }
            shape = node instanceof Node.Fields ? Layers.shapeOf(shape, name) : shape.items();
            node = next.get();
            path = path.then(name);
        }
        return new Violation(error.getKeyword(), node, path, shape, error);
    }

    private static String name(Node.Fields map, int index) {
        return map.entries().sequencedKeySet().stream().skip(index).findFirst().orElse("");
    }

    /** Named lists as lists again: the schema knows both, and only in a list may a name hold any character. */
    private static JsonNode json(Node node, Shape shape) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (node) {
            case Node.Leaf leaf -> scalar(leaf.value(), make);
            case Node.Items list -> {
                ArrayNode array = make.arrayNode(list.items().size());
                Shape below = shape.items();
                for (Node item : list.items()) {
                    array.add(json(item, below));
                }
                yield array;
            }
            case Node.Fields map when shape.nameField().isPresent() && !PartialSet.is(map) -> {
                ArrayNode array = make.arrayNode(map.entries().size());
                for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
                    array.add(member(entry.getKey(), entry.getValue().node(), shape));
                }
                yield array;
            }
            case Node.Fields map -> {
                ObjectNode object = make.objectNode();
                for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
                    if (!entry.getKey().equals(Arrangement.IMPLIED)) {
                        object.set(entry.getKey(), json(entry.getValue().node(), shape.at(entry.getKey())));
                    }
                }
                yield object;
            }
        };
    }

    private static JsonNode member(String name, Node node, Shape shape) {
        JsonNode body = json(node, shape.items());
        if (body instanceof ObjectNode object) {
            object.put(shape.nameField().orElseThrow(), name);
        }
        return body;
    }

    private static JsonNode scalar(Value value, JsonNodeFactory make) {
        return switch (value) {
            case Value.Null ignored -> make.nullNode();
            case Value.Bool(boolean flag) -> make.booleanNode(flag);
            case Value.Num number -> number.value().scale() <= 0 && number.value().precision() < 19
                    ? make.numberNode(number.value().longValue())
                    : make.numberNode(number.value());
            case Value.Text(String text) -> make.textNode(text.startsWith("$(") ? " " + text : text);
            case Secret ignored -> make.textNode(PLACEHOLDER);
            case Value.Unknown ignored -> make.textNode(PLACEHOLDER);
            case Value.Hidden ignored -> make.textNode(PLACEHOLDER);
            case Value.ListOf ignored -> make.nullNode();
            case Value.MapOf ignored -> make.nullNode();
        };
    }
}
