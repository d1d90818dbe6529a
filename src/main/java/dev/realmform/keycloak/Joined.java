package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is in which groups: asked user by user, or of all groups, where that is less work (measured for 10,000 users in 1,000
 * groups: 4.6 s against 1.3 s).
 */
sealed interface Joined {

    /** So few users are always asked one by one. */
    int FEW = 20;

    /** What asking a group costs beyond its members, and how many of those cost as much as asking one user. */
    int WORTH_A_GROUP = 2;
    int MEMBERS_WORTH_A_USER = 20;

    /** Nobody knows in advance; more make asking the groups dearer. */
    int GROUPS_OF_A_USER = 2;

    int PAGE = 500;

    /** The groups of one live user, by their names on the server. */
    List<Address> groups(Value.MapOf user);

    /** @param type of the users whose declared groups are to be compared */
    static Joined read(Reader reader, Wanted wanted, String type, Found found) {
        long concerned = wanted.whole().contains(type) && wanted.of(type).isEmpty()
                ? UserSearch.count(reader, wanted.realm())
                : wanted.of(type).stream().filter(user -> wanted.asks(user, GroupPaths.FIELD)).count();
        if (concerned == 0) {
            return new ByUser(reader, wanted.realm(), Map.of(), found);
        }
        if (concerned > FEW && workOfGroups(reader, wanted.realm()) < concerned) {
            return ByGroup.read(reader, wanted.realm(), found);
        }
        Map<String, Address> byId = new HashMap<>();
        GroupTree.wanted(reader, wanted)
                .groups()
                .forEach(
                        (address, group) -> group.text("id").ifPresent(id -> byId.put(id, address)));
        return new ByUser(reader, wanted.realm(), byId, found);
    }

    /** In users that could be asked instead. Members count whether they are declared or not: all of them come along. */
    private static double workOfGroups(Reader reader, String realm) {
        Value groups = reader.object(realm, "groups", "count").flatMap(body -> body.get("count")).orElse(Value.NULL);
        double members = (double) GROUPS_OF_A_USER * UserSearch.count(reader, realm);
        return groups instanceof Value.Num(var count)
                ? (double) WORTH_A_GROUP * count.longValue() + members / MEMBERS_WORTH_A_USER
                : Double.MAX_VALUE;
    }

    /**
     * One request a user.
     *
     * @param byId the groups that were read, whose addresses are certain
     */
    record ByUser(Reader reader, String realm, Map<String, Address> byId, Found found) implements Joined {

        @Override
        public List<Address> groups(Value.MapOf user) {
            List<Address> addresses = new ArrayList<>();
            for (Value.MapOf group : reader.pages(0, PAGE, Map.of("briefRepresentation", "true"), realm, "users",
                    user.text("id").orElse(""), "groups")) {
                String id = group.text("id").orElse("");
                Address address = byId.containsKey(id) ? byId.get(id)
                        : GroupTree.named(reader, realm, group);
                found.id(address, id);
                addresses.add(address);
            }
            return addresses;
        }
    }

    /** One request a group, or a page of its members. */
    record ByGroup(Map<String, List<Address>> byUser) implements Joined {

        static ByGroup read(Reader reader, String realm, Found found) {
            Map<Address, List<Value.MapOf>> byGroup = new ConcurrentHashMap<>();
            Map<Address, Value.MapOf> groups = GroupTree.whole(reader, realm).groups();
            reader.each(groups.entrySet(), group -> {
                String id = group.getValue().text("id").orElse("");
                found.id(group.getKey(), id);
                byGroup.put(group.getKey(), reader.members(realm, id));
            });
            return new ByGroup(found.isHeeded() ? byUser(byGroup) : Map.of());
        }

        private static Map<String, List<Address>> byUser(Map<Address, List<Value.MapOf>> byGroup) {
            Map<String, List<Address>> byUser = new HashMap<>();
            byGroup.forEach((group, members) -> {
                for (Value.MapOf member : members) {
                    member.text("id")
                            .ifPresent(user -> byUser.computeIfAbsent(user, key -> new ArrayList<>(2)).add(group));
                }
            });
            return byUser;
        }

        @Override
        public List<Address> groups(Value.MapOf user) {
            return byUser.getOrDefault(user.text("id").orElse(""), List.of());
        }
    }
}
