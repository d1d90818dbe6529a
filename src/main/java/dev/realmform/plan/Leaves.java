package dev.realmform.plan;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values taken apart and put together by path.
 *
 * <p>A leaf is a scalar, a list or an empty map. A set that is declared in part has one leaf for each member that it adds
 * ({@code path.$add.member}) and one for each that it removes, since those are owned one by one.
 */
final class Leaves {

    private Leaves() {}

    static SortedMap<Path, Value> of(Value.MapOf value) {
        SortedMap<Path, Value> leaves = new TreeMap<>();
        collect(Path.ROOT, value, leaves);
        return leaves;
    }

    /** Whether there is a value in it that is known after an apply only. */
    static boolean haveUnknown(Value value) {
        if (value instanceof Value.MapOf map) {
            return any(map.fields().values());
        }
        return value instanceof Value.Unknown || (value instanceof Value.ListOf list && any(list.items()));
    }

    private static boolean any(Collection<Value> values) {
        for (Value value : values) {
            if (haveUnknown(value)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Path path, Value value, SortedMap<Path, Value> leaves) {
        if (Overlay.isPartial(value)) {
            ((Value.MapOf) value).fields().forEach((sign, members) -> {
                if (members instanceof Value.ListOf list) {
                    list.items().forEach(item -> leaves.put(path.then(sign).then(member(item)), item));
                }
            });
        } else if (value instanceof Value.MapOf map && !map.isEmpty()) {
            map.fields().forEach((name, below) -> collect(path.then(name), below, leaves));
        } else if (!path.isRoot()) {
            leaves.put(path, value);
        }
    }

    private static String member(Value item) {
        return item instanceof Value.Text(String text) ? text : item.toString();
    }

    /** The value of a leaf; for one member of a set that is declared in part, the member, if the whole set has it. */
    static Optional<Value> at(Value.MapOf value, Path path) {
        int sign = path.segments().indexOf(Overlay.ADD);
        if (sign < 0) {
            return value.at(path);
        }
        return value.at(new Path(path.segments().subList(0, sign)))
                .flatMap(list -> list instanceof Value.ListOf(List<Value> items) ? find(items, path.last())
                        : Optional.empty());
    }

    private static Optional<Value> find(List<Value> items, String member) {
        return items.stream()
                .filter(item -> item instanceof Value.Text(String text) && text.equals(member))
                .findFirst();
    }

    /** The value without what lies at a path. */
    static Value.MapOf without(Value.MapOf value, Path path) {
        String first = path.segments().getFirst();
        Optional<Value> below = value.get(first);
        if (below.isEmpty()) {
            return value;
        }
        if (path.segments().size() == 1) {
            return value.without(first);
        }
        Path rest = new Path(path.segments().subList(1, path.segments().size()));
        return below.get() instanceof Value.MapOf map ? value.with(first, without(map, rest)) : value;
    }

    /** The value with another value at a path that exists. */
    static Value.MapOf with(Value.MapOf value, Path path, Value other) {
        String first = path.segments().getFirst();
        if (path.segments().size() == 1) {
            return value.with(first, other);
        }
        Path rest = new Path(path.segments().subList(1, path.segments().size()));
        return value.with(first, with(value.map(first), rest, other));
    }
}
