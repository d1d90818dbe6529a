package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Resource;
import dev.realmform.provider.ResourceType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What no two resources may have at a time, such as a name, an e-mail or a domain: who gives it up goes before who gets it. */
record Handover(Function<String, ResourceType> types, SortedMap<Address, Change> changes) {

    /** One thing that a resource of some type in some realm has to itself. */
    private record Thing(String type, String root, String what) {}

    /** Adds what waits for what, except for those that would wait for each other then. */
    void addTo(SortedMap<Address, Set<Address>> edges) {
        Map<Thing, Address> given = new HashMap<>();
        for (Change change : changes.values()) {
            Set<Thing> kept = things(change.after());
            for (Thing thing : things(change.before())) {
                if (!kept.contains(thing)) {
                    given.put(thing, sent(change));
                }
            }
        }
        for (Change change : changes.values()) {
            if (change instanceof Change.Update update) {
                update.renamedFrom().ifPresent(name -> hand(edges, update.address(), name));
            }
            if (!given.isEmpty()) {
                things(change.after()).stream()
                        .flatMap(thing -> Stream.ofNullable(given.get(thing)))
                        .forEach(giver -> hand(edges, giver, change.address()));
            }
        }
    }

    private static void hand(SortedMap<Address, Set<Address>> edges, Address giver, Address taker) {
        Set<Address> waits = edges.get(taker);
        if (waits != null && !reaches(edges, giver, taker)) {
            waits.add(giver);
        }
    }

    private static Address sent(Change change) {
        return change instanceof Change.Delete delete ? delete.goesWith().orElse(delete.address()) : change.address();
    }

    private Set<Thing> things(Optional<Resource> resource) {
        if (resource.isEmpty()) {
            return Set.of();
        }
        Address address = resource.get().address();
        Set<Thing> things = new HashSet<>();
        for (String what : types.apply(address.type()).exclusive(resource.get())) {
            things.add(new Thing(address.type(), address.root(), what));
        }
        return things;
    }

    /** Whether the first waits for the second, or for somebody who does; or is it. */
    private static boolean reaches(SortedMap<Address, Set<Address>> edges, Address from, Address to) {
        Set<Address> seen = new HashSet<>(Set.of(from));
        Deque<Address> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Address next = open.pop();
            if (next.equals(to)) {
                return true;
            }
            edges.getOrDefault(next, Set.of()).stream().filter(seen::add).forEach(open::push);
        }
        return false;
    }
}
