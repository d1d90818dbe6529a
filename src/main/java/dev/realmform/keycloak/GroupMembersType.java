package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who belongs directly to a group, where the file says so on the group ({@code $members}). Comes and goes with it. */
final class GroupMembersType implements KeycloakType {

    static final String NAME = "group-members";

    /** The key on a group. */
    static final String KEY = "$members";

    static final String MEMBERS = "members";

    /** The key on a group whose members need not be in the realm yet. */
    static final String MAY_WAIT_KEY = "$membersMayWait";

    /** The same of the members; see {@link Awaited}. */
    static final String MAY_WAIT = "mayWait";

    private static final Schema SCHEMA = Schema
            .of(Map.of(MEMBERS, Field.set(), MAY_WAIT, Field.any().createOnly()));

    /** One page of members. */

    static Address group(Address members) {
        return new Address(GroupType.NAME, members.key());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(group(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>();
        Address address = desired.address();
        references.add(new Reference(group(address), Path.ROOT));
        // Who is waited for is looked for, and need not be there: the group is.
        Set<Address> enough = desired.value().isTrue(MAY_WAIT) ? Set.of(group(address)) : Set.of();
        for (String user : RoleNames.asked(desired.value().get(MEMBERS).orElse(Value.NULL))) {
            references.add(new Reference(UserType.address(address.root(), user), Path.of(MEMBERS), enough));
        }
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<Address, Value.MapOf> groups = GroupTree.wanted(reader, wanted).groups();
        reader.each(wanted.of(NAME), address -> {
            Value.MapOf group = groups.get(group(address));
            if (group != null && group.text("id").isPresent()) {
                List<Value.MapOf> users = reader.members(wanted.realm(), group.text("id").get());
                found.add(this, address, Value.EMPTY_MAP.with(MEMBERS, members(wanted, address, users, found)),
                        Optional.empty(), false);
            }
        });
    }

    /** Service accounts are left to their clients, unless the file names them here. */
    private static Value members(Wanted wanted, Address live, List<Value.MapOf> users, Found found) {
        List<String> named = wanted.declared(live)
                .flatMap(members -> members.value().get(MEMBERS))
                .map(RoleNames::asked)
                .orElse(List.of());
        List<String> names = new ArrayList<>();
        for (Value.MapOf user : users) {
            Address address = UserType.address(wanted.realm(), user.text("username").orElse(""));
            user.text("id").ifPresent(id -> found.id(address, id));
            String name = found.renames().now(address).name();
            if (!name.startsWith(ServiceAccountType.PREFIX) || named.contains(name)) {
                names.add(name);
            }
        }
        return Value.texts(names);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way users = Way.realm(address.root()).then("users");
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = change instanceof Change.Delete ? Value.EMPTY_MAP : Wire.planned(change).value();
        Sets members = Sets.between(before, after, Path.of(MEMBERS));
        List<Call> calls = new ArrayList<>();
        members.added().forEach(user -> calls.add(Call.put(way(users, address, user))));
        members.removed().forEach(user -> calls.add(Call.delete(way(users, address, user))));
        return calls;
    }

    private static Way way(Way users, Address members, String user) {
        return users.id(UserType.address(members.root(), user)).then("groups").id(group(members));
    }

    @Override
    public List<String> place(Address address) {
        return new GroupType().place(group(address));
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(KEY, live.value().get(MEMBERS).orElse(Value.NULL));
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<GroupSection.Group> groups = GroupSection.of(realm, document, origin, new Pieces())
                .stream()
                .filter(group -> group.whole().has(KEY))
                .toList();
        if (groups.isEmpty()) {
            return;
        }
        Memberships memberships = Memberships.of(realm, document, origin);
        for (GroupSection.Group group : groups) {
            Value members = group.whole().get(KEY).orElse(Value.NULL);
            if (members instanceof Value.ListOf || members instanceof Value.MapOf) {
                Origin at = group.origin().at(KEY);
                Value named = TextSet.each(names(members), UserType::canonicalName);
                Value.MapOf body = Value.EMPTY_MAP.with(MEMBERS, named);
                pieces.add(this, new Address(NAME, group.address().key()),
                        group.whole().isTrue(MAY_WAIT_KEY) ? body.with(MAY_WAIT, Value.bool(true)) : body,
                        new Origin(at.source(), Map.of(MEMBERS, at)));
                memberships.check(group.address(), named, at, pieces);
            }
        }
    }

    /** A member may be written as an object that says more about it. */
    static Value names(Value members) {
        return switch (members) {
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream()
                    .map(item -> item instanceof Value.MapOf map ? map.get("user").orElse(Value.NULL) : item)
                    .toList());
            case Value.MapOf partial -> {
                Value.MapOf named = partial;
                for (String sign : partial.fields().keySet()) {
                    named = named.with(sign, names(partial.get(sign).orElse(Value.NULL)));
                }
                yield named;
            }
            case Value same -> same;
        };
    }
}
