package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** From canonical values to what Keycloak takes: the way back from {@link Schema#canonical}. */
final class Wire {

    private Wire() {}

    /** What a change leaves on the server. */
    static Resource planned(Change change) {
        return change.after()
                .or(change::before)
                .orElseGet(() -> Resource.live(change.address(), Value.EMPTY_MAP));
    }

    /** The whole body of an object that is to be made. */
    static Value.MapOf body(Schema schema, Value.MapOf value) {
        return (Value.MapOf) of(schema.root(), value);
    }

    /** The names of the fields in which two values differ. */
    static SortedSet<String> differing(Value.MapOf before, Value.MapOf after) {
        SortedSet<String> names = new TreeSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        names.removeIf(name -> before.get(name).equals(after.get(name)));
        return names;
    }

    /**
     * The body that changes just the fields that a change touches: Keycloak leaves alone what is absent. A field that goes
     * is sent as empty.
     */
    static Value.MapOf changed(Schema schema, Change change) {
        SortedMap<String, Value> fields = new TreeMap<>();
        Value.MapOf planned = planned(change).value();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        for (String name : differing(before, planned)) {
            Field field = schema.root().at(name);
            fields.put(name, planned.get(name)
                    .map(value -> of(field, value))
                    .orElseGet(() -> emptied(before.get(name).orElse(Value.NULL))));
        }
        return new Value.MapOf(fields);
    }

    /** A value without anything in it, of the same shape. */
    static Value emptied(Value before) {
        return switch (before) {
            case Value.Text ignored -> Value.text("");
            case Secret ignored -> Value.text("");
            case Value.ListOf ignored -> new Value.ListOf(List.of());
            case Value.MapOf ignored -> Value.EMPTY_MAP;
            case Value.Null same -> same;
            case Value.Bool ignored -> Value.bool(false);
            case Value.Num ignored -> Value.NULL;
            case Value.Unknown ignored -> Value.NULL;
            case Value.Hidden ignored -> Value.text("");
        };
    }

    /** A value whose schema says nothing special. */
    static Value plain(Value value) {
        return of(Field.any(), value);
    }

    static Value of(Field field, Value value) {
        return switch (value) {
            case Value.MapOf map when field.memberName().isPresent() -> members(field, field.memberName().get(), map);
            case Value.MapOf map -> fields(field, map);
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream().map(Wire::plain).toList());
            case Value.Null same -> same;
            case Value.Bool same -> same;
            case Value.Num same -> same;
            case Value.Text same -> same;
            case Secret same -> same;
            case Value.Unknown same -> same;
            case Value.Hidden same -> same;
        };
    }

    /** What is hidden from us was never ours to send: asterisks would become the secret (measured on clients). */
    private static Value.MapOf fields(Field field, Value.MapOf map) {
        SortedMap<String, Value> fields = new TreeMap<>();
        map.fields().forEach((name, value) -> {
            if (!(value instanceof Value.Hidden)) {
                fields.put(name, of(field.at(name), value));
            }
        });
        return new Value.MapOf(fields);
    }

    private static Value.ListOf members(Field field, String nameField, Value.MapOf map) {
        List<Value> items = new ArrayList<>();
        map.fields().forEach((name, value) -> {
            Value.MapOf member = value instanceof Value.MapOf body ? body : Value.EMPTY_MAP;
            items.add(fields(field.at(name), member).with(nameField, Value.text(name)));
        });
        return new Value.ListOf(items);
    }
}
