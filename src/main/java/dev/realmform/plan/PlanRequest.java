package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Owned;
import dev.realmform.model.Resource;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a plan is made of.
 *
 * @param desired what the files declare; empty for a destroy
 * @param live    what the provider read
 * @param owned   what the state remembers
 * @param manage  which collections are authoritative
 * @param aim     what the plan is towards
 * @param inside  what to do with things that are not ours inside a container that goes
 * @param extent  which resources the plan is about
 * @param standsOn what resources of one world need of another without speaking of it: a realm the server that it is on
 */
public record PlanRequest(SortedMap<Address, Resource> desired, LiveState live, SortedMap<Address, Owned> owned,
        Manage manage, Aim aim, Inside inside, Extent extent, SortedMap<Address, Set<Address>> standsOn) {

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
        desired = FrozenMap.of(desired);
        owned = FrozenMap.of(owned);
        standsOn = FrozenMap.of(standsOn);
    }

    /** About everything. */
    public PlanRequest(SortedMap<Address, Resource> desired, LiveState live, SortedMap<Address, Owned> owned,
            Manage manage, Aim aim, Inside inside) {
        this(desired, live, owned, manage, aim, inside, new Extent.Everything(), Collections.emptySortedMap());
    }

    /** The same about a part. */
    public PlanRequest within(Extent part) {
        return new PlanRequest(desired, live, owned, manage, aim, inside, part, standsOn);
    }

    /** What the state remembers of a resource. */
    Optional<Owned> owned(Address address) {
        return Optional.ofNullable(owned.get(address));
    }

    /** The same of a declared one, which may have had another name. */
    Optional<Owned> owned(Resource declared) {
        Optional<Owned> known = owned(declared.address());
        return known.isPresent() ? known : declared.directives().was().flatMap(this::owned);
    }
}
