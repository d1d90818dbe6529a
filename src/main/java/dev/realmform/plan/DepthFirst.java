package dev.realmform.plan;

import dev.realmform.model.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** An {@link Order} in the making. Keeps its own stack: chains of 20,000 addresses are deeper than a thread's. */
final class DepthFirst {

    private enum Mark {
        OPEN, DONE
    }

    private record Step(Address address, Iterator<Address> rest) {}

    private final SortedMap<Address, ? extends Set<Address>> waitsFor;
    private final Map<Address, Mark> marks = new HashMap<>();
    private final List<Address> ordered = new ArrayList<>();
    private final List<Step> path = new ArrayList<>();

    DepthFirst(SortedMap<Address, ? extends Set<Address>> waitsFor) {
        this.waitsFor = waitsFor;
    }

    Order order() {
        for (Address start : waitsFor.keySet()) {
            if (!marks.containsKey(start)) {
                open(start);
            }
            while (!path.isEmpty()) {
                Step step = path.getLast();
                if (!step.rest().hasNext()) {
                    close(path.removeLast().address());
                    continue;
                }
                Address next = step.rest().next();
                if (marks.get(next) == Mark.OPEN) {
                    return cycleAt(next);
                }
                if (!marks.containsKey(next)) {
                    open(next);
                }
            }
        }
        return new Order.Ordered(ordered);
    }

    private void open(Address address) {
        marks.put(address, Mark.OPEN);
        Set<Address> needs = waitsFor.containsKey(address) ? waitsFor.get(address) : Collections.emptySet();
        path.add(new Step(address, new TreeSet<>(needs).iterator()));
    }

    private void close(Address address) {
        marks.put(address, Mark.DONE);
        ordered.add(address);
    }

    private Order cycleAt(Address again) {
        List<Address> addresses = new ArrayList<>(path.stream().map(Step::address).toList());
        List<Address> cycle = new ArrayList<>(addresses.subList(addresses.indexOf(again), addresses.size()));
        cycle.add(again);
        return new Order.Cycle(cycle);
    }
}
