package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.ServerIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state to which events happen. Mutable, and so kept by one owner. */
final class Ledger {

    private final State base;
    private final SortedMap<Address, Owned> resources;
    private final Map<Address, Pending> pending = new LinkedHashMap<>();
    private Optional<ServerIdentity> server;
    private Optional<Fingerprint> seal;

    Ledger(State base) {
        this.base = base;
        this.resources = new TreeMap<>(base.resources());
        this.server = base.server();
        this.seal = base.seal();
    }

    void take(Event event) {
        switch (event) {
            case Event.Began(Pending one) -> pending.put(one.address(), one);
            case Event.Done done -> {
                breakSeal(Optional.ofNullable(resources.put(done.address(), done.owned())), Optional.of(done.owned()));
                pending.remove(done.address());
            }
            case Event.Gone gone -> {
                breakSeal(Optional.ofNullable(resources.remove(gone.address())), Optional.empty());
                pending.remove(gone.address());
            }
            case Event.Failed failed -> pending.remove(failed.address());
            case Event.Identified identified -> server = Optional.of(identified.server());
            case Event.Sealed(Fingerprint hash) -> seal = Optional.of(hash);
        }
    }

    /** It is of the hashes that were there when it was made. */
    private void breakSeal(Optional<Owned> before, Optional<Owned> after) {
        if (!hashes(before).equals(hashes(after))) {
            seal = Optional.empty();
        }
    }

    private static SortedMap<Path, Fingerprint> hashes(Optional<Owned> entry) {
        return entry.map(Owned::hashesOfSecrets).orElseGet(TreeMap::new);
    }

    State state() {
        return new State(base.lineage(), base.serial(), base.run(), base.files(), server, resources, seal);
    }

    boolean isPending(Pending one) {
        return one.equals(pending.get(one.address()));
    }

    List<Pending> pending() {
        return List.copyOf(pending.values());
    }
}
