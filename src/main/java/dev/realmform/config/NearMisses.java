package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keys of maps that take any key, but look like a typing error of one that the schema knows there: {@code clientsecret} among
 * the settings of an identity provider. A warning and no error, since a provider may have a key of that name.
 */
final class NearMisses {

    /** So few known keys say nothing of what else there may be. */
    private static final int FEW = 20;

    private final UnknownKeys unknown;
    private final List<Plan.Notice> warnings = new ArrayList<>();

    private NearMisses(UnknownKeys unknown) {
        this.unknown = unknown;
    }

    static List<Plan.Notice> of(Node.Fields document, UnknownKeys unknown) {
        NearMisses misses = new NearMisses(unknown);
        misses.look(document, Shape.document(), Path.ROOT);
        return misses.warnings;
    }

    private void look(Node node, Shape shape, Path path) {
        switch (node) {
            case Node.Fields map -> {
                Collection<String> known = shape.knownOfFree();
                map.entries().forEach((name, entry) -> {
                    if (known.size() > FEW) {
                        key(name, entry, known, path.then(name));
                    }
                    if (!(entry.node() instanceof Node.Leaf)) {
                        look(entry.node(), Layers.shapeOf(shape, name), path.then(name));
                    }
                });
            }
            case Node.Items list -> list.items().forEach(item -> look(item, shape.items(), path));
            case Node.Leaf ignored -> {
            }
        }
    }

    private void key(String name, Node.Entry entry, Collection<String> known, Path path) {
        if (!name.startsWith("$") && !known.contains(name) && Nearness.looksMistyped(name, known)
                && !unknown.names(path)) {
            warnings.add(new Plan.Notice.Warning(Optional.empty(), Texts.quoted(name) + " may be a typing error ("
                    + entry.key() + "). " + Nearness.similar(name, known) + " If it is meant: --allow-unknown "
                    + Texts.printable(name)));
        }
    }
}
