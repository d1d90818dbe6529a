package dev.realmform.config;

import dev.realmform.model.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** A piece of a document with the place of everything in it. Immutable; keeps the order in which it was written. */
sealed interface Node {

    /** Where it starts. */
    Place place();

    /**
     * A scalar.
     *
     * @param raw the text as written, since {@code 1.10} is the number 1.1 and still means 1.10 inside a text
     */
    record Leaf(Value value, String raw, Place place) implements Node {

        static Leaf text(String text, Place place) {
            return new Leaf(Value.text(text), text, place);
        }

        /** The content, if it is a text. */
        Optional<String> text() {
            return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
        }

        boolean isNull() {
            return value instanceof Value.Null;
        }
    }

    record Items(List<Node> items, Place place) implements Node {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** @param entries handed over: whoever made them changes nothing about them any more */
    record Fields(SequencedMap<String, Entry> entries, Place place) implements Node {
        public Fields {
            entries = Collections.unmodifiableSequencedMap(entries);
        }

        Optional<Entry> entry(String name) {
            return Optional.ofNullable(entries.get(name));
        }

        Optional<Node> get(String name) {
            return entry(name).map(Entry::node);
        }

        /** The map at a field; empty if there is none. */
        Fields fields(String name) {
            return map(name).orElseGet(() -> new Fields(new LinkedHashMap<>(), place));
        }

        /** The map at a field, if there is one. */
        Optional<Fields> map(String name) {
            return get(name).filter(Fields.class::isInstance).map(Fields.class::cast);
        }

        /** The list at a field, if there is one. */
        Optional<Items> list(String name) {
            return get(name).filter(Items.class::isInstance).map(Items.class::cast);
        }

        /** The scalar at a field, if there is one. */
        Optional<Leaf> leaf(String name) {
            return get(name).filter(Leaf.class::isInstance).map(Leaf.class::cast);
        }

        boolean has(String name) {
            return entries.containsKey(name);
        }

        Fields without(Set<String> names) {
            if (Collections.disjoint(names, entries.keySet())) {
                return this;
            }
            SequencedMap<String, Entry> rest = new LinkedHashMap<>(entries);
            rest.keySet().removeAll(names);
            return new Fields(rest, place);
        }

        Fields with(String name, Entry entry) {
            SequencedMap<String, Entry> more = new LinkedHashMap<>(entries);
            more.put(name, entry);
            return new Fields(more, place);
        }
    }

    /** A field: where its name stands, and its value. */
    record Entry(Place key, Node node) {

        /** As {@code new Entry}, and this one if it is the same. */
        @SuppressWarnings("ReferenceEquality") // Equal ones may be replaced or not: this only spares memory.
        Entry with(Place otherKey, Node other) {
            return key == otherKey && node == other ? this : new Entry(otherKey, other);
        }
    }

    /** Whether two nodes mean the same, wherever they stand; lists as sets where {@code asSets}. */
    static boolean same(Node one, Node other, boolean asSets) {
        return meaning(one, asSets).equals(meaning(other, asSets));
    }

    /** What a node says, without where: equal for nodes that mean the same. */
    static Object meaning(Node node, boolean asSets) {
        return switch (node) {
            case Leaf leaf -> leaf.value();
            case Items list -> {
                List<Object> items = list.items().stream().map(item -> meaning(item, asSets)).toList();
                yield asSets ? new HashSet<>(items) : items;
            }
            case Fields map -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                map.entries().forEach((name, entry) -> fields.put(name, meaning(entry.node(), asSets)));
                yield fields;
            }
        };
    }
}
