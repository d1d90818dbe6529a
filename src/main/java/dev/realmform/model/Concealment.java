package dev.realmform.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Texts become secrets where another value has secrets. A file may put a secret anywhere; the server answers it as a plain
 * text, and nothing but the declaration says that it must not be shown.
 */
public final class Concealment {

    private static final Secret ANY = Secret.notGiven("");

    private Concealment() {}

    /** The value, with every text in it wrapped. */
    public static Value whole(Value value) {
        return like(ANY, value);
    }

    /** The value, with texts wrapped at the places where the pattern has a secret. A list that has one is wrapped whole. */
    public static Value like(Value pattern, Value value) {
        return switch (pattern) {
            case Secret secret -> wrapped(secret, value);
            case Value.MapOf map -> value instanceof Value.MapOf other ? fields(map, other) : value;
            case Value.ListOf(List<Value> items) -> items(items, value);
            case Value.Null ignored -> value;
            case Value.Bool ignored -> value;
            case Value.Num ignored -> value;
            case Value.Text ignored -> value;
            case Value.Unknown ignored -> value;
            case Value.Hidden ignored -> value;
        };
    }

    /** Whether there is a secret anywhere in the value. */
    public static boolean isNeeded(Value value) {
        return switch (value) {
            case Secret ignored -> true;
            case Value.MapOf map -> isNeeded(map.fields().values());
            case Value.ListOf(List<Value> items) -> isNeeded(items);
            case Value.Null ignored -> false;
            case Value.Bool ignored -> false;
            case Value.Num ignored -> false;
            case Value.Text ignored -> false;
            case Value.Unknown ignored -> false;
            case Value.Hidden ignored -> false;
        };
    }

    private static boolean isNeeded(Iterable<Value> values) {
        for (Value value : values) {
            if (isNeeded(value)) {
                return true;
            }
        }
        return false;
    }

    private static Value wrapped(Secret pattern, Value value) {
        if (value instanceof Value.ListOf(List<Value> items)) {
            return new Value.ListOf(items.stream().map(item -> wrapped(pattern, item)).toList());
        }
        return value instanceof Value.Text(String text) && !text.isEmpty() ? Secret.of(text, "") : value;
    }

    @SuppressWarnings("ReferenceEquality") // An equal one may be set again or not: this only spares copies.
    private static Value fields(Value.MapOf pattern, Value.MapOf value) {
        Value.MapOf result = value;
        for (Map.Entry<String, Value> field : pattern.fields().entrySet()) {
            Value wanted = field.getValue();
            Value plain = wanted instanceof Value.Text ? null : value.fields().get(field.getKey());
            Value concealed = plain == null ? null : like(wanted, plain);
            if (concealed != null && concealed != plain) {
                result = result.with(field.getKey(), concealed);
            }
        }
        return result;
    }

    private static Value items(List<Value> pattern, Value value) {
        if (!isNeeded(pattern)) {
            return value;
        }
        List<Value> items = value instanceof Value.ListOf(List<Value> many) ? many : List.of(value);
        List<Value> result = new ArrayList<>();
        for (Value item : items) {
            Value concealed = item;
            for (Value one : pattern) {
                concealed = like(one, concealed);
            }
            result.add(concealed);
        }
        return value instanceof Value.ListOf ? new Value.ListOf(result) : result.getFirst();
    }
}
