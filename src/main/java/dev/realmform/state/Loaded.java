package dev.realmform.state;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.ServerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

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

    /** How many changes the run that stored this had still before it, as far as it has told. */
    public Optional<String> progress() {
        return pending.isEmpty() ? Optional.empty()
                : Optional.of(pending.size() + " changes were still open when it stored serial " + state.serial());
    }

    /**
     * Settles what is pending by looking: what is live after a creation of ours counts as created by us, what is not live
     * after a deletion is gone, what is live under its new name with its old id has been renamed. A field that such a change
     * was to write, and that has the value it was to have, counts as written by us.
     *
     * @param live of the pending addresses at least
     */
    public State settled(Evidence live) {
        SortedMap<Address, Owned> resources = new TreeMap<>(state.resources());
        for (Pending one : pending) {
            Address address = one.address();
            switch (one.action()) {
                case CREATE, REPLACE -> {
                    if (live.isLive(address)) {
                        resources.put(address, made(one, Optional.ofNullable(resources.get(address)), live));
                    } else {
                        resources.remove(address);
                    }
                }
                case UPDATE -> {
                    one.was().ifPresent(was -> rename(resources, was, address, live));
                    Optional.ofNullable(resources.get(address))
                            .filter(known -> live.isLive(address))
                            .ifPresent(known -> resources.put(address, credited(known, one, _ -> false, live)));
                }
                // Whether nobody had to write anything cannot be told from our having written it: then it is planned again.
                case ADOPT -> adopted(one, live).filter(entry -> !entry.fields().isEmpty())
                        .ifPresent(entry -> resources.put(address, entry));
                case DELETE -> {
                    if (!live.isLive(address)) {
                        resources.remove(address);
                    }
                }
                case FORGET -> {}
            }
        }
        return state.withResources(resources);
    }

    private static void rename(SortedMap<Address, Owned> resources, Address was, Address now, Evidence live) {
        Optional.ofNullable(resources.get(was))
                .filter(before -> live.isLive(now) && before.id().isPresent() && before.id().equals(live.id(now)))
                .ifPresent(before -> {
                    resources.remove(was);
                    resources.put(now, before);
                });
    }

    /** Created by us, with the secrets that it was to have: no look shows them. The plan compares the other fields. */
    private static Owned made(Pending one, Optional<Owned> before, Evidence live) {
        Owned becomes = one.becomes()
                .or(() -> before)
                .orElseGet(() -> new Owned(Optional.empty(), true, false, new TreeMap<>(), Set.of()));
        boolean created = one.becomes().map(Owned::created).orElse(true);
        Owned bare = new Owned(live.id(one.address()), created, becomes.protect(), new TreeMap<>(), becomes.needs());
        return credited(bare, one, mark -> mark.print().equals(Fingerprint.NONE), live);
    }

    private static Optional<Owned> adopted(Pending one, Evidence live) {
        return one.becomes()
                .filter(ignored -> live.isLive(one.address()))
                .map(becomes -> credited(new Owned(live.id(one.address()), false, becomes.protect(), new TreeMap<>(),
                        becomes.needs()), one, _ -> false, live));
    }

    /** With the fields that the change was to write and that are there, or that are believed to be. */
    private static Owned credited(Owned entry, Pending one, Predicate<Owned.Mark> believed, Evidence live) {
        SortedMap<Path, Owned.Mark> fields = new TreeMap<>(entry.fields());
        one.becomes().map(Owned::fields).orElseGet(TreeMap::new).forEach((path, mark) -> {
            if (mark.written() && (believed.test(mark) || live.holds(one.address(), path, mark.print()))) {
                fields.put(path, mark);
            }
        });
        return new Owned(entry.id(), entry.created(), entry.protect(), fields, entry.needs());
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
                .filter(known -> address.isOfCluster()
                        ? Guards.resetRealms(known, live).contains(ServerIdentity.CLUSTER)
                        : Guards.isOther(known, live) || Guards.resetRealms(known, live).contains(address.root()))
                .isPresent();
    }

    /** Whether a creation of this address is pending. */
    public boolean mayHaveCreated(Address address) {
        return pending.stream()
                .anyMatch(one -> one.address().equals(address)
                        && (one.action() == Action.CREATE || one.action() == Action.REPLACE));
    }
}
