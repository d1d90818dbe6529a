package dev.realmform.provider;

import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Declared fields laid over live ones: read, merge, write, so that nothing which others own is erased. */
public final class Overlay {

    /** Members that a set gains, beside those it has. */
    public static final String ADD = "$add";

    /** Members that a set loses. */
    public static final String REMOVE = "$remove";

    private Overlay() {}

    /**
     * The live fields with the declared ones over them. Both canonical, and so is the result.
     *
     * <p>Maps merge key by key (unless they are declared whole), lists are replaced, {@code $add} and {@code $remove} change a
     * set in part, a null empties the field.
     */
    public static Value.MapOf of(Schema schema, Value.MapOf desired, Value.MapOf live) {
        return merge(schema.root(), desired, live);
    }

    /** What a resource that is to be created will hold: partial sets become whole ones, nulls fall away. */
    public static Value.MapOf alone(Schema schema, Value.MapOf desired) {
        return merge(schema.root(), desired, Value.EMPTY_MAP);
    }

    /** Whether a declared value is a set in part. */
    public static boolean isPartial(Value value) {
        if (!(value instanceof Value.MapOf map) || map.isEmpty()) {
            return false;
        }
        for (String key : map.fields().keySet()) {
            if (!key.equals(ADD) && !key.equals(REMOVE)) {
                return false;
            }
        }
        return true;
    }

    private static Value.MapOf merge(Field field, Value.MapOf desired, Value.MapOf live) {
        SortedMap<String, Value> merged = field.is(Field.Trait.WHOLE) ? new TreeMap<>() : new TreeMap<>(live.fields());
        for (Map.Entry<String, Value> entry : desired.fields().entrySet()) {
            String key = entry.getKey();
            Value before = live.fields().get(key);
            Value declared = entry.getValue();
            if (declared instanceof Value.Null) {
                if (!isEmptied(before)) {
                    merged.remove(key);
                }
            } else if (isPartial(declared)) {
                merged.put(key, partial((Value.MapOf) declared,
                        before instanceof Value.ListOf list ? list.items() : List.of()));
            } else if (declared instanceof Value.MapOf map) {
                merged.put(key,
                        merge(field.at(key), map, before instanceof Value.MapOf liveMap ? liveMap : Value.EMPTY_MAP));
            } else {
                merged.put(key, declared);
            }
        }
        return new Value.MapOf(merged);
    }

    /** A flag that is emptied is off, a number is none, and a map may go on holding lists of nothing; all stay in the answers. */
    private static boolean isEmptied(@Nullable Value before) {
        return before instanceof Value.Bool(boolean on) ? !on
                : before instanceof Value.Num number ? number.value().signum() == 0 : holdsNothing(before);
    }

    private static boolean holdsNothing(@Nullable Value value) {
        return value instanceof Value.ListOf list ? list.items().isEmpty()
                : value instanceof Value.MapOf map && map.fields().values().stream().allMatch(Overlay::holdsNothing);
    }

    private static Value partial(Value.MapOf partial, List<Value> live) {
        List<Value> members = new ArrayList<>(live);
        members.addAll(partial.list(ADD));
        members.removeAll(partial.list(REMOVE));
        return Schema.asSet(new Value.ListOf(members));
    }
}
