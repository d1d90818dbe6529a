package dev.realmform.osmo;

import dev.realmform.model.Origin;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of the section, and where it stands.
 *
 * @param name its key
 * @param path the way to it, as plans name it: {@code osmo.teams.group1}
 */
record Part(String name, Value value, Origin origin, String path) {

    private Value.MapOf map() {
        return value instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
    }

    /** A field; one that is empty is none. */
    Optional<Part> get(String name) {
        return map().get(name).filter(field -> !(field instanceof Value.Null)).map(field -> below(name, field));
    }

    /** The fields of a map, by name. */
    List<Part> fields() {
        return map().fields().entrySet().stream().map(field -> below(field.getKey(), field.getValue())).toList();
    }

    private Part below(String name, Value field) {
        boolean plain = name.chars().noneMatch(c -> c == '.' || c == '"' || c <= ' ');
        return new Part(name, field, origin.at(name), path + "." + (plain ? name : '"' + name + '"'));
    }

    /** The members of a list, or the value itself; all that is text. They keep the path of the list. */
    List<Part> items() {
        if (!(value instanceof Value.ListOf(List<Value> items))) {
            return List.of(this);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            parts.add(new Part(name, items.get(i), origin.at(String.valueOf(i)), path));
        }
        return parts;
    }

    /** The same with a text in its place. */
    Part saying(String text) {
        return new Part(name, Value.text(text), origin, path);
    }

    String text() {
        return value instanceof Value.Text(String text) ? text : "";
    }

    /** Where what this part asks for comes from. */
    Source source() {
        return origin.source().from(path);
    }

    /** The form in which problems say where. */
    String where() {
        return origin.source().exact() + "  " + path;
    }
}
