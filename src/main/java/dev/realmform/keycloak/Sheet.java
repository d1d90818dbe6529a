package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A realm document that is being written, part by part: a map of maps, or a list whose items have a key only here. */
final class Sheet {

    private final SortedMap<String, Value> own = new TreeMap<>();
    private final SortedMap<String, Sheet> below = new TreeMap<>();
    private final SortedMap<String, Sheet> items = new TreeMap<>();

    /** A part below this one. */
    Sheet at(String name) {
        return below.computeIfAbsent(name, key -> new Sheet());
    }

    /** A part deeper down. */
    Sheet at(List<String> names) {
        Sheet sheet = this;
        for (String name : names) {
            sheet = sheet.at(name);
        }
        return sheet;
    }

    /** An item of the list that this part is. Items stand in the order of their keys. */
    Sheet item(String key) {
        return items.computeIfAbsent(key, ignored -> new Sheet());
    }

    /** Adds fields to this part; what lies below one of them already stays. */
    void put(Value.MapOf fields) {
        own.putAll(fields.fields());
    }

    void put(String field, Value value) {
        own.put(field, value);
    }

    /** All that has been written. */
    Value.MapOf document() {
        SortedMap<String, Value> fields = new TreeMap<>(own);
        below.forEach((name, part) -> fields.put(name, part.value()));
        return new Value.MapOf(fields);
    }

    private Value value() {
        return items.isEmpty() ? document() : new Value.ListOf(items.values().stream().map(Sheet::value).toList());
    }
}
