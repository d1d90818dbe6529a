package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the types found on the server. Filled from several threads. */
final class Found {

    private final boolean heeded;
    private final Ids ids;
    private final Renames renames;
    private final Map<Address, LiveObject> objects = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> notices = new ConcurrentSkipListSet<>();

    Found(Ids ids, Renames renames) {
        this(true, ids, renames);
    }

    private Found(boolean heeded, Ids ids, Renames renames) {
        this.heeded = heeded;
        this.ids = ids;
        this.renames = renames;
    }

    /** For a reading whose answers are wanted by a later one, and nothing else of it: whatever is added is let go. */
    static Found unheeded(Renames renames) {
        return new Found(false, new Ids(address -> Optional.empty()), renames);
    }

    /** Whether anybody wants what is added. */
    boolean isHeeded() {
        return heeded;
    }

    Renames renames() {
        return renames;
    }

    /** Adds a live object under the address that it has in the file. */
    void add(KeycloakType type, Address live, Value.MapOf raw, Optional<String> id, boolean builtIn) {
        if (!heeded) {
            return;
        }
        Address address = renames.now(live);
        Value.MapOf value = type.canonical(raw);
        Optional<Address> formerly = Optional.of(renames.moved(live)).filter(name -> !name.equals(address));
        LiveObject object = new LiveObject(Resource.live(address, value), id, builtIn, formerly);
        objects.put(address, object);
        id.ifPresent(known -> id(live, known));
    }

    boolean has(Address live) {
        return objects.containsKey(renames.now(live));
    }

    /** Adds something that is referred to and not there yet, but will be before it is needed. */
    void addReferred(Address address) {
        objects.put(address, new LiveObject(Resource.live(address, Value.EMPTY_MAP), Optional.empty(), true,
                Optional.empty()));
    }

    /** Remembers the id of an object or of a part of one, by the name on the server. */
    void id(Address live, String id) {
        if (!heeded) {
            return;
        }
        ids.put(live, id);
        if (!renames.isEmpty()) {
            ids.put(renames.now(live), id);
        }
    }

    void notice(String text) {
        notices.add(text);
    }

    SortedMap<Address, LiveObject> objects() {
        return FrozenMap.of(new TreeMap<>(objects));
    }

    /** What was left aside or could not be read, in words. */
    Collection<String> texts() {
        return Collections.unmodifiableCollection(notices);
    }

    List<Plan.Notice> notices() {
        List<Plan.Notice> list = new ArrayList<>();
        notices.forEach(text -> list.add(new Plan.Notice.General(text)));
        return list;
    }
}
