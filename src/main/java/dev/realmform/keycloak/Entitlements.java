package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Entitlement;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the files say that the members of groups have: whom they name, and which roles the group gives. */
public final class Entitlements {

    private Entitlements() {}

    /** One for each declared group that gives roles; those of whose members nothing is said have none. */
    public static List<Entitlement> of(SortedMap<Address, Resource> declared) {
        SortedMap<Address, SortedSet<Address>> members = members(declared);
        List<Entitlement> entitlements = new ArrayList<>();
        for (Resource resource : declared.values()) {
            SortedSet<Address> roles = roles(resource);
            if (resource.address().type().equals(GroupType.NAME) && !roles.isEmpty()) {
                entitlements.add(new Entitlement(resource.address(),
                        members.getOrDefault(resource.address(), new TreeSet<>()), roles, resource.source()));
            }
        }
        return entitlements;
    }

    private static SortedSet<Address> roles(Resource group) {
        SortedSet<Address> roles = new TreeSet<>();
        for (Reference reference : RoleGrants.references(group.address().root(), group.value())) {
            for (Address to : reference.any()) {
                if (to.type().equals(RealmRoleType.NAME) || to.type().equals(ClientRoleType.NAME)) {
                    roles.add(to);
                }
            }
        }
        return roles;
    }

    private static SortedMap<Address, SortedSet<Address>> members(Map<Address, Resource> declared) {
        SortedMap<Address, SortedSet<Address>> members = new TreeMap<>();
        for (Resource resource : declared.values()) {
            Address address = resource.address();
            switch (address.type()) {
                case GroupMembersType.NAME -> asked(resource, GroupMembersType.MEMBERS)
                        .forEach(user -> add(members, GroupMembersType.group(address),
                                account(address.root(), user)));
                case UserType.NAME, ServiceAccountType.NAME -> asked(resource, GroupPaths.FIELD)
                        .forEach(path -> add(members, GroupPath.address(address.root(), path), address));
                default -> {
                }
            }
        }
        return members;
    }

    private static void add(Map<Address, SortedSet<Address>> members, Address group, Address user) {
        members.computeIfAbsent(group, unseen -> new TreeSet<>()).add(user);
    }

    private static List<String> asked(Resource resource, String field) {
        return RoleNames.asked(resource.value().get(field).orElse(Value.NULL));
    }

    private static Address account(String realm, String user) {
        return user.startsWith(ServiceAccountType.PREFIX)
                ? ServiceAccountType.address(realm, user.substring(ServiceAccountType.PREFIX.length()))
                : UserType.address(realm, user);
    }
}
