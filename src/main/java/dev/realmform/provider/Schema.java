package dev.realmform.provider;

import dev.realmform.model.Path;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts about the fields of a resource type, and the one place where values become canonical.
 *
 * @param root an object whose fields are the top-level fields of the type
 */
public record Schema(Field root) {

    /** What Keycloak answers in place of a secret that it does not show. */
    public static final String MASK = "**********";

    private static final Comparator<Value> ORDER = Comparator.comparing(Schema::sortKey);

    public static Schema of(Map<String, Field> fields) {
        return new Schema(Field.object(fields));
    }

    /** The facts about the field at a path. */
    public Field at(Path path) {
        Field field = root;
        for (String segment : path.segments()) {
            field = field.at(segment);
        }
        return field;
    }

    /**
     * The canonical form of a raw value, live or desired: computed fields dropped, sets sorted and without duplicates,
     * named lists turned into maps, secrets wrapped, masks turned into {@link Value.Hidden}. Idempotent.
     */
    public Value.MapOf canonical(Value.MapOf raw) {
        return (Value.MapOf) canonical(root, raw);
    }

    private static Value canonical(Field field, Value raw) {
        if (field.isSecret() && raw instanceof Value.Text(String text)) {
            return wrapped(text);
        }
        if (field.isSecret() && raw instanceof Value.ListOf(List<Value> items)) {
            return new Value.ListOf(items.stream()
                    .map(item -> item instanceof Value.Text(String text) ? wrapped(text) : item)
                    .toList());
        }
        if (raw instanceof Value.Text(String text) && text.equals(MASK)) {
            return new Value.Hidden(Value.Hidden.Reason.MASKED);
        }
        return switch (field.kind()) {
            case SET -> raw instanceof Value.ListOf list ? asSet(list) : partialOrAsIs(raw);
            case MAP -> canonicalMap(field, raw);
            case ANY, SEQUENCE, OBJECT, JSON_TEXT -> raw instanceof Value.MapOf map ? canonicalFields(field, map) : raw;
        };
    }

    /** Empty texts, flags and references into a vault are no secrets, whatever their key is called. */
    private static Value wrapped(String text) {
        if (text.equals(MASK)) {
            return new Value.Hidden(Value.Hidden.Reason.MASKED);
        }
        boolean plain = text.isEmpty() || text.equals("true") || text.equals("false") || text.startsWith("${vault.");
        return plain ? Value.text(text) : Secret.of(text, "");
    }

    private static Value partialOrAsIs(Value raw) {
        if (!(raw instanceof Value.MapOf partial)) {
            return raw;
        }
        SortedMap<String, Value> fields = new TreeMap<>();
        partial.fields()
                .forEach((key, value) -> fields.put(key, value instanceof Value.ListOf list ? asSet(list) : value));
        return new Value.MapOf(fields);
    }

    private static Value canonicalMap(Field field, Value raw) {
        if (raw instanceof Value.ListOf list && field.memberName().isPresent()) {
            return canonicalMap(field, byName(field.memberName().get(), list.items()));
        }
        return raw instanceof Value.MapOf map ? canonicalFields(field, map) : raw;
    }

    /** Members without a name get their index; a second member of one name gets {@code name[2]}. */
    private static Value.MapOf byName(String nameField, List<Value> items) {
        SortedMap<String, Value> members = new TreeMap<>();
        for (int i = 0; i < items.size(); i++) {
            Value.MapOf member = items.get(i) instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
            String name = member.text(nameField).orElse(String.valueOf(i));
            String key = name;
            for (int n = 2; members.containsKey(key); n++) {
                key = name + "[" + n + "]";
            }
            members.put(key, member.without(nameField));
        }
        return new Value.MapOf(members);
    }

    private static Value.MapOf canonicalFields(Field field, Value.MapOf map) {
        return map.each((name, value) -> {
            Field below = field.at(name);
            return below.is(Field.Trait.COMPUTED) ? Optional.empty() : Optional.of(canonical(below, value));
        });
    }

    /** The canonical form of a set: sorted, without duplicates. */
    public static Value.ListOf asSet(Value.ListOf list) {
        return isSet(list.items()) ? list : new Value.ListOf(list.items().stream().distinct().sorted(ORDER).toList());
    }

    private static boolean isSet(List<Value> items) {
        for (int i = 1; i < items.size(); i++) {
            if (ORDER.compare(items.get(i - 1), items.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static String sortKey(Value value) {
        return value instanceof Value.Text(String text) ? text : value.toString();
    }
}
