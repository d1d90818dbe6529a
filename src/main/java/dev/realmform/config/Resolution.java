package dev.realmform.config;

import dev.realmform.model.Plan;
import dev.realmform.model.Secret;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Schema;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The merged document with references replaced and secrets wrapped, according to the schema.
 *
 * <p>Runs after layers have been merged: a value that another one covers is never looked at.
 */
final class Resolution {

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private final References references;
    private final Findings findings;
    private final boolean keeps;
    private final Placeholders placeholders = new Placeholders();

    Resolution(References references, Findings findings) {
        this(references, findings, false);
    }

    private Resolution(References references, Findings findings, boolean keeps) {
        this.references = references;
        this.findings = findings;
        this.keeps = keeps;
    }

    /** For the section of a cluster, which keeps what is made by chance. */
    static Resolution ofCluster(References references, Findings findings) {
        return new Resolution(references, findings, true);
    }

    Node.Fields document(Node.Fields document) {
        return fields(document, Shape.document(), "");
    }

    /** What looks like a variable in it, and is none here. */
    Optional<Plan.Notice> placeholders() {
        return placeholders.notice();
    }

    /** A part of the section realmform. */
    Optional<Node> setting(Node node, Shape shape, String name) {
        return resolve(node, shape, name);
    }

    private Optional<Node> resolve(Node node, Shape shape, String field) {
        return switch (node) {
            case Node.Leaf leaf -> leaf(leaf, shape, field);
            case Node.Items list -> {
                Rewriting.OfItems items = new Rewriting.OfItems(list);
                Shape below = shape.items();
                for (Node item : list.items()) {
                    items.next(resolve(item, below, field));
                }
                yield Optional.of(items.done());
            }
            case Node.Fields map -> Optional.of(fields(map, shape, field));
        };
    }

    private Node.Fields fields(Node.Fields map, Shape shape, String field) {
        Rewriting.OfFields resolved = new Rewriting.OfFields(map);
        for (Map.Entry<String, Node.Entry> entry : map.entries().entrySet()) {
            String name = entry.getKey();
            resolved.next(entry, resolve(entry.getValue().node(), Layers.shapeOf(shape, name),
                    name.startsWith("$") ? field : name));
        }
        return resolved.done();
    }

    private Optional<Node> leaf(Node.Leaf leaf, Shape shape, String field) {
        placeholders.look(leaf, field, shape.isSecret());
        if (!shape.isSecret() && isPlain(leaf)) {
            return Optional.of(unquoted(leaf, shape));
        }
        Position position = new Position(Texts.printable(field), shape.isSecret(), shape.isFree(), keeps);
        return references.resolve(leaf, position).flatMap(node -> switch (node) {
            case Node.Leaf found -> unmasked(found, field)
                    .map(value -> shape.isSecret() ? wrapped(value, shape) : typed(value, leaf, shape));
            case Node.Items list -> Optional.of(list);
            case Node.Fields map -> Optional.of(map);
        });
    }

    /** Whether it means what it says, as nearly all do. */
    private static boolean isPlain(Node.Leaf leaf) {
        return switch (leaf.value()) {
            case Value.Text(String text) -> !Template.isIn(text) && !text.equals(Schema.MASK);
            case Value.Num ignored -> true;
            case Value.Bool ignored -> true;
            case Value.Null ignored -> true;
            case Secret ignored -> false;
            case Value.Unknown ignored -> false;
            case Value.Hidden ignored -> false;
            case Value.ListOf ignored -> false;
            case Value.MapOf ignored -> false;
        };
    }

    /** The asterisks that an export holds in place of a secret: sent back, they would become the secret. */
    private Optional<Node.Leaf> unmasked(Node.Leaf leaf, String field) {
        boolean masked = switch (leaf.value()) {
            case Value.Text(String text) -> text.equals(Schema.MASK);
            case Secret secret -> secret.isGiven() && secret.reveal().equals(Schema.MASK);
            default -> false;
        };
        if (masked) {
            findings.add(leaf.place(), "\"" + Schema.MASK + "\" is the mask that an export holds, not a secret",
                    "Use $(secret:name). Or leave the live secret alone: remove the line, or say $unset: ["
                            + Texts.printable(field) + "] in a later file.");
            return Optional.empty();
        }
        return Optional.of(leaf);
    }

    /** Empty texts and references into Keycloak's vault are no secrets. */
    private static Node.Leaf wrapped(Node.Leaf leaf, Shape shape) {
        return switch (leaf.value()) {
            case Value.Text(String text) when !text.isEmpty() && !text.startsWith("${vault.") -> secret(leaf, text);
            case Value.Num ignored when shape.types().contains("number") -> secret(leaf, leaf.raw());
            case Value.Bool ignored when shape.types().contains("boolean") -> secret(leaf, leaf.raw());
            default -> leaf;
        };
    }

    private static Node.Leaf secret(Node.Leaf leaf, String text) {
        Source source = leaf.place().source();
        return new Node.Leaf(Secret.of(text, "$(literal:" + source + ")"), "", leaf.place());
    }

    /** Many files have flags and numbers in quotes, and the server takes them: where no text may stand, they can mean nothing else. */
    private static Node.Leaf unquoted(Node.Leaf leaf, Shape shape) {
        boolean maybe = leaf.value() instanceof Value.Text(String text)
                && (text.equals("true") || text.equals("false") || INTEGER.matcher(text).matches());
        return maybe ? typed(leaf, shape) : leaf;
    }

    /** What comes from the environment or the command line has no type of its own: it gets the one that the field takes. */
    private static Node.Leaf typed(Node.Leaf leaf, Node.Leaf written, Shape shape) {
        return Template.isIn(written.raw()) ? typed(leaf, shape) : leaf;
    }

    private static Node.Leaf typed(Node.Leaf leaf, Shape shape) {
        if (!(leaf.value() instanceof Value.Text(String text))) {
            return leaf;
        }
        Set<String> types = shape.types();
        if (types.contains("integer") && INTEGER.matcher(text).matches()) {
            return new Node.Leaf(new Value.Num(new BigDecimal(text)), text, leaf.place());
        }
        if (types.contains("boolean") && !types.contains("number") && (text.equals("true") || text.equals("false"))) {
            return new Node.Leaf(Value.bool(text.equals("true")), text, leaf.place());
        }
        return leaf;
    }
}
