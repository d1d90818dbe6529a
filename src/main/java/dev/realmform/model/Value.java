package dev.realmform.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * A piece of desired or live configuration: an immutable, canonical tree in which the same meaning is equal.
 *
 * <p>Bodies are these trees from end to end, so that a field of a newer server survives without a new release (ADR 0004).
 *
 * <p>Equality is written out, since each plan needs it: what a record brings is assembled of method handles when it is
 * first called, type by type.
 */
public sealed interface Value permits Value.Null, Value.Bool, Value.Num, Value.Text, Value.ListOf, Value.MapOf, Secret,
        Value.Unknown, Value.Hidden {

    Null NULL = new Null();

    MapOf EMPTY_MAP = new MapOf(Map.of());

    /** Declared as empty; on the server the same as absent. */
    record Null() implements Value {}

    record Bool(boolean value) implements Value {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bool it && value == it.value;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(value);
        }
    }

    /** A number without a notion of its notation: 1 and 1.0 are equal. */
    record Num(BigDecimal value) implements Value {
        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        /** As people write it: no exponent. */
        public String plain() {
            return value.toPlainString();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Num it && value.equals(it.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    record Text(String value) implements Value {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text it && value.equals(it.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** A sequence, or a set in canonical (sorted, distinct) order; which of the two, the schema knows. */
    record ListOf(List<Value> items) implements Value {
        public ListOf {
            items = List.copyOf(items);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ListOf it && items.equals(it.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /** Fields by name. A list whose members have a name is one too: the name is the key. */
    record MapOf(SortedMap<String, Value> fields) implements Value {
        public MapOf {
            fields = FrozenMap.of(fields);
        }

        public MapOf(Map<String, ? extends Value> fields) {
            this(new TreeMap<>(fields));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof MapOf it && fields.equals(it.fields);
        }

        @Override
        public int hashCode() {
            return fields.hashCode();
        }

        public Optional<Value> get(String field) {
            return Optional.ofNullable(fields.get(field));
        }

        /** The text at a field, if it is a text. */
        public Optional<String> text(String field) {
            return fields.get(field) instanceof Text(String value) ? Optional.of(value) : Optional.empty();
        }

        /** The map at a field; empty if there is none. */
        public MapOf map(String field) {
            return fields.get(field) instanceof MapOf map ? map : EMPTY_MAP;
        }

        /** The items of the list at a field; empty if there is none. */
        public List<Value> list(String field) {
            return fields.get(field) instanceof ListOf list ? list.items() : List.of();
        }

        /** The texts of the list at a field; items that are no text are left out. */
        public List<String> texts(String field) {
            List<String> texts = new ArrayList<>();
            for (Value item : list(field)) {
                if (item instanceof Text text) {
                    texts.add(text.value());
                }
            }
            return texts;
        }

        /** Whether the field is {@code true}. */
        public boolean isTrue(String field) {
            return fields.get(field) instanceof Bool(boolean value) && value;
        }

        public boolean has(String field) {
            return fields.containsKey(field);
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }

        public MapOf with(String field, Value value) {
            return new MapOf(FrozenMap.of(fields).with(field, value));
        }

        public MapOf without(String... names) {
            FrozenMap<String, Value> left = FrozenMap.of(fields);
            for (String name : names) {
                left = left.without(name);
            }
            return left.size() == fields.size() ? this : new MapOf(left);
        }

        /** With another value in each field, by name and value; a field for which there is none falls away. */
        public MapOf each(BiFunction<String, Value, Optional<Value>> other) {
            return new MapOf(FrozenMap.of(fields).each(other));
        }

        /** The value at a path, if every step exists. */
        public Optional<Value> at(Path path) {
            Value value = this;
            for (String segment : path.segments()) {
                if (!(value instanceof MapOf map) || !map.fields.containsKey(segment)) {
                    return Optional.empty();
                }
                value = map.fields.get(segment);
            }
            return Optional.of(value);
        }
    }

    /** What a field of another resource will hold once that resource has been applied. Exists only for the future. */
    record Unknown(Address source, String field) implements Value {

        /** The field name under which the server id of a resource is known. */
        public static final String ID = "id";
    }

    /** A live value that is there but not to be read. Never a difference by itself. */
    record Hidden(Reason why) implements Value {

        public enum Reason {
            /** The server answers asterisks. */
            MASKED,
            /** This login may not read it. */
            FORBIDDEN
        }
    }

    static Text text(String value) {
        return new Text(value);
    }

    static Bool bool(boolean value) {
        return new Bool(value);
    }

    static Num num(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static ListOf texts(Iterable<String> values) {
        List<Value> items = new ArrayList<>();
        values.forEach(value -> items.add(new Text(value)));
        return new ListOf(items);
    }
}
