package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/** Maps whose values Keycloak keeps as texts, whatever a file writes: {@code 5} and {@code true} are "5" and "true". */
final class Texts {

    private Texts() {}

    /** The object with the texts of one of its maps as texts. */
    static Value.MapOf in(Value.MapOf object, String map) {
        if (!(object.get(map).orElse(Value.NULL) instanceof Value.MapOf scalars)) {
            return object;
        }
        return object.with(map, of(scalars));
    }

    /** The map with its values as texts. */
    static Value.MapOf of(Value.MapOf scalars) {
        SortedMap<String, Value> texts = new TreeMap<>();
        scalars.fields().forEach((key, value) -> texts.put(key, of(value)));
        return new Value.MapOf(texts);
    }

    /** A scalar as text; whatever else, as it is. */
    static Value of(Value scalar) {
        return switch (scalar) {
            case Value.Bool(boolean flag) -> Value.text(String.valueOf(flag));
            case Value.Num number -> Value.text(number.plain());
            default -> scalar;
        };
    }
}
