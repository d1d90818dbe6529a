package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code $ignore} names and no field is: whoever mistypes it leaves nothing to others, and sees it only when the apply has
 * written over it. A warning and no error, since a newer server may have such a field.
 */
final class IgnoredFields {

    private static final String IGNORE = "$ignore";

    private final UnknownKeys unknown;
    private final List<Plan.Notice> warnings = new ArrayList<>();

    private IgnoredFields(UnknownKeys unknown) {
        this.unknown = unknown;
    }

    static List<Plan.Notice> of(Node.Fields document, UnknownKeys unknown) {
        IgnoredFields ignored = new IgnoredFields(unknown);
        if (isIn(document)) {
            ignored.look(document, Shape.document(), Path.ROOT);
        }
        return ignored.warnings;
    }

    /** Whether there is any: few files have one, and what the schema says of each value takes longer to find. */
    private static boolean isIn(Node.Fields map) {
        for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
            if (entry.getKey().equals(IGNORE)
                    || (entry.getValue().node() instanceof Node.Fields below && isIn(below))) {
                return true;
            }
        }
        return false;
    }

    private void look(Node node, Shape shape, Path path) {
        switch (node) {
            case Node.Fields map -> {
                if (map.has(IGNORE) && shape.fieldNames().contains(IGNORE)) {
                    map.list(IGNORE).ifPresent(names -> names.items().forEach(name -> name(name, shape, path)));
                }
                map.entries().forEach((name, entry) -> {
                    if (entry.node() instanceof Node.Fields below) {
                        look(below, Layers.shapeOf(shape, name), path.then(name));
                    }
                });
            }
            // Whatever has an address is a map by its name here.
            case Node.Items ignored -> {
            }
            case Node.Leaf ignored -> {
            }
        }
    }

    private void name(Node name, Shape holder, Path path) {
        if (!(name instanceof Node.Leaf leaf)) {
            return;
        }
        Shape shape = holder;
        Path at = path;
        for (String segment : Path.parse(leaf.raw()).segments()) {
            Collection<String> known = shape.fieldNames().stream().filter(field -> !field.startsWith("$")).toList();
            boolean named = shape.nameField().isPresent();
            at = at.then(segment);
            if (!named && !known.contains(segment)) {
                if (!known.isEmpty() && !shape.takesAnyKey() && !unknown.allow(at, known)) {
                    warn(leaf, segment, known);
                }
                return;
            }
            shape = Layers.shapeOf(shape, segment);
        }
    }

    private void warn(Node.Leaf leaf, String segment, Collection<String> known) {
        String similar = Nearness.similar(segment, known);
        warnings.add(new Plan.Notice.Warning(Optional.empty(),
                IGNORE + " names " + Texts.quoted(leaf.raw()) + ", and no field " + Texts.quoted(segment)
                        + " is known there: it leaves nothing to others (" + leaf.place() + ")"
                        + (similar.isEmpty() ? "" : ". " + similar)));
    }
}
