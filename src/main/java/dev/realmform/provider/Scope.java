package dev.realmform.provider;

import dev.realmform.model.Address;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * What a plan is about, and so what a provider has to read.
 *
 * @param declared what the files declare
 * @param owned    addresses in the state, with the top-level fields that it remembers: one that has left the file is still read
 * @param manage   which collections are authoritative
 * @param renames  new address by old one ({@code $was})
 * @param going    containers whose deletion is on the table: their contents are read, to be listed
 * @param past     what earlier runs did, for what leaves no trace on the server
 */
public record Scope(SortedMap<Address, Resource> declared, SortedMap<Address, Set<String>> owned, Manage manage,
        Map<Address, Address> renames,
        Set<Address> going, Past past) {

    /**
     * What earlier runs did.
     *
     * @param held what the state holds for certain, and not because a run did not end
     * @param made what is ours if it is live: we made it, or a run that did not end may have
     */
    public record Past(Set<Address> held, Set<Address> made) {

        public static final Past NOTHING = new Past(Set.of(), Set.of());

        public Past {
            held = Set.copyOf(held);
            made = Set.copyOf(made);
        }
    }

    public Scope {
        declared = FrozenMap.of(declared);
        owned = FrozenMap.of(owned);
        renames = Map.copyOf(renames);
        going = Set.copyOf(going);
    }

    /** Of which nothing is known but what the server tells. */
    public Scope(SortedMap<Address, Resource> declared, SortedMap<Address, Set<String>> owned, Manage manage,
            Map<Address, Address> renames, Set<Address> going) {
        this(declared, owned, manage, renames, going, Past.NOTHING);
    }

    /** The same with other renames. */
    public Scope renaming(Map<Address, Address> others) {
        return new Scope(declared, owned, manage, others, going, past);
    }

    /** The top-level fields that a state remembers, by address. */
    public static SortedMap<Address, Set<String>> remembered(Map<Address, Owned> state) {
        return remembered(state, every -> true);
    }

    /** The top-level fields that a state remembers of some resources, by address. */
    public static SortedMap<Address, Set<String>> remembered(Map<Address, Owned> state, Predicate<Address> which) {
        FrozenMap.Builder<Address, Set<String>> fields = new FrozenMap.Builder<>(state.size());
        for (Map.Entry<Address, Owned> entry : state.entrySet()) {
            if (!which.test(entry.getKey())) {
                continue;
            }
            Set<String> names = new HashSet<>();
            for (Path path : entry.getValue().fields().keySet()) {
                if (!path.isRoot()) {
                    names.add(path.segments().getFirst());
                }
            }
            fields.add(entry.getKey(), names);
        }
        return fields.build();
    }
}
