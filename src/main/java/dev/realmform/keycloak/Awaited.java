package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Nearness;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Provider;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Members of groups who are not in the realm yet and whom no file makes, where the file says that they may come later: by their
 * first login through an identity provider. Until then they are no change, and no error.
 */
final class Awaited {

    private Awaited() {}

    /** The declared resources without members who are not there, and who these are. */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> there = new TreeMap<>(declared);
        SortedSet<String> awaited = new TreeSet<>();
        List<String> users = declared.keySet()
                .stream()
                .filter(address -> address.type().equals(UserType.NAME))
                .map(Address::name)
                .toList();
        for (Resource members : declared.values()) {
            if (members.value().isTrue(GroupMembersType.MAY_WAIT)
                    && members.address().type().equals(GroupMembersType.NAME)) {
                Predicate<String> isThere = name -> {
                    Address user = UserType.address(members.address().root(), name);
                    return declared.containsKey(user) || live.find(user).isPresent();
                };
                Value all = members.value().get(GroupMembersType.MEMBERS).orElse(Value.NULL);
                RoleNames.asked(all)
                        .stream()
                        .filter(isThere.negate())
                        .forEach(name -> awaited.add(name + similar(name, users)));
                there.put(members.address(), members.withValue(members.value()
                        .without(GroupMembersType.MAY_WAIT)
                        .with(GroupMembersType.MEMBERS, without(all, isThere))));
            }
        }
        return new Provider.Accepted(there, awaited.isEmpty() ? List.of()
                : List.of(
                        new Plan.Notice.General("declared, waits for the first login: " + String.join(", ", awaited))));
    }

    /** All who may be waited for, whether they are there or not. */
    static SortedSet<Address> declared(Collection<Resource> declared) {
        SortedSet<Address> awaited = new TreeSet<>();
        for (Resource members : declared) {
            if (members.value().isTrue(GroupMembersType.MAY_WAIT)
                    && members.address().type().equals(GroupMembersType.NAME)) {
                RoleNames.asked(members.value().get(GroupMembersType.MEMBERS).orElse(Value.NULL))
                        .forEach(name -> awaited.add(UserType.address(members.address().root(), name)));
            }
        }
        return awaited;
    }

    /** Nobody waits for a typing error. */
    private static String similar(String name, List<String> users) {
        return Nearness.nearest(name, users)
                .stream()
                .filter(near -> Nearness.looksMistyped(name, List.of(near)))
                .findFirst()
                .map(near -> " (or is that " + near + "?)")
                .orElse("");
    }

    /** Who is to be taken out need not be there. */
    private static Value without(Value members, Predicate<String> isThere) {
        return switch (members) {
            case Value.ListOf list -> Value.texts(RoleNames.asked(list).stream().filter(isThere).toList());
            case Value.MapOf partial -> partial.with(Overlay.ADD,
                    Value.texts(partial.texts(Overlay.ADD).stream().filter(isThere).toList()));
            case Value same -> same;
        };
    }
}
