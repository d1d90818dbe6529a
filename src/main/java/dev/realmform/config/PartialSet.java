package dev.realmform.config;

import dev.realmform.provider.Overlay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A set in part: {@code {$add: […], $remove: […]}}.
 *
 * @param add    the members to add by what they mean
 * @param remove likewise
 */
record PartialSet(SequencedMap<Object, Node> add, SequencedMap<Object, Node> remove, Place place) {

    private static final Set<String> KEYS = Set.of(Overlay.ADD, Overlay.REMOVE);

    static boolean is(Node node) {
        return node instanceof Node.Fields map && !map.entries().isEmpty()
                && KEYS.containsAll(map.entries().keySet())
                && map.entries().values().stream().allMatch(entry -> entry.node() instanceof Node.Items);
    }

    static PartialSet of(Node node) {
        Node.Fields map = (Node.Fields) node;
        return new PartialSet(items(map, Overlay.ADD), items(map, Overlay.REMOVE), map.place());
    }

    private static SequencedMap<Object, Node> items(Node.Fields map, String key) {
        return byMeaning(map.list(key).map(Node.Items::items).orElse(List.of()));
    }

    private static SequencedMap<Object, Node> byMeaning(List<Node> items) {
        SequencedMap<Object, Node> members = new LinkedHashMap<>();
        items.forEach(item -> members.putIfAbsent(Node.meaning(item, false), item));
        return members;
    }

    /** Several of one layer, in which order says nothing. */
    static PartialSet together(List<PartialSet> parts) {
        SequencedMap<Object, Node> add = new LinkedHashMap<>();
        SequencedMap<Object, Node> remove = new LinkedHashMap<>();
        parts.forEach(part -> {
            part.add().forEach(add::putIfAbsent);
            part.remove().forEach(remove::putIfAbsent);
        });
        return new PartialSet(add, remove, parts.getFirst().place());
    }

    /** Where a member is added that is removed too, and where that is. */
    Optional<List<Node>> contradiction() {
        return add.entrySet()
                .stream()
                .filter(member -> remove.containsKey(member.getKey()))
                .map(member -> List.of(member.getValue(), remove.get(member.getKey())))
                .findFirst();
    }

    /** Without a contradiction that has been told: what is added is not removed. */
    PartialSet settled() {
        SequencedMap<Object, Node> left = new LinkedHashMap<>(remove);
        left.keySet().removeAll(add.keySet());
        return new PartialSet(add, left, place);
    }

    /** The whole set with this part laid over it. */
    Node.Items over(Node.Items whole) {
        SequencedMap<Object, Node> members = byMeaning(whole.items());
        members.keySet().removeAll(remove.keySet());
        add.forEach(members::putIfAbsent);
        return new Node.Items(List.copyOf(members.values()), whole.place());
    }

    /** An earlier part with this one laid over it: still a part. */
    PartialSet over(PartialSet lower) {
        SequencedMap<Object, Node> added = new LinkedHashMap<>(lower.add());
        added.keySet().removeAll(remove.keySet());
        add.forEach(added::putIfAbsent);
        SequencedMap<Object, Node> removed = new LinkedHashMap<>(lower.remove());
        removed.keySet().removeAll(add.keySet());
        remove.forEach(removed::putIfAbsent);
        return new PartialSet(added, removed, lower.place());
    }

    Node.Fields node() {
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
        if (!add.isEmpty()) {
            entries.put(Overlay.ADD, entry(add));
        }
        if (!remove.isEmpty() || add.isEmpty()) {
            entries.put(Overlay.REMOVE, entry(remove));
        }
        return new Node.Fields(entries, place);
    }

    private Node.Entry entry(SequencedMap<Object, Node> members) {
        Place at = members.isEmpty() ? place : members.firstEntry().getValue().place();
        return new Node.Entry(at, new Node.Items(List.copyOf(members.values()), at));
    }
}
