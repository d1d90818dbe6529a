package dev.realmform.render;

import dev.realmform.json.Json;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What differs inside of a value, by path: a text that holds JSON, or a member of a list. The schema does not reach in there. */
final class JsonEdits {

    /** Each member is looked for among all others: longer arrays are shown as a whole. */
    private static final long MOST_PAIRS = 4_000_000;

    private final List<Edit> edits = new ArrayList<>();

    private JsonEdits() {}

    /** The differences, none if only the notation differs; empty if one of the texts is no JSON object or array. */
    static Optional<List<Edit>> between(String before, String after) {
        return parse(before).flatMap(was -> parse(after).map(becomes -> {
            JsonEdits json = new JsonEdits();
            json.compare(Path.ROOT, was, becomes);
            return json.edits;
        }));
    }

    /** The differences between two values, each at its place below a path. */
    static List<Edit> between(Path at, Value before, Value after) {
        JsonEdits json = new JsonEdits();
        json.compare(at, before, after);
        return json.edits;
    }

    private static Optional<Value> parse(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(text));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private void compare(Path path, Value was, Value becomes) {
        if (was.equals(becomes)) {
            return;
        }
        if (was instanceof Value.MapOf from && becomes instanceof Value.MapOf to) {
            fields(path, from, to);
        } else if (was instanceof Value.ListOf from && becomes instanceof Value.ListOf to) {
            items(path, from.items(), to.items());
        } else {
            edits.add(new Edit.Set(path, was, becomes));
        }
    }

    private void fields(Path path, Value.MapOf from, Value.MapOf to) {
        TreeSet<String> names = new TreeSet<>(from.fields().keySet());
        names.addAll(to.fields().keySet());
        for (String name : names) {
            Optional<Value> was = from.get(name);
            Optional<Value> becomes = to.get(name);
            if (was.isEmpty()) {
                edits.add(new Edit.Add(path.then(name), becomes.orElseThrow()));
            } else if (becomes.isEmpty()) {
                edits.add(new Edit.Remove(path.then(name), was.get()));
            } else {
                compare(path.then(name), was.get(), becomes.get());
            }
        }
    }

    /** Objects that only changed inside are compared by position; all else is members that come and go. */
    private void items(Path path, List<Value> from, List<Value> to) {
        if ((long) from.size() * to.size() > MOST_PAIRS) {
            edits.add(new Edit.Set(path, new Value.ListOf(from), new Value.ListOf(to)));
            return;
        }
        if (from.size() == to.size() && areObjects(from) && areObjects(to)
                && (from.size() == 1 || from.stream().noneMatch(to::contains))) {
            for (int i = 0; i < from.size(); i++) {
                compare(path.then("[" + i + "]"), from.get(i), to.get(i));
            }
            return;
        }
        List<Value> removed = new ArrayList<>(from);
        to.forEach(removed::remove);
        List<Value> added = new ArrayList<>(to);
        from.forEach(added::remove);
        List<Value> stayed = new ArrayList<>(from);
        removed.forEach(stayed::remove);
        List<Value> stay = new ArrayList<>(to);
        added.forEach(stay::remove);
        edits.add(new Edit.Items(path, added, removed, stayed.size(), !stayed.equals(stay)));
    }

    private static boolean areObjects(List<Value> items) {
        return items.stream().allMatch(Value.MapOf.class::isInstance);
    }
}
