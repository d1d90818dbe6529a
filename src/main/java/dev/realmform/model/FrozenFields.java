package dev.realmform.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Immutable fields in the order of their names, as two arrays: a realm is some hundred thousand of them, and a tree would take
 * five times the memory and be copied each time a value is handed on.
 */
@SuppressWarnings({"ReferenceEquality", "JdkObsolete"}) // The same values spare copies; SortedMap is what MapOf holds.
final class FrozenFields extends AbstractMap<String, Value> implements SortedMap<String, Value> {

    private static final FrozenFields NONE = new FrozenFields(new String[0], new Value[0]);

    private final String[] names;
    private final Value[] values;

    private FrozenFields(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    /** The same fields, copied unless they cannot change anyway. */
    static FrozenFields of(SortedMap<String, Value> fields) {
        if (fields instanceof FrozenFields frozen) {
            return frozen;
        }
        if (fields.isEmpty()) {
            return NONE;
        }
        if (fields.comparator() != null) {
            return of(new TreeMap<>((Map<String, Value>) fields));
        }
        String[] names = new String[fields.size()];
        Value[] values = new Value[names.length];
        int at = 0;
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            names[at] = field.getKey();
            values[at++] = field.getValue();
        }
        return new FrozenFields(names, values);
    }

    /** With one field more, or another value in one. */
    FrozenFields with(String name, Value value) {
        int at = Arrays.binarySearch(names, name);
        if (at >= 0) {
            if (values[at] == value) {
                return this;
            }
            Value[] others = values.clone();
            others[at] = value;
            return new FrozenFields(names, others);
        }
        int place = -at - 1;
        String[] more = Arrays.copyOf(names, names.length + 1);
        Value[] others = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(names, place, more, place + 1, names.length - place);
        System.arraycopy(values, place, others, place + 1, values.length - place);
        more[place] = name;
        others[place] = value;
        return new FrozenFields(more, others);
    }

    /** Without one field. */
    FrozenFields without(String name) {
        int at = Arrays.binarySearch(names, name);
        if (at < 0) {
            return this;
        }
        String[] fewer = Arrays.copyOf(names, names.length - 1);
        Value[] others = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(names, at + 1, fewer, at, fewer.length - at);
        System.arraycopy(values, at + 1, others, at, others.length - at);
        return new FrozenFields(fewer, others);
    }

    /** With another value in each field; a field for which there is none falls away. */
    FrozenFields each(BiFunction<String, Value, Optional<Value>> other) {
        String[] kept = new String[names.length];
        Value[] others = new Value[names.length];
        int count = 0;
        boolean same = true;
        for (int i = 0; i < names.length; i++) {
            Optional<Value> value = other.apply(names[i], values[i]);
            if (value.isPresent()) {
                kept[count] = names[i];
                others[count++] = value.get();
            }
            same &= value.isPresent() && value.get() == values[i];
        }
        return same ? this : new FrozenFields(Arrays.copyOf(kept, count), Arrays.copyOf(others, count));
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int at = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return name instanceof String text && Arrays.binarySearch(names, text) >= 0;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return names.length;
            }
        };
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public SortedMap<String, Value> subMap(String from, String to) {
        return new TreeMap<>((SortedMap<String, Value>) this).subMap(from, to);
    }

    @Override
    public SortedMap<String, Value> headMap(String to) {
        return new TreeMap<>((SortedMap<String, Value>) this).headMap(to);
    }

    @Override
    public SortedMap<String, Value> tailMap(String from) {
        return new TreeMap<>((SortedMap<String, Value>) this).tailMap(from);
    }

    @Override
    public String firstKey() {
        return name(0);
    }

    @Override
    public String lastKey() {
        return name(names.length - 1);
    }

    private String name(int at) {
        if (names.length == 0) {
            throw new NoSuchElementException("there are no fields");
        }
        return names[at];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FrozenFields fields
                ? this == fields || (Arrays.equals(names, fields.names) && Arrays.equals(values, fields.values))
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private final class Entries implements Iterator<Map.Entry<String, Value>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, Value> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no further field");
            }
            return Map.entry(names[next], values[next++]);
        }
    }
}
