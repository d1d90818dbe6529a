package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Resource;
import dev.realmform.plan.Seal;
import dev.realmform.state.State;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The state with what its seal proves. The slow hash that this takes is made while the server is read.
 *
 * @param state as it was loaded
 * @param work  empty if it has no seal
 */
record Proof(State state, Optional<FutureTask<SortedMap<Address, Owned>>> work) {

    static Proof begin(State state, Map<Address, Resource> desired) {
        Optional<FutureTask<SortedMap<Address, Owned>>> work = state.seal()
                .map(seal -> new FutureTask<>(() -> Seal.proven(state.resources(), state.seal(), desired)));
        work.ifPresent(task -> Thread.ofPlatform().daemon().name("realmform-seal").start(task));
        return new Proof(state, work);
    }

    /** The state as it has become by looking, proven against what is declared: as a rule it is the one that was loaded. */
    State of(State now, Map<Address, Resource> declared) {
        return now.withResources(work.filter(ignored -> now.resources().equals(state.resources()))
                .map(Proof::joined)
                .orElseGet(() -> Seal.proven(now.resources(), now.seal(), declared)));
    }

    private static SortedMap<Address, Owned> joined(FutureTask<SortedMap<Address, Owned>> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a hash was made", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a hash could not be made", e.getCause());
        }
    }
}
