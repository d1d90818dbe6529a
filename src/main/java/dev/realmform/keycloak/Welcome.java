package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the server gives everyone whom a change of a plan makes: the default role and the default groups. The plan may change
 * the latter: who is made before, in the order of the plan, gets those of before.
 */
final class Welcome implements Function<Change, List<Address>> {

    private final Plan plan;
    private final Renames renames;
    private final Function<String, AccessRealm> realms;
    private final Map<Address, Integer> places = new HashMap<>();

    Welcome(Plan plan, Renames renames, Function<String, AccessRealm> realms) {
        this.plan = plan;
        this.renames = renames;
        this.realms = realms;
        plan.changes().forEach(change -> places.put(change.address(), places.size()));
    }

    @Override
    public List<Address> apply(Change change) {
        AccessRealm realm = realms.apply(change.address().root());
        List<Address> given = new ArrayList<>(List.of(realm.defaultRole()));
        changedBefore(change, RealmBindingsType.address(realm.name()))
                .orElse(realm.body())
                .texts(RealmBindingsType.GROUPS)
                .forEach(path -> given.add(renames.now(GroupPath.address(realm.name(), path))));
        return given;
    }

    private Optional<Value.MapOf> changedBefore(Change change, Address bindings) {
        return plan.change(bindings)
                .filter(it -> !(it instanceof Change.Forget) && isBefore(bindings, change.address()))
                .map(it -> Wire.planned(it).value())
                .filter(value -> value.has(RealmBindingsType.GROUPS));
    }

    private boolean isBefore(Address one, Address other) {
        return places.getOrDefault(one, 0) < places.getOrDefault(other, 0);
    }
}
