package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes trees of values as a manifest reads. What is empty is left out, so that the server's own default counts. */
final class Tree {

    private Tree() {}

    /**
     * A map of keys and values in turn: texts, numbers, flags, values, lists, maps. An {@link Optional} that is empty and an
     * empty list or map fall away.
     */
    static Value.MapOf map(Object... fields) {
        SortedMap<String, Value> map = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            String name = (String) fields[i];
            value(fields[i + 1]).filter(value -> !isEmpty(value)).ifPresent(value -> map.put(name, value));
        }
        return new Value.MapOf(map);
    }

    /** A list; what is empty falls away. */
    static Value.ListOf list(Object... items) {
        return new Value.ListOf(List.of(items)
                .stream()
                .flatMap(item -> value(item).stream())
                .filter(item -> !isEmpty(item))
                .toList());
    }

    private static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.ListOf(List<Value> items) -> items.isEmpty();
            case Value.MapOf map -> map.isEmpty();
            default -> false;
        };
    }

    private static Optional<Value> value(Object object) {
        return switch (object) {
            case Optional<?> optional -> optional.flatMap(Tree::value);
            case Value value -> Optional.of(value);
            case String text -> Optional.of(Value.text(text));
            case Boolean flag -> Optional.of(Value.bool(flag));
            case Integer number -> Optional.of(Value.num(number));
            case Collection<?> items -> Optional.of(list(items.toArray()));
            case Map<?, ?> fields -> Optional.of(map(fields.entrySet()
                    .stream()
                    .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                    .toArray()));
            default -> throw new IllegalArgumentException("no part of a manifest: " + object.getClass());
        };
    }
}
