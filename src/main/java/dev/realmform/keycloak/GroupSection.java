package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The groups of a realm document, as a flat list. */
final class GroupSection {

    /** A group that only the path of another one mentions. */
    private static final String IMPLIED = "$implied";

    private static final String SUB_GROUPS = "subGroups";

    private GroupSection() {}

    /**
     * One declared group.
     *
     * @param body   the object as the file has it, without its subgroups and members
     * @param whole  the same with {@code $members}
     */
    record Group(Address address, Value body, Value.MapOf whole, Origin origin) {}

    static List<Group> of(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<Group> groups = new ArrayList<>();
        collect(List.of(realm), pieces.members(document, origin, "groups", "name"), pieces, groups);
        return groups;
    }

    private static void collect(List<String> above, List<Pieces.Member> siblings, Pieces pieces, List<Group> groups) {
        for (Pieces.Member member : siblings) {
            List<String> key = new ArrayList<>(above);
            key.add(member.name());
            Address address = new Address(GroupType.NAME, key);
            if (!(member.body() instanceof Value.MapOf whole)) {
                groups.add(new Group(address, member.body(), Value.EMPTY_MAP, member.origin()));
                continue;
            }
            if (!whole.has(IMPLIED)) {
                groups.add(new Group(address,
                        whole.without(SUB_GROUPS, GroupMembersType.KEY, GroupMembersType.MAY_WAIT_KEY), whole,
                        member.origin()));
            }
            collect(key, pieces.members(whole, member.origin(), SUB_GROUPS, "name"), pieces, groups);
        }
    }
}
