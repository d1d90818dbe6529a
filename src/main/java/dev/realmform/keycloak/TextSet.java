package dev.realmform.keycloak;

import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Sets of names, declared whole or in part: roles, groups, members. */
final class TextSet {

    private TextSet() {}

    /** The set, or set in part, with every name written in another way. */
    static Value each(Value declared, UnaryOperator<String> other) {
        return switch (declared) {
            case Value.ListOf(List<Value> items) -> {
                List<Value> changed = new ArrayList<>(items.size());
                for (Value item : items) {
                    changed.add(item instanceof Value.Text(String name) ? Value.text(other.apply(name)) : item);
                }
                yield Schema.asSet(new Value.ListOf(changed));
            }
            case Value.MapOf partial -> {
                Value.MapOf changed = partial;
                for (String sign : partial.fields().keySet()) {
                    changed = changed.with(sign, each(partial.get(sign).orElse(Value.NULL), other));
                }
                yield changed;
            }
            case Value same -> same;
        };
    }

    /** The field of an object with every name in its set written in another way. */
    static Value.MapOf each(Value.MapOf object, String field, UnaryOperator<String> other) {
        Optional<Value> set = object.get(field);
        return set.isPresent() ? object.with(field, each(set.get(), other)) : object;
    }

    /**
     * What a set will be, if names of a certain kind are never taken away by being left out of a whole set: only a
     * {@code $remove} that names them does it.
     */
    static Value.MapOf keeping(String field, Predicate<String> kind, Value.MapOf desired, Value.MapOf live,
            Value.MapOf planned) {
        if (!desired.has(field) || desired.get(field).filter(Overlay::isPartial).isPresent()) {
            return planned;
        }
        TreeSet<String> names = new TreeSet<>(planned.texts(field));
        boolean more = names.addAll(live.texts(field).stream().filter(kind).toList());
        return more ? planned.with(field, Value.texts(names)) : planned;
    }
}
