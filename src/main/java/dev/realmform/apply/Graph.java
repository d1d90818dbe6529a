package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The changes of a plan by their position in it, and the edges among them. What is no change of the plan is no edge. */
final class Graph {

    private final List<Change> changes;
    private final List<String> kinds;
    private final List<SortedSet<Integer>> needs = new ArrayList<>();
    private final List<SortedSet<Integer>> neededBy = new ArrayList<>();

    Graph(Plan plan) {
        changes = plan.changes();
        kinds = changes.stream().map(Graph::kind).toList();
        Map<Address, Integer> positions = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            positions.put(changes.get(i).address(), i);
            needs.add(new TreeSet<>());
            neededBy.add(new TreeSet<>());
        }
        for (int i = 0; i < changes.size(); i++) {
            for (Address need : plan.waitsFor(changes.get(i))) {
                link(i, Optional.ofNullable(positions.get(need)));
            }
            link(i, container(changes.get(i)).map(positions::get));
        }
    }

    /** What goes with its container waits for it, even if the plan does not say so. */
    private static Optional<Address> container(Change change) {
        return change instanceof Change.Delete delete ? delete.goesWith() : Optional.empty();
    }

    private void link(int from, Optional<Integer> to) {
        to.ifPresent(need -> {
            needs.get(from).add(need);
            neededBy.get(need).add(from);
        });
    }

    int size() {
        return changes.size();
    }

    Change change(int position) {
        return changes.get(position);
    }

    /** What creations go out together: those of one type in one realm. Empty for all other changes. */
    String kind(int position) {
        return kinds.get(position);
    }

    private static String kind(Change change) {
        return change instanceof Change.Create ? change.address().type() + "/" + change.address().root() : "";
    }

    /** Whether both are of one kind, and the address of the one goes on from that of the other. */
    boolean isInside(int position, int container) {
        List<String> inner = change(position).address().key();
        List<String> outer = change(container).address().key();
        return inner.size() > outer.size() && kind(position).equals(kind(container))
                && inner.subList(0, outer.size()).equals(outer);
    }

    List<Change> changes(List<Integer> positions) {
        return positions.stream().map(changes::get).toList();
    }

    SortedSet<Integer> needs(int position) {
        return needs.get(position);
    }

    SortedSet<Integer> neededBy(int position) {
        return neededBy.get(position);
    }
}
