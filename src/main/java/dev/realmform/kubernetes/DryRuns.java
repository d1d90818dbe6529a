package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the server said it would make of declared objects: asked while the live state is read, and looked up by the types, which
 * do no I/O. Safe for use by many threads.
 */
final class DryRuns {

    /**
     * One answer.
     *
     * @param planned   what the object would be
     * @param conflicts fields that others hold
     * @param immutable fields that cannot be changed in place; empty if all can
     */
    record DryRun(Value.MapOf planned, List<Refusals.Conflict> conflicts, List<Path> immutable) {
        DryRun {
            conflicts = List.copyOf(conflicts);
            immutable = List.copyOf(immutable);
        }
    }

    private final Map<Address, DryRun> answers = new ConcurrentHashMap<>();

    void put(Address address, DryRun answer) {
        answers.put(address, answer);
    }

    Optional<DryRun> find(Address address) {
        return Optional.ofNullable(answers.get(address));
    }

    /** Another look makes what was said before void. */
    void clear() {
        answers.clear();
    }
}
