package dev.realmform.keycloak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The order of named members, where it matters and belongs to several: who declares some of them orders just these. */
final class NameOrder {

    private NameOrder() {}

    /**
     * Those that are there in their places, the declared ones among them in the declared order; a new one goes behind the
     * declared one before it, or before the next one that is there, or else to the end. Merged again, nothing moves.
     */
    static List<String> merged(List<String> live, List<String> declared) {
        Set<String> there = new HashSet<>(live);
        List<String> known = declared.stream().filter(there::contains).distinct().toList();
        List<String> merged = inPlaces(live, known);
        int end = known.isEmpty() ? merged.size() : merged.indexOf(known.getFirst());
        for (String name : declared) {
            if (!merged.contains(name)) {
                merged.add(end, name);
            }
            end = merged.indexOf(name) + 1;
        }
        return merged;
    }

    private static List<String> inPlaces(List<String> live, List<String> known) {
        Set<String> declared = new HashSet<>(known);
        List<String> ordered = new ArrayList<>();
        int next = 0;
        for (String name : live) {
            ordered.add(declared.contains(name) ? known.get(next++) : name);
        }
        return ordered;
    }

    /** The names of an order that are there, and behind them those that it does not tell. */
    static List<String> complete(List<String> order, Collection<String> names) {
        List<String> complete = new ArrayList<>(order.stream().filter(names::contains).distinct().toList());
        names.stream().filter(name -> !complete.contains(name)).forEach(complete::add);
        return complete;
    }
}
