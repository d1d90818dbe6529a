package dev.realmform.provider;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan is about, and so what a provider has to read.
 *
 * @param declared what the files declare
 * @param owned    addresses in the state
 * @param manage   which collections are authoritative
 * @param renames  new address by old one ({@code $was})
 * @param going    containers whose deletion is on the table: their contents are read, to be listed
 */
public record Scope(SortedMap<Address, Resource> declared, Set<Address> owned, Manage manage,
        Map<Address, Address> renames,
        Set<Address> going) {

    public Scope {
        declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
        owned = Set.copyOf(owned);
        renames = Map.copyOf(renames);
        going = Set.copyOf(going);
    }
}
