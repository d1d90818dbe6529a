package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who of an organization belongs to one of its groups ({@code $members}): the server takes nobody else. Comes and goes with it. */
final class OrganizationGroupMembersType implements KeycloakType {

    static final String NAME = "organization-group-members";

    private static final String MEMBERS = GroupMembersType.MEMBERS;

    private static final Schema SCHEMA = Schema.of(Map.of(MEMBERS, Field.set()));

    private static final int PAGE = 500;

    private static Address group(Address members) {
        return OrganizationGroups.address(members.key());
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
        Address address = desired.address();
        Address organization = Organizations.of(address);
        Set<Reference> references = new HashSet<>(Set.of(new Reference(group(address), Path.ROOT)));
        references.add(new Reference(inOrganization(organization), Path.ROOT, Set.of(organization)));
        RoleNames.asked(desired.value().get(MEMBERS).orElse(Value.NULL))
                .forEach(user -> references.add(
                        new Reference(UserType.address(address.root(), user), Path.of(MEMBERS))));
        return references;
    }

    /** Who joins the organization in the same run has to be in it first. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return needed.type().equals(OrganizationMembersType.NAME);
    }

    private static Address inOrganization(Address organization) {
        return new Address(OrganizationMembersType.NAME, organization.key());
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<Address, Value.MapOf> groups = OrganizationGroups.read(reader, wanted, false);
        Map<String, Value.MapOf> organizations = Organizations.some(reader, wanted,
                OrganizationGroups.organizations(wanted));
        reader.each(wanted.of(NAME), address -> {
            Optional<String> organization = Optional.ofNullable(organizations.get(address.key().get(1)))
                    .flatMap(body -> body.text("id"));
            Optional<String> id = Optional.ofNullable(groups.get(group(address))).flatMap(body -> body.text("id"));
            if (organization.isPresent() && id.isPresent()) {
                List<Value.MapOf> users = reader.pages(0, PAGE, Map.of(), wanted.realm(), "organizations",
                        organization.get(), "groups", id.get(), MEMBERS);
                found.add(this, address, Value.EMPTY_MAP.with(MEMBERS, names(wanted, users, found)), Optional.empty(),
                        false);
            }
        });
    }

    private static Value names(Wanted wanted, List<Value.MapOf> users, Found found) {
        List<String> names = new ArrayList<>();
        for (Value.MapOf user : users) {
            Address address = UserType.address(wanted.realm(), user.text("username").orElse(""));
            user.text("id").ifPresent(id -> found.id(address, id));
            names.add(found.renames().now(address).name());
        }
        return Value.texts(names);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public Optional<String> since() {
        return Optional.of("26.6");
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way members = OrganizationGroups.way(group(address)).then(MEMBERS);
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = change instanceof Change.Delete ? Value.EMPTY_MAP : Wire.planned(change).value();
        Sets sets = Sets.between(before, after, Path.of(MEMBERS));
        List<Call> calls = new ArrayList<>();
        sets.added().forEach(user -> calls.add(Call.put(members.id(UserType.address(address.root(), user)))));
        sets.removed().forEach(user -> calls.add(Call.delete(members.id(UserType.address(address.root(), user)))));
        return calls;
    }

    @Override
    public List<String> place(Address address) {
        return new OrganizationGroupType().place(group(address));
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(GroupMembersType.KEY, live.value().get(MEMBERS).orElse(Value.NULL));
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Map<String, Value> exported = exported(document, origin);
        for (OrganizationGroups.Declared group : OrganizationGroups.declared(realm, document, origin, new Pieces())) {
            Value.MapOf body = group.whole() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
            boolean told = body.has(GroupMembersType.KEY);
            Optional<Value> members = told ? body.get(GroupMembersType.KEY)
                    : body.text("id").map(exported::get);
            Origin at = told ? group.origin().at(GroupMembersType.KEY) : group.origin();
            members.filter(value -> value instanceof Value.ListOf || value instanceof Value.MapOf)
                    .ifPresent(value -> pieces.add(this, new Address(NAME, group.address().key()),
                            Value.EMPTY_MAP.with(MEMBERS,
                                    TextSet.each(GroupMembersType.names(value), UserType::canonicalName)),
                            new Origin(at.source(), Map.of(MEMBERS, at))));
        }
    }

    /**
     * By the id of a group, who is in it: an export says so with each member of the organization (26.7.3). Of members that an
     * identity provider manages nothing is declared, so with one of those the others are not all.
     */
    private static Map<String, Value> exported(Value.MapOf document, Origin origin) {
        Map<String, List<Value>> names = new HashMap<>();
        Set<String> withManaged = new HashSet<>();
        for (Pieces.Member organization : OrganizationType.members(document, origin, new Pieces())) {
            Value.MapOf body = organization.body() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
            for (Value item : body.list(OrganizationType.MEMBERS)) {
                if (!(item instanceof Value.MapOf member)) {
                    continue;
                }
                for (String group : member.texts(OrganizationType.GROUPS)) {
                    if (OrganizationMembersType.isManaged(member)) {
                        withManaged.add(group);
                    } else {
                        member.get("username")
                                .ifPresent(name -> names.computeIfAbsent(group, id -> new ArrayList<>()).add(name));
                    }
                }
            }
        }
        Map<String, Value> members = new HashMap<>();
        names.forEach((group, those) -> members.put(group, withManaged.contains(group)
                ? Value.EMPTY_MAP.with(Overlay.ADD, new Value.ListOf(those))
                : new Value.ListOf(those)));
        return members;
    }
}
