package dev.realmform.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Strict access to a tree that realmform itself wrote, a state or a plan: what is not as it was written is a problem that
 * names the place, and never a default.
 *
 * @param map the tree
 * @param at  where it stands, for messages
 */
public record Fields(Value.MapOf map, String at) {

    public static Fields of(Value value, String at) {
        if (value instanceof Value.MapOf map) {
            return new Fields(map, at);
        }
        throw damaged((at.isEmpty() ? "it" : at) + " is not an object");
    }

    /** Refuses every other field: it was written by a version that knows more. */
    public Fields only(String... names) {
        List<String> known = Arrays.asList(names);
        for (String name : map.fields().keySet()) {
            if (!known.contains(name)) {
                throw damaged(place(name) + " is not known to this version");
            }
        }
        return this;
    }

    public boolean has(String name) {
        return map.has(name);
    }

    public Value value(String name) {
        Value value = map.fields().get(name);
        if (value == null) {
            throw damaged(place(name) + " is missing");
        }
        return value;
    }

    public String text(String name) {
        return text(value(name), name);
    }

    public Optional<String> textIfAny(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public boolean flag(String name) {
        if (value(name) instanceof Value.Bool(boolean flag)) {
            return flag;
        }
        throw damaged(place(name) + " is neither true nor false");
    }

    /** A whole number that is not negative. */
    public long number(String name) {
        if (value(name) instanceof Value.Num(var number) && number.signum() >= 0 && number.scale() <= 0
                && number.precision() - number.scale() <= 18) {
            return number.longValueExact();
        }
        throw damaged(place(name) + " is not a whole number");
    }

    public Address address(String name) {
        return address(text(name), place(name));
    }

    public Fields in(String name) {
        return of(value(name), place(name));
    }

    /** The items of a list. */
    public List<Value> items(String name) {
        if (value(name) instanceof Value.ListOf list) {
            return list.items();
        }
        throw damaged(place(name) + " is not a list");
    }

    public List<Fields> each(String name) {
        List<Fields> all = new ArrayList<>();
        for (Value item : items(name)) {
            all.add(of(item, place(name) + "[" + all.size() + "]"));
        }
        return all;
    }

    public List<String> texts(String name) {
        return items(name).stream().map(item -> text(item, name)).toList();
    }

    /** All fields, each of which is a text. */
    public SortedMap<String, String> allTexts() {
        SortedMap<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Value> field : map.fields().entrySet()) {
            texts.put(field.getKey(), text(field.getValue(), field.getKey()));
        }
        return texts;
    }

    /** The printed form of an address, read. */
    public static Address address(String text, String at) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(at + " is not an address", "", "").causedBy(e));
        }
    }

    public ProblemException wrong(String name, String what) {
        return damaged(place(name) + " " + what);
    }

    private String text(Value value, String name) {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw damaged(place(name) + " is not a text");
    }

    private String place(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private static ProblemException damaged(String what) {
        return Problem.invalid(what, "", "").asException();
    }
}
