package dev.realmform.access;

import dev.realmform.model.AccessGraph.Edge;
import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.Address;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What everybody has, while the steps of a plan are taken one after the other. */
final class Holdings {

    private final Map<Address, Set<Address>> has = new HashMap<>();
    private final Map<Address, Set<Address>> hadBy = new HashMap<>();

    Holdings(Map<Address, Set<Address>> before) {
        before.forEach((from, to) -> to.forEach(one -> tie(new Edge(from, one))));
    }

    void tie(Edge edge) {
        has.computeIfAbsent(edge.from(), unseen -> new HashSet<>()).add(edge.to());
        hadBy.computeIfAbsent(edge.to(), unseen -> new HashSet<>()).add(edge.from());
    }

    private void cut(Edge edge) {
        has.getOrDefault(edge.from(), new HashSet<>()).remove(edge.to());
        hadBy.getOrDefault(edge.to(), new HashSet<>()).remove(edge.from());
    }

    void take(Step step) {
        step.cut().forEach(this::cut);
        for (Address gone : step.gone()) {
            Set.copyOf(has.getOrDefault(gone, Set.of())).forEach(to -> cut(new Edge(gone, to)));
            Set.copyOf(hadBy.getOrDefault(gone, Set.of())).forEach(from -> cut(new Edge(from, gone)));
        }
        step.tied().forEach(this::tie);
    }

    /** Whether one has anything itself. */
    boolean hasAny(Address from) {
        return !has.getOrDefault(from, Set.of()).isEmpty();
    }

    /** All that one has, itself or by what it has; with itself. */
    Set<Address> reachable(Address from) {
        return closure(Set.of(from), node -> has.getOrDefault(node, Set.of()));
    }

    /** Everybody who has one of these, with these. */
    Set<Address> holders(Collection<Address> these) {
        return closure(these, node -> hadBy.getOrDefault(node, Set.of()));
    }

    private static Set<Address> closure(Collection<Address> from, Function<Address, Set<Address>> next) {
        Set<Address> seen = new HashSet<>(from);
        Deque<Address> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (Address one : next.apply(open.removeFirst())) {
                if (seen.add(one)) {
                    open.addLast(one);
                }
            }
        }
        return seen;
    }
}
