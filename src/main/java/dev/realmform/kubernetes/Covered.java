package dev.realmform.kubernetes;

import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Declared values laid over live ones without the server's help. Weaker than its own answer: it knows no defaults and no other
 * notations ({@code 0.5} and {@code 500m}), and takes the members of a list by their place.
 */
final class Covered {

    private Covered() {}

    static Value.MapOf over(Value.MapOf desired, Value.MapOf live) {
        Value.MapOf result = live;
        for (Map.Entry<String, Value> field : desired.fields().entrySet()) {
            Value before = live.get(field.getKey()).orElse(Value.NULL);
            Value after = over(field.getValue(), before);
            result = after instanceof Value.Null ? result.without(field.getKey()) : result.with(field.getKey(), after);
        }
        return result;
    }

    private static Value over(Value desired, Value live) {
        if (desired instanceof Value.MapOf wanted && live instanceof Value.MapOf there) {
            return over(wanted, there);
        }
        if (desired instanceof Value.ListOf(List<Value> wanted) && live instanceof Value.ListOf(List<Value> there)
                && wanted.size() == there.size()) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                items.add(over(wanted.get(i), there.get(i)));
            }
            return new Value.ListOf(items);
        }
        return desired;
    }
}
