package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The groups of a realm as the server has them, by the names on the server: all at the top, and below them only what
 * somebody wants. Those who read it at the same time share the requests.
 */
record GroupTree(SortedMap<Address, Value.MapOf> groups) {

    GroupTree {
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
    }

    /** A group at the top, and one inside it. */
    private static final int UNAMBIGUOUS = 2;

    /** What of the tree is wanted: everything, or some groups and some whole branches. */
    private record Extent(boolean whole, Set<Address> above, Set<Address> branches) {

        static Extent of(Wanted wanted, boolean whole) {
            Set<Address> above = new HashSet<>();
            for (String type : List.of(GroupType.NAME, GroupMembersType.NAME)) {
                for (Address address : wanted.of(type)) {
                    for (int depth = 2; depth < address.key().size(); depth++) {
                        above.add(new Address(GroupType.NAME, address.key().subList(0, depth)));
                    }
                }
            }
            return new Extent(whole, above, wanted.going());
        }

        boolean goesBelow(Address group) {
            if (whole || above.contains(group)) {
                return true;
            }
            for (int depth = 2; depth <= group.key().size(); depth++) {
                if (branches.contains(new Address(GroupType.NAME, group.key().subList(0, depth)))) {
                    return true;
                }
            }
            return false;
        }
    }

    static GroupTree wanted(Reader reader, Wanted wanted) {
        return read(reader, wanted.realm(), Extent.of(wanted, wanted.all(new GroupType())));
    }

    /**
     * The name on the server of a group that the server shows by itself, with its path. Deeper than one below the top such a path
     * may be read in several ways, since slashes inside names are not marked: there the groups around it are asked for theirs.
     */
    static Address named(Reader reader, String realm, Value.MapOf group) {
        List<String> names = GroupPath.ofServer(group.text("path").orElse(""), group.text("name").orElse(""));
        if (names.size() > UNAMBIGUOUS) {
            names = around(reader, realm, group).orElse(names);
        }
        List<String> key = new ArrayList<>(List.of(realm));
        key.addAll(names);
        return new Address(GroupType.NAME, key);
    }

    /** The names from the top down; empty if the server does not say what a group lies in. */
    private static Optional<List<String>> around(Reader reader, String realm, Value.MapOf group) {
        List<String> names = new ArrayList<>();
        Optional<Value.MapOf> at = Optional.of(group);
        while (at.isPresent()) {
            names.addFirst(at.get().text("name").orElse(""));
            Optional<String> parent = at.get().text("parentId");
            if (parent.isEmpty()) {
                return Optional.of(names).filter(all -> all.size() > 1);
            }
            at = reader.object(realm, "groups", parent.get());
        }
        return Optional.empty();
    }

    static GroupTree whole(Reader reader, String realm) {
        return read(reader, realm, new Extent(true, Set.of(), Set.of()));
    }

    private static GroupTree read(Reader reader, String realm, Extent extent) {
        SortedMap<Address, Value.MapOf> groups = new ConcurrentSkipListMap<>();
        collect(reader, List.of(realm), reader.objects(Reader.WHOLE, realm, "groups"), extent, groups);
        return new GroupTree(groups);
    }

    private static void collect(Reader reader, List<String> above, List<Value.MapOf> siblings, Extent extent,
            SortedMap<Address, Value.MapOf> groups) {
        reader.each(siblings.stream().filter(group -> group.text("name").isPresent()).toList(), group -> {
            List<String> key = new ArrayList<>(above);
            key.add(group.text("name").orElseThrow());
            Address address = new Address(GroupType.NAME, key);
            groups.put(address, group);
            if (extent.goesBelow(address)) {
                collect(reader, key, children(reader, above.getFirst(), group), extent, groups);
            }
        });
    }

    /** Servers before 23 send the children along; later ones only count them. */
    private static List<Value.MapOf> children(Reader reader, String realm, Value.MapOf group) {
        if (!group.has("subGroupCount")) {
            return group.list("subGroups")
                    .stream()
                    .filter(Value.MapOf.class::isInstance)
                    .map(Value.MapOf.class::cast)
                    .toList();
        }
        boolean none = group.get("subGroupCount").equals(Optional.of(Value.num(0)));
        return none ? List.of()
                : reader.objects(Reader.WHOLE, realm, "groups", group.text("id").orElseThrow(), "children");
    }
}
