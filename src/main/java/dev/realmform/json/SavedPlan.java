package dev.realmform.json;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A plan with all that is needed to show it, to judge it, and to plan again from it alone.
 *
 * @param made    when and from what
 * @param server  the server that it was made for
 * @param inputs  what planning again takes from the root file
 * @param desired all that the files declare, also what matches already; secrets by reference
 * @param holes   secrets that were not given when it was made
 * @param plan    for {@code show}: its secrets are holes once it was read from a file, and unknown fields are missing
 *                from what is planned
 * @param effect  the digest of what it does, see {@link Effect}
 */
public record SavedPlan(Made made, ServerIdentity server, Inputs inputs, SortedMap<Address, Resource> desired,
        SortedSet<Hole> holes, Plan plan, String effect) {

    public SavedPlan {
        desired = FrozenMap.of(desired);
        holes = Collections.unmodifiableSortedSet(new TreeSet<>(holes));
    }

    /** The plan, with holes and effect as they are now. */
    public static SavedPlan of(Made made, ServerIdentity server, Inputs inputs, SortedMap<Address, Resource> desired,
            Plan plan) {
        SortedSet<Hole> holes = Effect.holes(desired);
        return new SavedPlan(made, server, inputs, desired, holes, plan, Effect.of(plan, holes));
    }

    /** Whether another plan, made again with more secrets at hand, does the same. */
    public boolean doesTheSameAs(Plan again) {
        return effect.equals(Effect.of(again, holes));
    }

    /** Whether a change of a plan that was made again does what this plan has for its address. */
    public boolean foresees(Change again) {
        return Effect.of(plan.change(again.address()).stream().toList(), holes)
                .equals(Effect.of(List.of(again), holes));
    }

    /**
     * When and from what a plan was made.
     *
     * @param version of realmform
     * @param files   as the user named them, in order
     * @param lineage of the state; empty if there was none
     * @param serial  of the state; a later one does not make the plan stale by itself
     */
    public record Made(String version, Instant at, List<String> files, String lineage, long serial) {
        public Made {
            files = List.copyOf(files);
        }
    }

    /**
     * What planning again takes from the root file. Holds names and references, never a secret.
     *
     * @param server  {@code realmform.server}, with references unresolved
     * @param secrets where each secret comes from: name to {@code {env: …}} or {@code {file: …}}
     * @param manage  which collections are authoritative: collection to name patterns
     * @param options options that the plan depends on ({@code cascade}, {@code destroy})
     */
    public record Inputs(Value.MapOf server, Value.MapOf secrets, SortedMap<String, List<String>> manage,
            Value.MapOf options) {
        public Inputs {
            manage = Collections.unmodifiableSortedMap(new TreeMap<>(manage));
        }
    }

    /** The place of a secret that was not given. */
    public record Hole(Address address, Path path) implements Comparable<Hole> {
        @Override
        public int compareTo(Hole other) {
            int byAddress = address.compareTo(other.address);
            return byAddress != 0 ? byAddress : path.compareTo(other.path);
        }
    }
}
