package dev.realmform.json;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the values that JSON has no word for are written down in files.
 *
 * <pre>
 * {"$secret": "$(secret:smtp)"}                     a secret, by where it comes from; never by its content
 * {"$unknown": "client/retail/pay", "field": "id"}  known once that resource has been applied
 * {"$hidden": "MASKED"}                             live, and not to be read
 * {"$$add": ["a"]}                                  a key that begins with a dollar: one dollar more
 * </pre>
 */
public final class Tags {

    private static final String SECRET = "$secret";
    private static final String UNKNOWN = "$unknown";
    private static final String FIELD = "field";
    private static final String HIDDEN = "$hidden";

    private Tags() {}

    /** The value in words that JSON has. */
    static Value plain(Value value, Json.Secrets secrets) {
        return switch (secrets) {
            case REVEAL -> isPlain(value) ? value : revealed(value);
            case REFERENCE -> of(value);
            case HIDE -> isPlain(value) ? value : shown(value);
        };
    }

    /** Whether JSON has a word for all that is in it. */
    private static boolean isPlain(Value value) {
        if (value instanceof Value.MapOf map) {
            return arePlain(map.fields().values());
        }
        if (value instanceof Value.ListOf list) {
            return arePlain(list.items());
        }
        return !(value instanceof Secret || value instanceof Value.Unknown || value instanceof Value.Hidden);
    }

    private static boolean arePlain(Collection<Value> values) {
        for (Value value : values) {
            if (!isPlain(value)) {
                return false;
            }
        }
        return true;
    }

    /** The value with tags in place of what JSON has no word for. */
    public static Value of(Value value) {
        return switch (value) {
            case Secret secret -> tag(SECRET, secret.reference());
            case Value.Unknown(Address source, String field) -> tag(UNKNOWN, source.toString()).with(FIELD,
                    Value.text(field));
            case Value.Hidden(Value.Hidden.Reason why) -> tag(HIDDEN, why.name());
            case Value.ListOf list -> new Value.ListOf(list.items().stream().map(Tags::of).toList());
            case Value.MapOf map -> of(map);
            case Value.Null plain -> plain;
            case Value.Bool plain -> plain;
            case Value.Num plain -> plain;
            case Value.Text plain -> plain;
        };
    }

    private static Value.MapOf tag(String key, String text) {
        return new Value.MapOf(Map.of(key, Value.text(text)));
    }

    private static Value.MapOf of(Value.MapOf map) {
        SortedMap<String, Value> fields = new TreeMap<>();
        map.fields().forEach((key, value) -> fields.put(key.startsWith("$") ? "$" + key : key, of(value)));
        return new Value.MapOf(fields);
    }

    /**
     * The reverse of {@link #of}. Secrets come back as holes: {@link Secret#notGiven}.
     *
     * @throws ProblemException if a tag is none of ours
     */
    public static Value read(Value value) {
        return switch (value) {
            case Value.ListOf list -> new Value.ListOf(list.items().stream().map(Tags::read).toList());
            case Value.MapOf map -> read(map);
            case Value.Null plain -> plain;
            case Value.Bool plain -> plain;
            case Value.Num plain -> plain;
            case Value.Text plain -> plain;
            case Secret plain -> plain;
            case Value.Unknown plain -> plain;
            case Value.Hidden plain -> plain;
        };
    }

    private static Value read(Value.MapOf map) {
        SortedMap<String, Value> fields = new TreeMap<>();
        for (Map.Entry<String, Value> entry : map.fields().entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("$") && !key.startsWith("$$")) {
                return readTag(key, map);
            }
            fields.put(key.startsWith("$$") ? key.substring(1) : key, read(entry.getValue()));
        }
        return new Value.MapOf(fields);
    }

    private static Value readTag(String key, Value.MapOf map) {
        String text = map.text(key).orElseThrow(() -> unknownTag(key));
        int keys = map.fields().size();
        try {
            if (key.equals(SECRET) && keys == 1) {
                return Secret.notGiven(text);
            }
            if (key.equals(HIDDEN) && keys == 1) {
                return new Value.Hidden(Value.Hidden.Reason.valueOf(text));
            }
            if (key.equals(UNKNOWN) && keys == 2) {
                return new Value.Unknown(Address.parse(text), map.text(FIELD).orElseThrow(() -> unknownTag(key)));
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(unknownTag(key).problems().getFirst().causedBy(e));
        }
        throw unknownTag(key);
    }

    private static ProblemException unknownTag(String key) {
        return Problem.invalid("\"" + key + "\" is not a mark that this version of realmform can read", "", "")
                .asException();
    }

    private static Value revealed(Value value) {
        return switch (value) {
            case Secret secret -> Value.text(secret.reveal());
            case Value.Unknown(Address source, String field) -> throw new IllegalStateException(
                    field + " of " + source + " has to be filled in before the body is sent");
            case Value.Hidden ignored -> throw new IllegalStateException(
                    "a hidden value has to be left out of a body, for the server would store its mask");
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream().map(Tags::revealed).toList());
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((key, below) -> fields.put(key, revealed(below)));
                yield new Value.MapOf(fields);
            }
            case Value.Null plain -> plain;
            case Value.Bool plain -> plain;
            case Value.Num plain -> plain;
            case Value.Text plain -> plain;
        };
    }

    private static Value shown(Value value) {
        return switch (value) {
            case Secret ignored -> Value.text("(secret)");
            case Value.Unknown(Address source, String field) -> Value.text("(" + field + " of " + source + ")");
            case Value.Hidden ignored -> Value.text("(hidden)");
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream().map(Tags::shown).toList());
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((key, below) -> fields.put(key, shown(below)));
                yield new Value.MapOf(fields);
            }
            case Value.Null plain -> plain;
            case Value.Bool plain -> plain;
            case Value.Num plain -> plain;
            case Value.Text plain -> plain;
        };
    }
}
