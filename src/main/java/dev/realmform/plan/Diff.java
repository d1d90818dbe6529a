package dev.realmform.plan;

import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The differences between two canonical values of one type, in the order of their paths. Empty if and only if the two mean
 * the same: an absent field means its default, and nothing, an empty text and an empty collection mean the same.
 */
final class Diff {

    private final List<Edit> edits = new ArrayList<>();

    private Diff() {}

    static List<Edit> between(Schema schema, Value.MapOf before, Value.MapOf after) {
        Diff diff = new Diff();
        diff.fields(schema.root(), Path.ROOT, before, after);
        return diff.edits;
    }

    private void fields(Field field, Path path, Value.MapOf before, Value.MapOf after) {
        Set<String> names = new TreeSet<>(before.fields().keySet());
        names.addAll(after.fields().keySet());
        for (String name : names) {
            Optional<Value> was = before.get(name);
            Optional<Value> becomes = after.get(name);
            if (!was.equals(becomes)) {
                compare(field.at(name), path.then(name), was, becomes);
            }
        }
    }

    private void compare(Field field, Path path, Optional<Value> before, Optional<Value> after) {
        Optional<Value> was = meaning(field, before);
        Optional<Value> becomes = meaning(field, after);
        if (was.equals(becomes)) {
            return;
        }
        if (was.isEmpty()) {
            edits.add(new Edit.Add(path, becomes.orElseThrow()));
        } else if (becomes.isEmpty()) {
            edits.add(new Edit.Remove(path, was.get()));
        } else {
            change(field, path, was.get(), becomes.get());
        }
    }

    private void change(Field field, Path path, Value was, Value becomes) {
        if (was instanceof Value.MapOf from && becomes instanceof Value.MapOf to) {
            fields(field, path, from, to);
        } else if (was instanceof Value.ListOf from && becomes instanceof Value.ListOf to) {
            Edit.Items items = items(field, path, from.items(), to.items());
            if (field.kind() != Field.Kind.SET || !items.added().isEmpty() || !items.removed().isEmpty()) {
                edits.add(items);
            }
        } else {
            edits.add(new Edit.Set(path, was, becomes));
        }
    }

    private static Edit.Items items(Field field, Path path, List<Value> was, List<Value> becomes) {
        List<Value> added = without(becomes, was);
        List<Value> removed = without(was, becomes);
        boolean reordered = field.kind() != Field.Kind.SET && !without(was, removed).equals(without(becomes, added));
        return new Edit.Items(path, added, removed, was.size() - removed.size(), reordered);
    }

    /** The items of the first that are left when each item of the second has taken one equal away. */
    private static List<Value> without(List<Value> items, List<Value> others) {
        List<Value> left = new ArrayList<>(items);
        Set<Value> distinct = new LinkedHashSet<>(others);
        if (distinct.size() == others.size() && new LinkedHashSet<>(items).size() == items.size()) {
            left.removeIf(distinct::contains);
        } else {
            others.forEach(left::remove);
        }
        return left;
    }

    /** What a value says: nothing if it is empty or the default. */
    private static Optional<Value> meaning(Field field, Optional<Value> value) {
        Optional<Value> said = value.or(field::byDefault).filter(given -> !isEmpty(given));
        return value.isPresent() && said.isEmpty() ? Optional.empty() : said;
    }

    private static boolean isEmpty(Value value) {
        return switch (value) {
            case Value.Null ignored -> true;
            case Value.Text(String text) -> text.isEmpty();
            case Value.ListOf(List<Value> items) -> items.isEmpty();
            case Value.MapOf map -> map.isEmpty();
            case Value.Bool ignored -> false;
            case Value.Num ignored -> false;
            case dev.realmform.model.Secret ignored -> false;
            case Value.Unknown ignored -> false;
            case Value.Hidden ignored -> false;
        };
    }
}
