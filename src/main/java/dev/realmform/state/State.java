package dev.realmform.state;

import dev.realmform.model.Address;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.ServerIdentity;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What we own: enough to tell what left the file, what moved on the server and what was rotated; no secret, no copy of what
 * is live.
 *
 * @param lineage   made once, when the state begins; two states of different lineage have nothing to do with each other
 * @param serial    grows by one with each change that is stored; 0 for a state that was never stored
 * @param run       the run whose journal is folded into this version; empty before the first
 * @param files     from which desired-state files it was made
 * @param server    on which server; empty before the first apply
 * @param resources what is owned, by address
 * @param seal      one hash over all secrets that the resources have hashes of, so that a plan may find with one hash that all
 *                  are in place ({@code plan.Seal}); empty if there are none, or if nobody has made it since one changed
 */
public record State(String lineage, long serial, Optional<String> run, SortedSet<String> files,
        Optional<ServerIdentity> server, SortedMap<Address, Owned> resources, Optional<Fingerprint> seal) {

    public State {
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
        resources = FrozenMap.of(resources);
    }

    /** The state before anything was applied. */
    public static State fresh(String lineage) {
        return new State(lineage, 0, Optional.empty(), new TreeSet<>(), Optional.empty(), new TreeMap<>(),
                Optional.empty());
    }

    public Optional<Owned> find(Address address) {
        return Optional.ofNullable(resources.get(address));
    }

    /** The state as a run with these files on this server begins with it. */
    public State forRun(SortedSet<String> runFiles, ServerIdentity live) {
        return new State(lineage, serial, run, runFiles, Optional.of(live), resources, seal);
    }

    public State withResources(SortedMap<Address, Owned> others) {
        boolean same = hashesOfSecrets(resources).equals(hashesOfSecrets(others));
        return new State(lineage, serial, run, files, server, others, seal.filter(ignored -> same));
    }

    private static SortedMap<Address, SortedMap<Path, Fingerprint>> hashesOfSecrets(
            SortedMap<Address, Owned> resources) {
        SortedMap<Address, SortedMap<Path, Fingerprint>> hashes = new TreeMap<>();
        resources.forEach((address, owned) -> {
            if (owned.hasHashOfSecret()) {
                hashes.put(address, owned.hashesOfSecrets());
            }
        });
        return hashes;
    }

    /** Whether both say the same, whatever their serials are. */
    public boolean saysTheSameAs(State other) {
        return files.equals(other.files) && server.equals(other.server) && resources.equals(other.resources)
                && seal.equals(other.seal);
    }

    /** As it is stored after a version with this serial, or a later one. */
    public State after(long known) {
        return new State(lineage, Math.max(serial, known + 1), run, files, server, resources, seal);
    }

    State stored(String byRun) {
        return new State(lineage, serial + 1, Optional.of(byRun), files, server, resources, seal);
    }
}
