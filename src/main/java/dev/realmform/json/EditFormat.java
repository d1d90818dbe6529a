package dev.realmform.json;

import dev.realmform.model.Edit;
import dev.realmform.model.Fields;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One edit in a plan file. */
final class EditFormat {

    private EditFormat() {}

    static Value.MapOf write(Edit edit) {
        SortedMap<String, Value> fields = new TreeMap<>(Map.of("path", Value.texts(edit.path().segments())));
        switch (edit) {
            case Edit.Add add -> {
                fields.put("kind", Value.text("add"));
                fields.put("after", Tags.of(add.after()));
            }
            case Edit.Remove remove -> {
                fields.put("kind", Value.text("remove"));
                fields.put("before", Tags.of(remove.before()));
            }
            case Edit.Set set -> {
                fields.put("kind", Value.text("set"));
                fields.put("before", Tags.of(set.before()));
                fields.put("after", Tags.of(set.after()));
            }
            case Edit.Items items -> {
                fields.put("kind", Value.text("items"));
                fields.put("added", Tags.of(new Value.ListOf(items.added())));
                fields.put("removed", Tags.of(new Value.ListOf(items.removed())));
                fields.put("kept", Value.num(items.kept()));
                fields.put("reordered", Value.bool(items.reordered()));
            }
        }
        return new Value.MapOf(fields);
    }

    static Edit read(Fields fields) {
        Path path = ResourceFormat.path(fields, "path");
        return switch (fields.text("kind")) {
            case "add" -> new Edit.Add(path, Tags.read(fields.value("after")));
            case "remove" -> new Edit.Remove(path, Tags.read(fields.value("before")));
            case "set" -> new Edit.Set(path, Tags.read(fields.value("before")), Tags.read(fields.value("after")));
            case "items" -> new Edit.Items(path, values(fields, "added"), values(fields, "removed"),
                    Math.toIntExact(fields.number("kept")), fields.flag("reordered"));
            default -> throw fields.wrong("kind", "is none of add, remove, set, items");
        };
    }

    private static List<Value> values(Fields fields, String name) {
        return fields.items(name).stream().map(Tags::read).toList();
    }
}
