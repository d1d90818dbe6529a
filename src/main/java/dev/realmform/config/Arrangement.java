package dev.realmform.config;

import dev.realmform.model.Nearness;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Brings one document into the one form in which documents can be laid over each other: named lists become maps by name.
 *
 * <p>Groups become a tree of maps, name to body, with {@code subGroups} below, whether they were written as a list, a map of
 * names or a map of paths ({@code /A/B}; a slash that belongs to a name is written {@code ~/}, as Keycloak does). A group
 * that only the path of another one mentions gets {@value #IMPLIED}.
 *
 * <p>Sections that come later are taken out and counted; keys that are kept for later are refused.
 */
final class Arrangement {

    /** Marks a group that no file declares: a path leads through it. */
    static final String IMPLIED = "$implied";

    private static final String MEMBERS = "$members";

    private static final Set<String> DIRECTIVES = Set.of("$add", "$delete", "$ignore", "$invite", "$like", MEMBERS,
            "$membersMayWait", "$protect", "$remove", "$replace", "$secretTo", "$takeOver", "$was");

    private final References references;
    private final Unmanaged unmanaged;
    private final Findings findings;

    Arrangement(References references, Unmanaged unmanaged, Findings findings) {
        this.references = references;
        this.unmanaged = unmanaged;
        this.findings = findings;
    }

    Node.Fields document(Node.Fields document) {
        return fields(document, Shape.document(), "");
    }

    /** @param section the way to it without the names of members, for the count of what is not managed */
    private Node arrange(Node written, Shape shape, String section) {
        Node node = references.structure(written);
        return switch (node) {
            case Node.Leaf leaf -> leaf;
            case Node.Items list when shape.nameField().isPresent() -> named(list, shape, section);
            case Node.Items list when shape.holderField().isPresent() -> byHolder(list, shape, section);
            case Node.Items list -> items(list, shape, section);
            case Node.Fields map when shape.nameField().isPresent() && shape.byPath() -> byPath(map, shape, section);
            case Node.Fields map when shape.nameField().isPresent() -> members(map, shape, section);
            case Node.Fields map -> fields(map, shape, section);
        };
    }

    private Node.Fields fields(Node.Fields map, Shape shape, String section) {
        if (shape.takesAnyKey()) {
            refuseDirectives(map, shape);
        }
        Rewriting.OfFields arranged = new Rewriting.OfFields(map);
        for (Map.Entry<String, Node.Entry> field : map.entries().entrySet()) {
            arranged.next(field, field(field.getKey(), field.getValue(), shape, section));
        }
        return arranged.done();
    }

    /** In a map that takes any key, such as attributes, one would become the name of an attribute. */
    private void refuseDirectives(Node.Fields map, Shape shape) {
        map.entries().forEach((name, entry) -> {
            if (DIRECTIVES.contains(name) && !shape.fieldNames().contains(name)) {
                findings.add(entry.key(), name + " is no directive here: it would be a name like those beside it",
                        "Write it one level up, in the object that it is about, or take it out.");
            }
        });
    }

    /** Empty if it says nothing to this version. */
    private Optional<Node> field(String name, Node.Entry entry, Shape shape, String section) {
        Shape below = shape.at(name);
        if (below.isRefused()) {
            findings.add(entry.key(), name + " comes later: this version of realmform does not know it yet",
                    "Remove it.");
            return Optional.empty();
        }
        if (below.comesLater()) {
            unmanaged.count(path(section, name), entry.node());
            return Optional.empty();
        }
        if (name.equals(MEMBERS)) {
            return Optional.of(memberNames(entry.node(), below));
        }
        boolean deeper = !shape.isFree() && !(entry.node() instanceof Node.Leaf);
        Node node = arrange(entry.node(), below, deeper ? path(section, name) : section);
        return becameEmpty(entry.node(), node) ? Optional.empty() : Optional.of(node);
    }

    private static String path(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    /** Whether nothing in it is for this version: then it says nothing at all. */
    private static boolean becameEmpty(Node written, Node arranged) {
        return arranged instanceof Node.Fields now && now.entries().isEmpty()
                && written instanceof Node.Fields before && !before.entries().isEmpty();
    }

    private Node items(Node.Items list, Shape shape, String section) {
        Rewriting.OfItems arranged = new Rewriting.OfItems(list);
        Map<Value, Node> seen = new HashMap<>();
        for (Node item : list.items()) {
            Node next = arrange(item, shape.items(), section);
            Node first = shape.isSet() && next instanceof Node.Leaf leaf ? seen.putIfAbsent(leaf.value(), leaf) : null;
            arranged.next(first == null ? Optional.of(next) : Optional.empty());
            if (first != null) {
                findings.add(next.place(), "the value stands twice in one list",
                        "It stands at " + first.place().source() + " already. Remove one of the two.");
            }
        }
        return arranged.done();
    }

    /** {@code {user: ada}} is the long form of {@code ada}. */
    private Node memberNames(Node node, Shape shape) {
        return switch (node) {
            case Node.Items list -> items(new Node.Items(
                    list.items().stream().map(item -> memberName(item, shape.items())).toList(), list.place()), shape,
                    MEMBERS);
            case Node.Fields map -> {
                SequencedMap<String, Node.Entry> parts = new LinkedHashMap<>();
                map.entries()
                        .forEach((name, entry) -> parts.put(name,
                                new Node.Entry(entry.key(), memberNames(entry.node(), shape.at(name)))));
                yield new Node.Fields(parts, map.place());
            }
            case Node.Leaf leaf -> leaf;
        };
    }

    private Node memberName(Node item, Shape shape) {
        if (item instanceof Node.Fields map) {
            Node.Fields known = fields(map, shape, MEMBERS);
            return known.entries().size() == 1 ? known.get("user").orElse(known) : known;
        }
        return item;
    }

    private Node.Fields named(Node.Items list, Shape shape, String section) {
        String nameField = shape.nameField().orElseThrow();
        SequencedMap<String, Node.Entry> members = new LinkedHashMap<>();
        for (Node written : list.items()) {
            Node item = references.structure(written);
            if (!(item instanceof Node.Fields map)) {
                findings.add(item.place(), "a member of this list is a map with " + nameField,
                        "Write - " + nameField + ": " + example(item) + ".");
                continue;
            }
            name(map, nameField, shape).ifPresent(name -> {
                Node.Fields body = fields(map.without(Set.of(nameField)), shape.items(), section);
                put(members, name, new Node.Entry(map.place(), body));
            });
        }
        return new Node.Fields(members, list.place());
    }

    /** Members whose names are unique only within what they name as their holder: a list of them for each holder. */
    private Node.Fields byHolder(Node.Items list, Shape shape, String section) {
        String holderField = shape.holderField().orElseThrow();
        SequencedMap<String, List<Node>> byHolder = new LinkedHashMap<>();
        for (Node written : list.items()) {
            Node item = references.structure(written);
            if (!(item instanceof Node.Fields map)) {
                findings.add(item.place(), "a member of this list is a map with " + holderField,
                        "Write - " + holderField + ": " + example(item) + ".");
                continue;
            }
            holder(map, holderField).ifPresent(holder -> byHolder
                    .computeIfAbsent(holder, name -> new ArrayList<>())
                    .add(map.without(Set.of(holderField))));
        }
        SequencedMap<String, Node.Entry> holders = new LinkedHashMap<>();
        byHolder.forEach((holder, members) -> {
            Place place = members.getFirst().place();
            holders.put(holder, new Node.Entry(place,
                    arrange(new Node.Items(members, place), shape.at(holder), path(section, holder))));
        });
        return new Node.Fields(holders, list.place());
    }

    private Optional<String> holder(Node.Fields member, String holderField) {
        if (member.get(holderField).orElse(member) instanceof Node.Leaf leaf && !leaf.isNull()) {
            return references.name(leaf);
        }
        findings.add(member.place(), holderField + " is missing: it says what this member lies in", "Add it.");
        return Optional.empty();
    }

    private static String example(Node item) {
        return item instanceof Node.Leaf leaf ? leaf.text().map(Texts::printable).orElse("name") : "name";
    }

    private Optional<String> name(Node.Fields member, String nameField, Shape shape) {
        Optional<Node> written = member.get(nameField).or(() -> standsIn(member, nameField));
        if (written.isEmpty()) {
            findings.add(member.place(), nameField + " is missing: it is the name of this member",
                    Texts.sentences("Add it.", Nearness.similar(nameField, member.entries()
                            .keySet()
                            .stream()
                            .filter(key -> !shape.items().fieldNames().contains(key))
                            .toList())));
            return Optional.empty();
        }
        if (written.get() instanceof Node.Leaf leaf && !leaf.isNull()) {
            return references.name(leaf);
        }
        findings.add(written.get().place(), nameField + " is a name: a text that is not empty", "Write the name.");
        return Optional.empty();
    }

    /**
     * In realms whose users are called by their mail address, exports and import files leave the name out. An organization
     * without an alias has its name for it.
     */
    private static Optional<Node> standsIn(Node.Fields member, String nameField) {
        return switch (nameField) {
            case "username" -> member.get("email");
            case "alias" -> member.get("name");
            default -> Optional.empty();
        };
    }

    private void put(SequencedMap<String, Node.Entry> members, String name, Node.Entry entry) {
        Node.Entry first = members.putIfAbsent(name, entry);
        if (first != null) {
            findings.add(entry.key(), Texts.quoted(name) + " stands twice in one list",
                    "It stands at " + first.key().source() + " already. Put both together.");
        }
    }

    private Node.Fields members(Node.Fields map, Shape shape, String section) {
        SequencedMap<String, Node.Entry> members = new LinkedHashMap<>();
        map.entries().forEach((name, entry) -> {
            refuseReference(name, entry.key(), "- " + shape.nameField().orElseThrow() + ": " + Texts.printable(name));
            members.put(name, new Node.Entry(entry.key(), member(name, entry, shape, section)));
        });
        return new Node.Fields(members, map.place());
    }

    /** Keys are structure, which no value may change: as a name it would be taken as it is written. */
    private void refuseReference(String name, Place key, String asMember) {
        if (Template.isIn(name)) {
            findings.add(key, "a reference is replaced in values, and " + Texts.quoted(name) + " is a key",
                    "Write the members as a list: " + asMember + ".");
        }
    }

    private Node member(String name, Node.Entry entry, Shape shape, String section) {
        if (!(references.structure(entry.node()) instanceof Node.Fields map)) {
            return entry.node();
        }
        String nameField = shape.nameField().orElseThrow();
        Optional<Node> inside = map.get(nameField);
        if (inside.isPresent() && !(inside.get() instanceof Node.Leaf leaf && leaf.raw().equals(name))) {
            findings.add(inside.get().place(),
                    nameField + " differs from the key " + Texts.quoted(name) + ", which is the name already",
                    "Remove it; $was renames.");
        }
        return fields(map.without(Set.of(nameField)), shape.items(), section);
    }

    private Node.Fields byPath(Node.Fields map, Shape shape, String section) {
        GroupPaths paths = new GroupPaths(map.place(), findings);
        map.entries().forEach((path, entry) -> {
            if (path.equals(Layers.UNSET)) {
                takenBack(entry.node(), paths);
            } else {
                refuseReference(path, entry.key(), "- name: …");
                GroupPaths.names(path)
                        .ifPresentOrElse(
                                names -> paths.put(path, names, entry.key(),
                                        member(names.getLast(), entry, shape, section)),
                                () -> noPath(path, entry.key()));
            }
        });
        Node.Fields tree = paths.tree();
        return map.entry(Layers.UNSET)
                .filter(unset -> !(unset.node() instanceof Node.Items))
                .map(unset -> tree.with(Layers.UNSET, unset))
                .orElse(tree);
    }

    /** {@code $unset: [/A/B]} is short for {@code /A/B: {$unset: true}}. */
    private void takenBack(Node unset, GroupPaths paths) {
        if (!(unset instanceof Node.Items list)) {
            return;
        }
        for (Node item : list.items()) {
            String path = item instanceof Node.Leaf leaf ? leaf.raw() : "";
            Node whole = new Node.Leaf(Value.bool(true), "true", item.place());
            SequencedMap<String, Node.Entry> body = new LinkedHashMap<>();
            body.put(Layers.UNSET, new Node.Entry(item.place(), whole));
            GroupPaths.names(path)
                    .ifPresentOrElse(
                            names -> paths.put(path, names, item.place(), new Node.Fields(body, item.place())),
                            () -> noPath(path, item.place()));
        }
    }

    private void noPath(String path, Place place) {
        String bare = path.replaceAll("/+", "/").replaceAll("^/|/$", "");
        findings.add(place, "the key of a group is its path, and " + Texts.quoted(path) + " is none",
                "Write " + (bare.isEmpty() ? "a path such as \"/Payments\"." : Texts.quoted("/" + bare) + "."));
    }
}
