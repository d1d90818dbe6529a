package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** The groups inside organizations: how they are declared and read. They are apart from the groups of the realm (26.7.3). */
final class OrganizationGroups {

    static final String SUB_GROUPS = "subGroups";

    private OrganizationGroups() {}

    /** A group that lies inside an organization, at any depth, by its names. */
    static Address address(List<String> key) {
        return new Address(OrganizationGroupType.NAME, key);
    }

    static boolean isTop(Address group) {
        return group.key().size() == 3;
    }

    static Address parent(Address group) {
        return address(group.key().subList(0, group.key().size() - 1));
    }

    static Way way(Address group) {
        return Organizations.way(Organizations.of(group)).then("groups").id(group);
    }

    /**
     * One declared group.
     *
     * @param whole the object as the file has it
     */
    record Declared(Address address, Value whole, Origin origin) {

        /** Without what becomes resources of its own. */
        Value body() {
            return whole instanceof Value.MapOf map ? map.without(SUB_GROUPS, GroupMembersType.KEY) : whole;
        }
    }

    static List<Declared> declared(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<Declared> groups = new ArrayList<>();
        for (Pieces.Member organization : OrganizationType.members(document, origin, new Pieces())) {
            if (organization.body() instanceof Value.MapOf body) {
                collect(List.of(realm, organization.name()), body, organization.origin(), OrganizationType.GROUPS,
                        pieces,
                        groups);
            }
        }
        return groups;
    }

    private static void collect(List<String> above, Value.MapOf around, Origin origin, String section, Pieces pieces,
            List<Declared> groups) {
        for (Pieces.Member member : pieces.members(around, origin, section, "name")) {
            List<String> key = new ArrayList<>(above);
            key.add(member.name());
            groups.add(new Declared(address(key), member.body(), member.origin()));
            if (member.body() instanceof Value.MapOf body) {
                collect(key, body, member.origin(), SUB_GROUPS, pieces, groups);
            }
        }
    }

    /** What of the trees is read: what leads to wanted groups, and all of what is to go. */
    private record Extent(boolean whole, Set<Address> wanted, Set<Address> going) {

        static Extent of(Wanted wanted, boolean whole) {
            Set<Address> groups = new HashSet<>();
            for (String type : List.of(OrganizationGroupType.NAME, OrganizationGroupMembersType.NAME)) {
                wanted.of(type).forEach(address -> {
                    for (int depth = 3; depth <= address.key().size(); depth++) {
                        groups.add(address(address.key().subList(0, depth)));
                    }
                });
            }
            return new Extent(whole, groups, wanted.going());
        }

        boolean isGoing(Address group) {
            boolean goes = going.contains(Organizations.of(group));
            for (int depth = 3; depth <= group.key().size(); depth++) {
                goes = goes || going.contains(address(group.key().subList(0, depth)));
            }
            return goes || whole;
        }

        boolean takes(Address group) {
            return wanted.contains(group) || isGoing(group);
        }

        boolean goesBelow(Address group) {
            return isGoing(group) || wanted.stream()
                    .anyMatch(other -> other.key().size() > group.key().size()
                            && other.key().subList(0, group.key().size()).equals(group.key()));
        }
    }

    /** The aliases of the organizations whose groups are wanted. */
    static SortedSet<String> organizations(Wanted wanted) {
        SortedSet<String> aliases = new TreeSet<>();
        for (String type : List.of(OrganizationGroupType.NAME, OrganizationGroupMembersType.NAME)) {
            wanted.of(type).forEach(address -> aliases.add(address.key().get(1)));
        }
        for (Address container : wanted.going()) {
            boolean inside = container.type().equals(OrganizationType.NAME)
                    || container.type().equals(OrganizationGroupType.NAME);
            if (inside && container.root().equals(wanted.realm())) {
                aliases.add(container.key().get(1));
            }
        }
        return aliases;
    }

    /** The groups that are wanted, with those around them; a body in full only where the list has it so. */
    static SortedMap<Address, Value.MapOf> read(Reader reader, Wanted wanted, boolean whole) {
        SortedMap<String, Value.MapOf> organizations = whole
                ? Organizations.all(reader, wanted.realm())
                : Organizations.some(reader, wanted, organizations(wanted));
        Extent extent = Extent.of(wanted, whole);
        SortedMap<Address, Value.MapOf> groups = new ConcurrentSkipListMap<>();
        reader.each(organizations.entrySet(), entry -> {
            String[] path = {wanted.realm(), "organizations", entry.getValue().text("id").orElse(""), "groups"};
            collect(reader, path, List.of(wanted.realm(), entry.getKey()), reader.objects(Reader.WHOLE, path), extent,
                    groups);
        });
        return groups;
    }

    private static void collect(Reader reader, String[] path, List<String> above, List<Value.MapOf> siblings,
            Extent extent, SortedMap<Address, Value.MapOf> groups) {
        reader.each(siblings, group -> {
            List<String> key = new ArrayList<>(above);
            key.add(group.text("name").orElse(""));
            Address address = address(key);
            if (extent.takes(address)) {
                groups.put(address, group);
            }
            if (extent.goesBelow(address)) {
                collect(reader, path, key, reader.objects(Reader.WHOLE, below(path, group, "children")), extent,
                        groups);
            }
        });
    }

    private static String[] below(String[] path, Value.MapOf group, String... more) {
        List<String> longer = new ArrayList<>(List.of(path));
        longer.add(group.text("id").orElse(""));
        longer.addAll(List.of(more));
        return longer.toArray(String[]::new);
    }

    /** The body of a group in full. A list of children holds no attributes and roles (26.7.3). */
    static Value.MapOf full(Reader reader, String realm, String organization, Value.MapOf group) {
        return group.has(RoleGrants.REALM_ROLES) ? group
                : reader.object(realm, "organizations", organization, "groups", group.text("id").orElse(""))
                        .orElse(group);
    }

    /** The id of a group, found from the top down. */
    static Optional<String> find(Reader reader, Ids ids, Address group) {
        Optional<String> organization = ids.find(Organizations.of(group));
        Optional<String> parent = isTop(group) ? Optional.empty() : ids.find(parent(group));
        if (organization.isEmpty() || (!isTop(group) && parent.isEmpty())) {
            return Optional.empty();
        }
        List<String> path = new ArrayList<>(List.of(group.root(), "organizations", organization.get(), "groups"));
        parent.ifPresent(id -> path.addAll(List.of(id, "children")));
        return reader.objects(Map.of("max", "-1"), path.toArray(String[]::new))
                .stream()
                .filter(body -> body.text("name").filter(group.name()::equals).isPresent())
                .findFirst()
                .flatMap(body -> body.text("id"));
    }
}
