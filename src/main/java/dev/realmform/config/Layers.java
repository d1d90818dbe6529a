package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lays documents over each other. All of one layer say one thing, in whatever order they come; of two layers the later one
 * wins, field by field.
 *
 * <p>The place of a field is that of the value that won.
 */
final class Layers {

    static final String UNSET = "$unset";

    private final Findings findings;

    Layers(Findings findings) {
        this.findings = findings;
    }

    /** @param layers the arranged documents of each layer, in order */
    Optional<Node.Fields> merge(List<List<Node.Fields>> layers) {
        Optional<Node> merged = Optional.empty();
        for (List<Node.Fields> documents : layers) {
            if (!documents.isEmpty()) {
                merged = over(merged, together(documents, Shape.document()), Shape.document());
            }
        }
        return merged.filter(Node.Fields.class::isInstance).map(Node.Fields.class::cast);
    }

    /** What the documents of one layer say about one place. */
    private Node together(List<? extends Node> nodes, Shape shape) {
        if (nodes.size() == 1) {
            return nodes.getFirst();
        }
        List<Node> parts = nodes.stream().filter(PartialSet::is).map(Node.class::cast).toList();
        List<Node> wholes = nodes.stream().filter(node -> !PartialSet.is(node)).map(Node.class::cast).toList();
        if (parts.isEmpty() && wholes.stream().allMatch(Node.Fields.class::isInstance)) {
            return maps(wholes.stream().map(Node.Fields.class::cast).toList(), shape);
        }
        for (Node other : wholes) {
            if (!Node.same(wholes.getFirst(), other, shape.isSet())) {
                contradiction(wholes.getFirst().place(), other.place());
                return wholes.getFirst();
            }
        }
        return parts.isEmpty() ? wholes.getFirst() : sets(wholes, parts);
    }

    private Node.Fields maps(List<Node.Fields> maps, Shape shape) {
        SequencedMap<String, List<Node.Entry>> byName = new LinkedHashMap<>();
        maps.forEach(map -> map.entries()
                .forEach((name, entry) -> byName
                        .computeIfAbsent(name, ignored -> new ArrayList<>())
                        .add(entry)));
        SequencedMap<String, Node.Entry> merged = new LinkedHashMap<>();
        byName.forEach((name, entries) -> {
            if (name.equals(Arrangement.IMPLIED) && entries.size() < maps.size()) {
                return;
            }
            List<Node> nodes = entries.stream().map(Node.Entry::node).toList();
            merged.put(name, new Node.Entry(entries.getFirst().key(),
                    name.equals(UNSET) ? unsets(nodes) : together(nodes, shapeOf(shape, name))));
        });
        Place place = maps.stream()
                .filter(map -> !map.has(Arrangement.IMPLIED))
                .findFirst()
                .orElse(maps.getFirst())
                .place();
        return new Node.Fields(merged, place);
    }

    /** Members of a named list have the shape of its items, whatever their name. */
    static Shape shapeOf(Shape shape, String name) {
        return shape.nameField().isPresent() ? shape.items() : shape.at(name);
    }

    private static Node unsets(List<Node> nodes) {
        if (nodes.stream().allMatch(Node.Items.class::isInstance)) {
            List<Node> names = nodes.stream().flatMap(node -> ((Node.Items) node).items().stream()).toList();
            return new Node.Items(names, nodes.getFirst().place());
        }
        return nodes.stream().filter(node -> !(node instanceof Node.Items)).findFirst().orElse(nodes.getFirst());
    }

    private Node sets(List<Node> wholes, List<Node> parts) {
        parts.forEach(this::refuseBoth);
        PartialSet part = PartialSet.together(parts.stream().map(PartialSet::of).toList());
        if (parts.stream().noneMatch(one -> PartialSet.of(one).contradiction().isPresent())) {
            part.contradiction().ifPresent(two -> contradiction(two.getFirst().place(), two.getLast().place()));
        }
        return wholes.isEmpty() ? part.settled().node() : onto(wholes.getFirst(), part);
    }

    /** What one part of a set adds and removes at once. */
    private void refuseBoth(Node part) {
        PartialSet.of(part)
                .contradiction()
                .ifPresent(two -> findings.add(two.getLast().place(), "this is removed and added at once",
                        "It is added at " + two.getFirst().place().source() + ". Keep one of the two."));
    }

    private Node onto(Node whole, PartialSet part) {
        return switch (whole) {
            case Node.Items list -> part.over(list);
            case Node.Leaf leaf when leaf.isNull() -> part.over(new Node.Items(List.of(), leaf.place()));
            case Node.Leaf leaf -> notASet(leaf, part);
            case Node.Fields map -> notASet(map, part);
        };
    }

    private Node notASet(Node whole, PartialSet part) {
        findings.add(part.place(), "this changes a set in part, and what stands at " + whole.place().source()
                + " is no list", "Give the whole list in one of the two places.");
        return whole;
    }

    private void contradiction(Place first, Place second) {
        findings.add(second, "two values for " + second.trail() + " contradict each other",
                "The other one is at " + first.source()
                        + ". Keep one of them, or give each file an -f of its own: then the later one wins.");
    }

    /** A later layer laid over what the earlier ones say; empty if it takes the declaration back. */
    private Optional<Node> over(Optional<Node> lower, Node upper, Shape shape) {
        if (PartialSet.is(upper)) {
            refuseBoth(upper);
            return Optional.of(lower.map(node -> partOver(node, PartialSet.of(upper))).orElse(upper));
        }
        if (shape.nameField().isPresent() && upper instanceof Node.Leaf leaf && leaf.isNull()) {
            lower.ifPresent(declared -> refuseEmptied(leaf.place(), declared));
        }
        return upper instanceof Node.Fields map ? mapOver(lower, map, shape) : Optional.of(upper);
    }

    /** A key whose members were all commented out says nothing about those of an earlier layer. */
    private void refuseEmptied(Place place, Node declared) {
        if (declared instanceof Node.Fields map && !map.entries().isEmpty()) {
            findings.add(place, place.trail() + " is empty, which would take back all that stands at "
                    + declared.place().source(), "Remove the line, or name it under $unset if that is meant.");
        }
    }

    private Node partOver(Node lower, PartialSet part) {
        return PartialSet.is(lower) ? part.over(PartialSet.of(lower)).node() : onto(lower, part);
    }

    private Optional<Node> mapOver(Optional<Node> lower, Node.Fields upper, Shape shape) {
        upper.entry(UNSET).ifPresent(this::refuseOtherUnset);
        boolean takesBack = upper.leaf(UNSET).filter(leaf -> leaf.value().equals(Value.bool(true))).isPresent();
        if (takesBack && lower.isEmpty()) {
            upper.entry(UNSET).ifPresent(unset -> nothingToTakeBack(unset.key(), "this", List.of()));
        }
        Optional<Node.Fields> kept = lower.filter(node -> !takesBack && !PartialSet.is(node))
                .filter(Node.Fields.class::isInstance)
                .map(node -> without((Node.Fields) node, upper));
        if (kept.isEmpty()) {
            upper.list(UNSET)
                    .ifPresent(names -> names.items()
                            .forEach(name -> nothingToTakeBack(name.place(), label(name), List.of())));
        }
        Node.Fields rest = upper.without(Set.of(UNSET));
        if (takesBack && rest.entries().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(kept.isEmpty() ? alone(rest, shape) : fieldsOver(kept.get(), rest, shape));
    }

    /** Of the first layer nothing is left but what it says itself: the same tree, if it has nothing to leave out. */
    private Node.Fields alone(Node.Fields upper, Shape shape) {
        Rewriting.OfFields merged = new Rewriting.OfFields(upper);
        for (Map.Entry<String, Node.Entry> field : upper.entries().entrySet()) {
            merged.next(field, over(Optional.empty(), field.getValue().node(), shapeOf(shape, field.getKey())));
        }
        return merged.done();
    }

    private void refuseOtherUnset(Node.Entry unset) {
        boolean isTrue = unset.node() instanceof Node.Leaf leaf && leaf.value().equals(Value.bool(true));
        if (!isTrue && !(unset.node() instanceof Node.Items)) {
            findings.add(unset.node().place(), "$unset takes a list of names, or true for the whole block",
                    "Write $unset: ["
                            + (unset.node() instanceof Node.Leaf leaf ? leaf.text() : Optional.<String>empty())
                                    .map(Texts::printable)
                                    .orElse("name")
                            + "].");
        }
    }

    private Node.Fields fieldsOver(Node.Fields lower, Node.Fields upper, Shape shape) {
        SequencedMap<String, Node.Entry> merged = new LinkedHashMap<>(lower.entries());
        boolean implied = upper.has(Arrangement.IMPLIED);
        for (Map.Entry<String, Node.Entry> field : upper.entries().entrySet()) {
            String name = field.getKey();
            if (name.equals(Arrangement.IMPLIED)) {
                continue;
            }
            Optional<Node.Entry> below = lower.entry(name);
            Optional<Node> node = over(below.map(Node.Entry::node), field.getValue().node(), shapeOf(shape, name));
            if (node.isPresent()) {
                merged.put(name, field.getValue().with(declaredAt(below, field.getValue()), node.get()));
            } else {
                merged.remove(name);
            }
        }
        if (!implied) {
            merged.remove(Arrangement.IMPLIED);
        }
        return new Node.Fields(merged, lower.has(Arrangement.IMPLIED) ? upper.place() : lower.place());
    }

    /** A map that an earlier layer declares keeps its place: the later one only adds to it. */
    private static Place declaredAt(Optional<Node.Entry> lower, Node.Entry upper) {
        boolean stays = upper.node() instanceof Node.Fields && lower.isPresent()
                && lower.get().node() instanceof Node.Fields map && !map.has(Arrangement.IMPLIED);
        return stays ? lower.orElse(upper).key() : upper.key();
    }

    private Node.Fields without(Node.Fields lower, Node.Fields upper) {
        Set<String> gone = new TreeSet<>();
        for (Node name : upper.list(UNSET).map(Node.Items::items).orElse(List.of())) {
            if (lower.has(label(name))) {
                gone.add(label(name));
            } else {
                nothingToTakeBack(name.place(), label(name), lower.entries().sequencedKeySet().stream().toList());
            }
        }
        return lower.without(gone);
    }

    private static String label(Node name) {
        return name instanceof Node.Leaf leaf ? leaf.raw() : "this";
    }

    private void nothingToTakeBack(Place place, String name, List<String> known) {
        findings.add(place, "$unset takes back what an earlier layer declares, and none declares "
                + Texts.printable(name),
                Texts.sentences("Remove it, or correct the name.",
                        Nearness.similar(name, known)));
    }
}
