package dev.realmform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A document without what the schema refuses, so that the rest can be looked at too and a person gets all errors at once.
 */
final class Pruning {

    private Pruning() {}

    /** @param wrong the nodes to leave out, by identity */
    static Node.Fields without(Node.Fields document, Set<Node> wrong) {
        return wrong.isEmpty() ? document : fields(document, Shape.document(), wrong);
    }

    private static Node prune(Node node, Shape shape, Set<Node> wrong) {
        return switch (node) {
            case Node.Leaf leaf -> leaf;
            case Node.Items list -> {
                List<Node> items = new ArrayList<>();
                list.items()
                        .stream()
                        .filter(item -> !wrong.contains(item))
                        .forEach(
                                item -> items.add(prune(item, shape.items(), wrong)));
                yield new Node.Items(items, list.place());
            }
            case Node.Fields map -> fields(map, shape, wrong);
        };
    }

    private static Node.Fields fields(Node.Fields map, Shape shape, Set<Node> wrong) {
        SequencedMap<String, Node.Entry> kept = new LinkedHashMap<>();
        map.entries().forEach((name, entry) -> {
            if (!wrong.contains(entry.node())) {
                Node node = prune(entry.node(), Layers.shapeOf(shape, name), wrong);
                kept.put(name, new Node.Entry(entry.key(), node));
            } else if (shape.nameField().isPresent()) {
                // It still has its name, which others may refer to.
                Node.Fields empty = new Node.Fields(new LinkedHashMap<>(), entry.node().place());
                kept.put(name, new Node.Entry(entry.key(), empty));
            }
        });
        return new Node.Fields(kept, map.place());
    }
}
