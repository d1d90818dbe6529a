package dev.realmform.kubernetes;

import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Places of an object whose value is not at hand: known only after something is applied, or a secret that was not given. */
final class Holes {

    private Holes() {}

    /** All of them in maps, by path. */
    static Map<Path, Value> of(Value.MapOf value) {
        Map<Path, Value> holes = new HashMap<>();
        collect(Path.ROOT, value, holes);
        return holes;
    }

    private static void collect(Path path, Value.MapOf map, Map<Path, Value> holes) {
        map.fields().forEach((name, value) -> {
            if (value instanceof Value.MapOf below) {
                collect(path.then(name), below, holes);
            } else if (isHole(value)) {
                holes.put(path.then(name), value);
            }
        });
    }

    private static boolean isHole(Value value) {
        return value instanceof Value.Unknown || (value instanceof Secret secret && !secret.isGiven());
    }

    /** The value without what lies at a path. */
    static Value.MapOf without(Value.MapOf value, Path path) {
        String first = path.segments().getFirst();
        if (path.segments().size() == 1) {
            return value.without(first);
        }
        return value.get(first).orElse(Value.NULL) instanceof Value.MapOf below
                ? value.with(first, without(below, rest(path)))
                : value;
    }

    /** The value with another one at a path. */
    static Value.MapOf with(Value.MapOf value, Path path, Value other) {
        String first = path.segments().getFirst();
        return value.with(first,
                path.segments().size() == 1 ? other : with(value.map(first), rest(path), other));
    }

    private static Path rest(Path path) {
        return new Path(path.segments().subList(1, path.segments().size()));
    }

    /** What a declared object says for certain: without holes, and without what it leaves to others. */
    static Value.MapOf certain(Resource desired) {
        Value.MapOf value = desired.value();
        for (Path hole : of(value).keySet()) {
            value = without(value, hole);
        }
        for (Path left : desired.directives().ignore()) {
            value = without(value, left);
        }
        return value;
    }

    /** A resource with what was made once, and is in the live object, in place of what is to be made. */
    static Resource kept(Resource desired, Value.MapOf live) {
        Value.MapOf value = desired.value();
        for (Map.Entry<Path, Value> hole : of(value).entrySet()) {
            Optional<Value> there = live.at(hole.getKey());
            if (hole.getValue() instanceof Value.Unknown unknown && Generated.of(unknown).isPresent()
                    && there.isPresent()) {
                value = with(value, hole.getKey(), there.get());
            }
        }
        return desired.withValue(value);
    }

    /** With everything in it that the future has brought. */
    static Value.MapOf filled(Resource desired, Function<Value.Unknown, Value> future) {
        Value.MapOf value = (Value.MapOf) filled(desired.value(), future);
        for (Path left : desired.directives().ignore()) {
            value = without(value, left);
        }
        return value;
    }

    private static Value filled(Value value, Function<Value.Unknown, Value> future) {
        return switch (value) {
            case Value.Unknown unknown -> future.apply(unknown);
            case Value.MapOf map -> map.each((name, below) -> Optional.of(filled(below, future)));
            case Value.ListOf(List<Value> items) -> new Value.ListOf(
                    items.stream().map(item -> filled(item, future)).toList());
            default -> value;
        };
    }
}
