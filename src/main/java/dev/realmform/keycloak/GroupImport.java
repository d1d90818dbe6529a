package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups by import: trees that are new from the top down, with their roles.
 *
 * <p>Seen on 26.7.3: a child onto a live parent is a 500, and a top that is there already is skipped with all below it; each
 * group needs its path; a role that is not there is made without a word, so roles are looked at before. Up to 26.4 an import
 * drops descriptions (26.4.7; 26.5.0 sets them).
 *
 * @param reader tells the version, asked if there is a description
 */
record GroupImport(Reader reader) implements Imported {

    private static final String LAST_WITHOUT_DESCRIPTION = "26.4";

    /** How many go out at once, found by measuring. */
    static final int MOST = 20;

    /** A slash in a name makes paths ambiguous; all names above are in the address. */
    @Override
    public boolean fits(Change.Create create) {
        return create.address().key().stream().skip(1).allMatch(PlainText::isName)
                && !(create.planned().value().has(GroupType.DESCRIPTION) && reader.isUpTo(LAST_WITHOUT_DESCRIPTION));
    }

    @Override
    public Need need(Address referred) {
        return referred.type().equals(GroupType.NAME) ? Need.IN_THE_SAME_REQUEST : RoleGrants.need(referred);
    }

    @Override
    public Value.MapOf object(Change.Create create) {
        return Wire.body(new GroupType().schema(), create.planned().value())
                .with("name", Value.text(create.address().name()))
                .with("path", Value.text(GroupPath.text(create.address())));
    }

    @Override
    public Value.MapOf request(SortedMap<Address, Value.MapOf> objects) {
        SortedMap<Address, List<Value>> below = new TreeMap<>();
        List<Value> tops = new ArrayList<>();
        // From the last to the first: children before the group around them.
        for (Map.Entry<Address, Value.MapOf> entry : new TreeMap<>(objects).descendingMap().entrySet()) {
            Address group = entry.getKey();
            List<Value> children = below.getOrDefault(group, List.of());
            Value.MapOf body = children.isEmpty() ? entry.getValue()
                    : entry.getValue().with("subGroups", new Value.ListOf(children.reversed()));
            if (group.key().size() == 2) {
                tops.add(body);
            } else {
                below.computeIfAbsent(above(group), parent -> new ArrayList<>()).add(body);
            }
        }
        return new Value.MapOf(Map.of("groups", new Value.ListOf(tops.reversed())));
    }

    private static Address above(Address group) {
        return new Address(GroupType.NAME, group.key().subList(0, group.key().size() - 1));
    }

    @Override
    public String row(Address group) {
        return "GROUP " + group.key().get(1);
    }

    @Override
    public boolean isIdTold(Address group) {
        return group.key().size() == 2;
    }

    /** One request for each group that has children, from the top down. */
    @Override
    public void identify(Collection<Address> made, Reader reader, Ids ids) {
        TreeMap<Integer, TreeSet<Address>> parents = new TreeMap<>();
        made.forEach(group -> parents.computeIfAbsent(group.key().size(), depth -> new TreeSet<>()).add(above(group)));
        parents.values().forEach(level -> reader.each(level, parent -> children(parent, reader, ids)));
    }

    private static void children(Address parent, Reader reader, Ids ids) {
        for (Value.MapOf child : reader.objects(Map.of("briefRepresentation", "true", "max", "-1"), parent.root(),
                "groups", ids.need(parent), "children")) {
            List<String> key = new ArrayList<>(parent.key());
            key.add(child.text("name").orElse(""));
            child.text("id").ifPresent(id -> ids.put(new Address(GroupType.NAME, key), id));
        }
    }
}
