package dev.realmform.json;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The companions of a value in Terraform's shape: the same tree, with {@code true} where something holds. */
final class Shape {

    private Shape() {}

    /** Where secrets and hidden values are. */
    static Value sensitive(Value value) {
        return mask(value, one -> one instanceof Secret || one instanceof Value.Hidden).orElse(Value.EMPTY_MAP);
    }

    /** Where values are that will be known only during the apply. */
    static Value unknown(Value value) {
        return mask(value, Value.Unknown.class::isInstance).orElse(Value.EMPTY_MAP);
    }

    private static Optional<Value> mask(Value value, Predicate<Value> holds) {
        if (holds.test(value)) {
            return Optional.of(Value.bool(true));
        }
        if (value instanceof Value.MapOf map) {
            SortedMap<String, Value> fields = new TreeMap<>();
            map.fields().forEach((name, below) -> mask(below, holds).ifPresent(found -> fields.put(name, found)));
            return fields.isEmpty() ? Optional.empty() : Optional.of(new Value.MapOf(fields));
        }
        if (value instanceof Value.ListOf(List<Value> items)) {
            List<Value> masks = items.stream().map(item -> mask(item, holds).orElse(Value.bool(false))).toList();
            return masks.contains(Value.bool(true)) || masks.stream().anyMatch(one -> !(one instanceof Value.Bool))
                    ? Optional.of(new Value.ListOf(masks))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** Without what is unknown: fields left out, items null. */
    static Value known(Value value) {
        if (value instanceof Value.MapOf map) {
            SortedMap<String, Value> fields = new TreeMap<>();
            map.fields().forEach((name, below) -> {
                if (!(below instanceof Value.Unknown)) {
                    fields.put(name, known(below));
                }
            });
            return new Value.MapOf(fields);
        }
        if (value instanceof Value.ListOf(List<Value> items)) {
            List<Value> known = new ArrayList<>();
            items.forEach(item -> known.add(item instanceof Value.Unknown ? Value.NULL : known(item)));
            return new Value.ListOf(known);
        }
        return value;
    }
}
