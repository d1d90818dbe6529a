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
 * An immutable map in the natural order of its keys, as two arrays: a realm is some hundred thousand fields of some ten thousand
 * resources, and a tree would take five times the memory and be copied each time it is handed on.
 *
 * <p>A large one also finds its keys by their hashes: addresses know theirs, and to compare two of them is to read their names.
 *
 * @param <K> keys that have an order, and are equal when they compare as equal
 */
@SuppressWarnings("JdkObsolete") // SortedMap is what records hold that are filled from trees as well.
public final class FrozenMap<K, V> extends AbstractMap<K, V> implements SortedMap<K, V> {

    private static final FrozenMap<String, Object> NONE = new FrozenMap<>(new Object[0], new Object[0]);

    /** Up to here comparing is as quick as hashing, and takes no memory. */
    private static final int SMALL = 16;

    /** Keys in their order, and what they lead to; not to be changed. */
    private final Object[] keys;
    private final Object[] values;
    /** Positions in {@link #keys} plus one, at the hash of the key or behind it; made when first asked for. */
    private volatile int @Nullable [] slots;

    private FrozenMap(Object[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** The same entries, copied unless they cannot change anyway. */
    @SuppressWarnings("unchecked") // What is frozen cannot be written to, so its types may be wider.
    public static <K, V> FrozenMap<K, V> of(Map<K, ? extends V> map) {
        if (map instanceof FrozenMap<?, ?> frozen) {
            return (FrozenMap<K, V>) frozen;
        }
        if (map.isEmpty()) {
            return (FrozenMap<K, V>) NONE;
        }
        Builder<K, V> builder = new Builder<>(map.size());
        if (map instanceof SortedMap<?, ?> sorted && sorted.comparator() == null) {
            map.forEach((key, value) -> builder.insert(builder.size, key, value));
        } else {
            map.forEach(builder::add);
        }
        return builder.build();
    }

    /** With one entry more, or another value in one. */
    @SuppressWarnings("ReferenceEquality") // The same value spares a copy.
    public FrozenMap<K, V> with(K key, V value) {
        int at = Arrays.binarySearch(keys, key);
        if (at >= 0) {
            if (values[at] == value) {
                return this;
            }
            Object[] others = values.clone();
            others[at] = value;
            return new FrozenMap<>(keys, others);
        }
        int place = -at - 1;
        Object[] more = Arrays.copyOf(keys, keys.length + 1);
        Object[] others = Arrays.copyOf(values, values.length + 1);
        System.arraycopy(keys, place, more, place + 1, keys.length - place);
        System.arraycopy(values, place, others, place + 1, values.length - place);
        more[place] = key;
        others[place] = value;
        return new FrozenMap<>(more, others);
    }

    /** Without one entry. */
    FrozenMap<K, V> without(K key) {
        int at = Arrays.binarySearch(keys, key);
        if (at < 0) {
            return this;
        }
        Object[] fewer = Arrays.copyOf(keys, keys.length - 1);
        Object[] others = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(keys, at + 1, fewer, at, fewer.length - at);
        System.arraycopy(values, at + 1, others, at, others.length - at);
        return new FrozenMap<>(fewer, others);
    }

    /** With another value in each entry; an entry for which there is none falls away. */
    @SuppressWarnings("ReferenceEquality") // As above.
    public FrozenMap<K, V> each(BiFunction<K, V, Optional<V>> other) {
        Object[] kept = new Object[keys.length];
        Object[] others = new Object[keys.length];
        int count = 0;
        boolean same = true;
        for (int i = 0; i < keys.length; i++) {
            Optional<V> value = other.apply(key(i), value(i));
            if (value.isPresent()) {
                kept[count] = keys[i];
                others[count++] = value.get();
            }
            same &= value.isPresent() && value.get() == values[i];
        }
        return same ? this : new FrozenMap<>(Arrays.copyOf(kept, count), Arrays.copyOf(others, count));
    }

    @SuppressWarnings("unchecked")
    private K key(int at) {
        return (K) keys[at];
    }

    @SuppressWarnings("unchecked")
    private V value(int at) {
        return (V) values[at];
    }

    /** The position of a key; negative, as by {@link Arrays#binarySearch}, if it is not there. */
    private int find(@Nullable Object key) {
        if (key == null) {
            return -1;
        }
        if (keys.length <= SMALL) {
            return few(key);
        }
        int[] at = slots;
        if (at == null) {
            at = slotted(keys);
            slots = at;
        }
        int mask = at.length - 1;
        for (int slot = spread(key) & mask; at[slot] != 0; slot = (slot + 1) & mask) {
            if (keys[at[slot] - 1].equals(key)) {
                return at[slot] - 1;
            }
        }
        return -1;
    }

    /** Names of fields are mostly one and the same text, in the program as in answers: a look at each is quicker than comparing. */
    @SuppressWarnings("ReferenceEquality") // As above.
    private int few(Object key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return Arrays.binarySearch(keys, key);
    }

    private static int[] slotted(Object[] keys) {
        int[] slots = new int[Integer.highestOneBit(keys.length) << 2];
        int mask = slots.length - 1;
        for (int i = 0; i < keys.length; i++) {
            int slot = spread(keys[i]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
        return slots;
    }

    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ (hash >>> 16);
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        int at = find(key);
        return at < 0 ? null : value(at);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(key(i), value(i));
        }
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return keys.length;
            }
        };
    }

    @Override
    public @Nullable Comparator<? super K> comparator() {
        return null;
    }

    @Override
    public SortedMap<K, V> subMap(K from, K to) {
        return part(place(from), place(to));
    }

    @Override
    public SortedMap<K, V> headMap(K to) {
        return part(0, place(to));
    }

    @Override
    public SortedMap<K, V> tailMap(K from) {
        return part(place(from), keys.length);
    }

    private int place(K key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }

    private FrozenMap<K, V> part(int from, int to) {
        return new FrozenMap<>(Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(values, from, to));
    }

    @Override
    public K firstKey() {
        return there(0);
    }

    @Override
    public K lastKey() {
        return there(keys.length - 1);
    }

    private K there(int at) {
        if (keys.length == 0) {
            throw new NoSuchElementException("it is empty");
        }
        return key(at);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FrozenMap<?, ?> map
                ? this == map || (Arrays.equals(keys, map.keys) && Arrays.equals(values, map.values))
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private final class Entries implements Iterator<Map.Entry<K, V>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no further entry");
            }
            return Map.entry(key(next), value(next++));
        }
    }

    /** Entries in any order, at best in that of their keys. */
    public static final class Builder<K, V> {

        /** More than these are not moved to make room for one in between. */
        private static final int MOVABLE = 64;

        private Object[] keys;
        private Object[] values;
        private int size;
        /** In place of the arrays, once there are many and they come in no order. */
        private @Nullable SortedMap<K, V> tree;

        public Builder() {
            this(8);
        }

        /** With room for so many. */
        public Builder(int room) {
            keys = new Object[room];
            values = new Object[room];
        }

        /** Whether there is an entry with this key. */
        public boolean has(K key) {
            return tree != null ? tree.containsKey(key) : find(key) >= 0;
        }

        /** Adds an entry, or puts another value into one that is there. */
        public void add(K key, V value) {
            if (tree != null) {
                tree.put(key, value);
                return;
            }
            int at = find(key);
            if (at >= 0) {
                values[at] = value;
            } else if (-at - 1 == size || size < MOVABLE) {
                insert(-at - 1, key, value);
            } else {
                tree = new TreeMap<>(built());
                tree.put(key, value);
            }
        }

        private int find(K key) {
            return size == 0 || last().compareTo(key) < 0 ? -size - 1 : Arrays.binarySearch(keys, 0, size, key);
        }

        @SuppressWarnings("unchecked")
        private Comparable<K> last() {
            return (Comparable<K>) keys[size - 1];
        }

        private void insert(int at, K key, V value) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size + 2);
                values = Arrays.copyOf(values, 2 * size + 2);
            }
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(values, at, values, at + 1, size - at);
            keys[at] = key;
            values[at] = value;
            size++;
        }

        /** All that were added. */
        public FrozenMap<K, V> build() {
            return tree == null ? built() : of(tree);
        }

        private FrozenMap<K, V> built() {
            boolean full = size == keys.length;
            return new FrozenMap<>(full ? keys : Arrays.copyOf(keys, size),
                    full ? values : Arrays.copyOf(values, size));
        }
    }
}
