package dev.realmform.config;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trees with places to values beside origins. */
final class Values {

    private Values() {}

    static Value.MapOf value(Node.Fields map) {
        SortedMap<String, Value> fields = new TreeMap<>();
        for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
            fields.put(entry.getKey(), value(entry.getValue().node()));
        }
        return new Value.MapOf(fields);
    }

    private static Value value(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> leaf.value();
            case Node.Items list -> new Value.ListOf(list.items().stream().map(Values::value).toList());
            case Node.Fields map -> value(map);
        };
    }

    static Origin origin(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> Origin.of(leaf.place().source());
            case Node.Items list -> {
                Map<String, Origin> below = new HashMap<>();
                for (int i = 0; i < list.items().size(); i++) {
                    below.put(String.valueOf(i), origin(list.items().get(i)));
                }
                yield new Origin(list.place().source(), below);
            }
            case Node.Fields map -> {
                Map<String, Origin> below = new HashMap<>();
                for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
                    below.put(entry.getKey(), at(entry.getValue()));
                }
                yield new Origin(map.place().source(), below);
            }
        };
    }

    /** Of a field whose value is a map, people look for the line with its name. */
    static Origin at(Node.Entry entry) {
        Origin origin = origin(entry.node());
        return entry.node() instanceof Node.Leaf ? origin : new Origin(entry.key().source(), origin.below());
    }
}
