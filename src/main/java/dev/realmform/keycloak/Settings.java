package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/** Free settings in which the server keeps no empty text. */
final class Settings {

    private Settings() {}

    /** The object with the settings in one of its maps as texts, and an empty one as none. */
    static Value.MapOf tidy(Value.MapOf object, String map) {
        Value.MapOf texts = Texts.in(object, map);
        if (!(texts.get(map).orElse(Value.NULL) instanceof Value.MapOf settings)) {
            return texts;
        }
        SortedMap<String, Value> tidy = new TreeMap<>();
        settings.fields().forEach((key, value) -> tidy.put(key, value.equals(Value.text("")) ? Value.NULL : value));
        return texts.with(map, new Value.MapOf(tidy));
    }
}
