package dev.realmform.kubernetes.helm;

import dev.realmform.model.Value;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What {@code helm template} printed, read as Kubernetes' own tools read it, which is not as files of ours are read: YAML 1.1,
 * in which {@code 0644} is 420 and {@code yes} is true, and of a key that is there twice the last one counts.
 */
final class RenderedYaml {

    private static final int LARGEST = 64 * 1024 * 1024;
    private static final int DEEPEST = 100;

    private RenderedYaml() {}

    /**
     * The documents that are maps.
     *
     * @throws YAMLException if it is no YAML; its message holds pieces of the text, and so may hold a secret
     */
    static List<Value.MapOf> objects(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        List<Value.MapOf> objects = new ArrayList<>();
        for (Node document : new Yaml(options).composeAll(new StringReader(text))) {
            if (value(document, 0) instanceof Value.MapOf map && !map.isEmpty()) {
                objects.add(map);
            }
        }
        return objects;
    }

    private static Value value(Node node, int depth) {
        if (depth > DEEPEST) {
            throw new YAMLException("nested too deep, or in itself");
        }
        return switch (node) {
            case MappingNode map -> fields(map, depth);
            case SequenceNode list -> new Value.ListOf(
                    list.getValue().stream().map(item -> value(item, depth + 1)).toList());
            case ScalarNode scalar -> scalar(scalar.getTag(), scalar.getValue());
            default -> Value.NULL;
        };
    }

    private static Value fields(MappingNode map, int depth) {
        SortedMap<String, Value> fields = new TreeMap<>();
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merge(value(tuple.getValueNode(), depth + 1), fields);
            }
        }
        for (NodeTuple tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.MERGE)) {
                fields.put(key.getValue(), value(tuple.getValueNode(), depth + 1));
            }
        }
        return new Value.MapOf(fields);
    }

    private static void merge(Value merged, Map<String, Value> fields) {
        switch (merged) {
            case Value.MapOf map -> map.fields().forEach(fields::putIfAbsent);
            case Value.ListOf(List<Value> maps) -> maps.forEach(map -> merge(map, fields));
            default -> {
                // Nothing to merge.
            }
        }
    }

    private static Value scalar(Tag tag, String text) {
        if (tag.equals(Tag.NULL)) {
            return Value.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Value.bool(List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text.replace("_", ""), text);
        }
        return Value.text(text);
    }

    private static Value number(String digits, String written) {
        try {
            boolean negative = digits.startsWith("-");
            String bare = digits.replaceFirst("^[-+]", "");
            BigDecimal value = bare.startsWith("0x") ? whole(bare.substring(2), 16)
                    : bare.startsWith("0b") ? whole(bare.substring(2), 2)
                            : bare.matches("0[0-7]+") ? whole(bare, 8) : new BigDecimal(bare);
            return new Value.Num(negative ? value.negate() : value);
        } catch (NumberFormatException e) {
            // Such as .inf, and 1:30, which is a number to YAML 1.1 alone.
            return Value.text(written);
        }
    }

    private static BigDecimal whole(String digits, int radix) {
        return new BigDecimal(new BigInteger(digits, radix));
    }
}
