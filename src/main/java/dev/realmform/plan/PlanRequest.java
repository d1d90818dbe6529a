package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Resource;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan is made of.
 *
 * @param desired what the files declare; empty for a destroy
 * @param live    what the provider read
 * @param owned   what the state remembers
 * @param pending addresses whose creation was begun by a run that did not end: what is live there is ours
 * @param manage  which collections are authoritative
 * @param aim     what the plan is towards
 * @param inside  what to do with things that are not ours inside a container that goes
 */
public record PlanRequest(SortedMap<Address, Resource> desired, LiveState live, SortedMap<Address, Owned> owned,
        Set<Address> pending, Manage manage, Aim aim, Inside inside) {

    /** What a plan is towards. */
    public enum Aim {
        /** What the files declare. */
        DESIRED,
        /** Nothing: everything that we created goes. */
        NOTHING
    }

    /** What to do with things that are not ours inside a container that goes. */
    public enum Inside {
        /** Refuse, and list them. */
        REFUSE,
        /** Let them go too ({@code --cascade}). */
        CASCADE
    }

    public PlanRequest {
        desired = Collections.unmodifiableSortedMap(new TreeMap<>(desired));
        owned = Collections.unmodifiableSortedMap(new TreeMap<>(owned));
        pending = Set.copyOf(pending);
    }

    /** What the state remembers of a resource. A creation that was begun and is live counts as ours. */
    Optional<Owned> owned(Address address) {
        Optional<Owned> entry = Optional.ofNullable(owned.get(address));
        if (entry.isPresent() || !pending.contains(address) || live.find(address).isEmpty()) {
            return entry;
        }
        return Optional.of(new Owned(live.find(address).get().id(), true, false, new TreeMap<>(), Set.of()));
    }
}
