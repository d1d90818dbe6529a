package dev.realmform.keycloak;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a set of texts gains and loses.
 *
 * @param added   what is planned and not live
 * @param removed what is live and not planned
 */
record Sets(SortedSet<String> added, SortedSet<String> removed) {

    static Sets between(Value.MapOf before, Value.MapOf after, Path path) {
        SortedSet<String> was = texts(before, path);
        SortedSet<String> becomes = texts(after, path);
        SortedSet<String> added = new TreeSet<>(becomes);
        added.removeAll(was);
        SortedSet<String> removed = new TreeSet<>(was);
        removed.removeAll(becomes);
        return new Sets(added, removed);
    }

    private static SortedSet<String> texts(Value.MapOf value, Path path) {
        return new TreeSet<>(value.at(path)
                .map(list -> Value.EMPTY_MAP.with("set", list).texts("set"))
                .orElse(java.util.List.of()));
    }
}
