package dev.realmform.config;

import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Hangs groups that are written by their paths ({@code /A/B}) into one tree. */
final class GroupPaths {

    private static final String SUB_GROUPS = "subGroups";

    /** As deep as a tree that is written out may be: each level is a map in a map. */
    private static final int DEEPEST = TreeReader.DEEPEST / 2;

    private final Branch top;
    private final Findings findings;

    GroupPaths(Place place, Findings findings) {
        this.top = new Branch(place);
        this.findings = findings;
    }

    /** The names in a path, in which {@code ~/} is a slash of a name; empty if it is no path. */
    static Optional<List<String>> names(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (String part : path.substring(1).split("(?<!~)/", -1)) {
            names.add(part.replace("~/", "/"));
        }
        return Optional.of(names).filter(list -> !list.contains(""));
    }

    void put(String path, List<String> names, Place key, Node body) {
        if (names.size() > DEEPEST) {
            findings.add(key, "the path of this group has " + names.size() + " levels, where " + DEEPEST
                    + " are the limit", "Check its slashes; one that belongs to a name is written ~/.");
            return;
        }
        Branch at = top;
        for (String name : names) {
            at = at.child(name, key);
        }
        declare(at, path, new Node.Entry(key, body));
    }

    /** A group may stand below {@code subGroups} while a path leads to it or through it. */
    private void declare(Branch at, String label, Node.Entry entry) {
        if (at.declared.isPresent()) {
            findings.add(entry.key(), "the group " + Texts.quoted(label) + " is declared twice",
                    "It stands at " + at.declared.get().key().source() + " already. Put both together.");
            return;
        }
        at.declared = Optional.of(entry);
        if (entry.node() instanceof Node.Fields fields) {
            fields.fields(SUB_GROUPS)
                    .entries()
                    .forEach(
                            (name, child) -> declare(at.child(name, child.key()), name, child));
        }
    }

    /** Name to body, with {@code subGroups} below. */
    Node.Fields tree() {
        return top.members();
    }

    private static final class Branch {
        private final Place place;
        private final SequencedMap<String, Branch> children = new LinkedHashMap<>();
        private Optional<Node.Entry> declared = Optional.empty();

        Branch(Place place) {
            this.place = place;
        }

        Branch child(String name, Place from) {
            return children.computeIfAbsent(name, ignored -> new Branch(from));
        }

        Node.Fields members() {
            SequencedMap<String, Node.Entry> members = new LinkedHashMap<>();
            children.forEach((name, child) -> members.put(name, child.entry()));
            return new Node.Fields(members, place);
        }

        private Node.Entry entry() {
            Place key = declared.map(Node.Entry::key).orElse(place);
            Node body = declared.map(Node.Entry::node).orElseGet(() -> implied(place));
            return new Node.Entry(key, !children.isEmpty() && body instanceof Node.Fields fields
                    ? fields.with(SUB_GROUPS, new Node.Entry(place, members()))
                    : body);
        }

        private static Node.Fields implied(Place place) {
            SequencedMap<String, Node.Entry> mark = new LinkedHashMap<>();
            mark.put(Arrangement.IMPLIED, new Node.Entry(place, new Node.Leaf(Value.bool(true), "true", place)));
            return new Node.Fields(mark, place);
        }
    }
}
