package dev.realmform.provider;

import dev.realmform.model.Address;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a provider read: every declared, owned or referred-to object that is live, and whole collections where those are
 * authoritative or where a container is to go.
 *
 * <p>What is not in here and was in the {@link Scope} does not exist.
 *
 * @param objects  by address; a renamed object under its new one
 * @param identity which server this is and which realms, so that a state is not used against another one
 * @param notices  what was left aside or could not be read
 */
public record LiveState(SortedMap<Address, LiveObject> objects, ServerIdentity identity, List<Plan.Notice> notices) {

    public LiveState {
        objects = FrozenMap.of(objects);
        notices = List.copyOf(notices);
    }

    public Optional<LiveObject> find(Address address) {
        return Optional.ofNullable(objects.get(address));
    }

    /**
     * One live object.
     *
     * @param resource canonical, under its (new) address
     * @param id       the server's id; empty if it has none of its own
     * @param builtIn  whether the server made it by itself: adopted, never deleted
     * @param formerly its present name, if the scope asked for a rename, inside what it lies in by its new name
     */
    public record LiveObject(Resource resource, Optional<String> id, boolean builtIn, Optional<Address> formerly) {}
}
