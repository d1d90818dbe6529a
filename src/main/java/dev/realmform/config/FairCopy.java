package dev.realmform.config;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A merged document as one file would say the same: groups by their paths, references as they are written. */
final class FairCopy {

    private static final String GROUPS = "groups";
    private static final String SUB_GROUPS = "subGroups";

    private final List<Problem> problems;

    private FairCopy(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Copies a document.
     *
     * @param settings the section {@code realmform}; may be empty
     * @param problems gets a problem for each secret that stands in them in clear: a copy of it would be shown
     */
    static Value.MapOf of(Node.Fields document, Node.Fields settings, List<Problem> problems) {
        FairCopy copy = new FairCopy(problems);
        SortedMap<String, Value> fields = new TreeMap<>(
                copy.fields(document.without(Set.of(GROUPS)), Shape.document()));
        document.map(GROUPS).ifPresent(groups -> {
            SortedMap<String, Value> byPath = new TreeMap<>();
            copy.groups(groups, "", byPath);
            fields.put(GROUPS, new Value.MapOf(byPath));
        });
        if (!settings.entries().isEmpty()) {
            Shape shape = Shape.document().at(Documents.SECTION);
            fields.put(Documents.SECTION, new Value.MapOf(copy.fields(settings, shape)));
        }
        return new Value.MapOf(fields);
    }

    private void groups(Node.Fields siblings, String above, SortedMap<String, Value> byPath) {
        siblings.entries().forEach((name, entry) -> {
            String path = above + "/" + name.replace("/", "~/");
            if (entry.node() instanceof Node.Fields group) {
                if (!group.has(Arrangement.IMPLIED)) {
                    Shape shape = Shape.document().at(GROUPS).items();
                    byPath.put(path, new Value.MapOf(fields(group.without(Set.of(SUB_GROUPS)), shape)));
                }
                groups(group.fields(SUB_GROUPS), path, byPath);
            } else {
                byPath.put(path, Value.NULL);
            }
        });
    }

    private SortedMap<String, Value> fields(Node.Fields map, Shape shape) {
        SortedMap<String, Value> fields = new TreeMap<>();
        map.entries().forEach((name, entry) -> fields.put(name, value(entry.node(), Layers.shapeOf(shape, name))));
        return fields;
    }

    private Value value(Node node, Shape shape) {
        return switch (node) {
            case Node.Leaf leaf -> {
                if (isInClear(leaf, shape)) {
                    problems.add(Problem.refused("a secret stands here in clear, and a copy would show it",
                            leaf.place().toString(),
                            "Write it as $(secret:name), and where it comes from under realmform.secrets."));
                }
                yield leaf.value();
            }
            case Node.Items list -> {
                List<Value> items = new ArrayList<>();
                list.items().forEach(item -> items.add(value(item, shape.items())));
                yield new Value.ListOf(items);
            }
            case Node.Fields map -> new Value.MapOf(fields(map, shape));
        };
    }

    private static boolean isInClear(Node.Leaf leaf, Shape shape) {
        return shape.isSecret() && !leaf.isNull() && !leaf.raw().isEmpty() && !Template.isIn(leaf.raw())
                && !leaf.raw().startsWith("${vault.");
    }
}
