package dev.realmform.plan;

import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.ResourceType;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What becomes of fields that were declared and have left the file. Named members, map keys and added members of sets go
 * if we wrote them and nobody changed them since; everything else stays as it is and is no longer managed.
 *
 * @param planned   the planned value without what goes
 * @param unmanaged fields that stay
 */
record Release(Value.MapOf planned, List<Path> unmanaged) {

    static Release of(ResourceType type, Resource desired, Value.MapOf live, Value.MapOf planned, Owned owned) {
        SortedMap<Path, Value> declared = Leaves.of(desired.value());
        Value.MapOf left = planned;
        List<Path> unmanaged = new ArrayList<>();
        for (Map.Entry<Path, Owned.Mark> field : owned.fields().entrySet()) {
            Path path = field.getKey();
            if (declared.containsKey(path) || isCovered(declared, path) || isIgnored(desired, path)) {
                continue;
            }
            Optional<Path> unit = unit(type.schema(), path, declared);
            if (unit.isPresent() && isOurs(type.schema(), unit.get(), live, owned)
                    && type.mayRelease(desired.address(), unit.get())) {
                left = remove(left, unit.get());
            } else if (present(live, path) && present(planned, path)) {
                unmanaged.add(unit.orElse(path));
            }
        }
        return new Release(left, unmanaged.stream().distinct().toList());
    }

    /** What we wrote of a live resource and nobody changed since. */
    static Value.MapOf ours(Schema schema, Value.MapOf live, Owned owned) {
        Value.MapOf ours = Value.EMPTY_MAP;
        for (Path path : owned.fields().keySet()) {
            Optional<Value> value = Leaves.at(live, path);
            if (value.isPresent() && isOurs(schema, path, live, owned)) {
                ours = Leaves.with(ours, path, value.get());
            }
        }
        return ours;
    }

    /** A leaf that is now declared in another shape: a list in part that is whole now, a map that is empty now. */
    private static boolean isCovered(SortedMap<Path, Value> declared, Path path) {
        for (Path up = path; !up.isRoot(); up = up.parent()) {
            if (declared.containsKey(up)) {
                return true;
            }
        }
        SortedMap<Path, Value> after = declared.tailMap(path);
        return !after.isEmpty() && after.firstKey().startsWith(path);
    }

    private static boolean isIgnored(Resource desired, Path path) {
        return desired.directives().ignore().stream().anyMatch(path::startsWith);
    }

    /** The outermost map member around a path, nothing of which is declared any more. */
    private static Optional<Path> unit(Schema schema, Path path, SortedMap<Path, Value> declared) {
        Field field = schema.root();
        Path at = Path.ROOT;
        for (String segment : path.segments()) {
            boolean member = field.kind() == Field.Kind.MAP || isAdded(at);
            at = at.then(segment);
            if (member && !isCovered(declared, at)) {
                return Optional.of(at);
            }
            field = field.at(segment);
        }
        return Optional.empty();
    }

    /** Whether the path ends in the sign that holds the added members of a set. */
    private static boolean isAdded(Path at) {
        return !at.isRoot() && at.last().equals(Overlay.ADD);
    }

    private static boolean isOurs(Schema schema, Path unit, Value.MapOf live, Owned owned) {
        return owned.fields().entrySet().stream().filter(field -> field.getKey().startsWith(unit)).allMatch(field -> {
            boolean secret = field.getValue().print().isOfSecret();
            boolean masked = Leaves.at(live, field.getKey()).filter(Value.Hidden.class::isInstance).isPresent();
            return field.getValue().written() && (secret || masked
                    || Leaves.at(live, field.getKey())
                            .filter(value -> holds(schema, field.getKey(), field.getValue().print(), value))
                            .isPresent());
        });
    }

    /** A member that was declared without any field has the defaults that the server gives every new one. */
    private static boolean holds(Schema schema, Path path, Fingerprint print, Value value) {
        boolean bare = value instanceof Value.MapOf map
                && Diff.between(new Schema(schema.at(path)), Value.EMPTY_MAP, map).isEmpty();
        return print.matches(value) || (bare && print.matches(Value.EMPTY_MAP));
    }

    private static boolean present(Value.MapOf live, Path path) {
        return Leaves.at(live, path).isPresent();
    }

    private static Value.MapOf remove(Value.MapOf planned, Path unit) {
        int sign = unit.segments().indexOf(Overlay.ADD);
        if (sign < 0) {
            return Leaves.without(planned, unit);
        }
        Path set = new Path(unit.segments().subList(0, sign));
        if (!(planned.at(set).orElse(Value.NULL) instanceof Value.ListOf list)) {
            return planned;
        }
        List<Value> kept = list.items().stream().filter(item -> !item.equals(Value.text(unit.last()))).toList();
        return Leaves.with(planned, set, new Value.ListOf(kept));
    }
}
