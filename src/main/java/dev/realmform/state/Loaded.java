package dev.realmform.state;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.ServerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A state as it was found, with the journal of an unfinished run folded in.
 *
 * @param state   what is owned for certain
 * @param pending changes that a run before this one was about to send, and of which nobody knows what became
 */
public record Loaded(State state, List<Pending> pending) {

    public Loaded {
        pending = List.copyOf(pending);
    }

    /**
     * Settles what is pending by looking: what is live after a creation of ours counts as created by us, what is not live
     * after a deletion is gone, what is live under its new name with its old id has been renamed.
     *
     * @param live ids by address of what is live, for the pending addresses at least; an object without an id has an empty one
     */
    public State settled(Map<Address, Optional<String>> live) {
        SortedMap<Address, Owned> resources = new TreeMap<>(state.resources());
        for (Pending one : pending) {
            Optional<String> id = live.getOrDefault(one.address(), Optional.empty());
            boolean isLive = live.containsKey(one.address());
            switch (one.action()) {
                case CREATE, REPLACE -> {
                    if (isLive) {
                        resources.put(one.address(), found(id, resources.get(one.address())));
                    } else {
                        resources.remove(one.address());
                    }
                }
                case UPDATE -> one.was().ifPresent(was -> {
                    Owned before = resources.get(was);
                    if (isLive && before != null && before.id().isPresent() && before.id().equals(id)) {
                        resources.remove(was);
                        resources.put(one.address(), before);
                    }
                });
                case DELETE -> {
                    if (!isLive) {
                        resources.remove(one.address());
                    }
                }
                // Nobody can tell an adoption from what was there before it: it is planned again.
                case ADOPT, FORGET -> {}
            }
        }
        return state.withResources(resources);
    }

    /** Created by us, but nothing is known of its fields: the plan compares all of them. */
    private static Owned found(Optional<String> id, @org.jspecify.annotations.Nullable Owned before) {
        return new Owned(id, true, before != null && before.protect(), new TreeMap<>(),
                before != null ? before.needs() : Set.of());
    }

    /**
     * What is left on another server, or on one with a realm that was reset: entries that were made for what is no longer
     * there are void. Their addresses will be adopted and never deleted.
     */
    public Loaded voidFor(ServerIdentity live) {
        SortedMap<Address, Owned> resources = new TreeMap<>(state.resources());
        resources.keySet().removeIf(address -> isVoid(address, live));
        return new Loaded(state.withResources(resources),
                pending.stream().filter(one -> !isVoid(one.address(), live)).toList());
    }

    private boolean isVoid(Address address, ServerIdentity live) {
        return state.server()
                .filter(known -> !known.issuer().equals(live.issuer())
                        || Guards.resetRealms(known, live).contains(address.root()))
                .isPresent();
    }

    /** Whether a creation of this address is pending. */
    public boolean mayHaveCreated(Address address) {
        return pending.stream()
                .anyMatch(one -> one.address().equals(address)
                        && (one.action() == Action.CREATE || one.action() == Action.REPLACE));
    }
}
