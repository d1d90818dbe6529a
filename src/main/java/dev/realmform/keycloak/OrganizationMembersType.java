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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who belongs to an organization, where the file says so ({@code members}). Comes and goes with it.
 *
 * <p>Members whom an identity provider of the organization made are managed: taking one away deletes the account (26.7.3). So
 * they are left to their provider, whatever the file says.
 */
final class OrganizationMembersType implements KeycloakType {

    static final String NAME = "organization-members";

    private static final String MEMBERS = OrganizationType.MEMBERS;
    private static final String MEMBERSHIP = "membershipType";
    private static final String MANAGED = "MANAGED";

    private static final Schema SCHEMA = Schema.of(Map.of(MEMBERS, Field.set()));

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
        return Optional.of(Organizations.of(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Address address = desired.address();
        Set<Reference> references = new HashSet<>();
        references.add(new Reference(Organizations.of(address), Path.ROOT));
        RoleNames.asked(desired.value().get(MEMBERS).orElse(Value.NULL))
                .forEach(user -> references.add(
                        new Reference(UserType.address(address.root(), user), Path.of(MEMBERS))));
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<String, Value.MapOf> organizations = Organizations.some(reader, wanted, wanted.names(NAME));
        reader.each(wanted.of(NAME), address -> {
            Optional<String> id = Optional.ofNullable(organizations.get(address.name())).flatMap(o -> o.text("id"));
            if (id.isPresent()) {
                List<Value.MapOf> users = Organizations.members(reader, wanted.realm(), id.get());
                found.add(this, address, Value.EMPTY_MAP.with(MEMBERS, members(wanted, address, users, found)),
                        Optional.empty(), false);
            }
        });
    }

    private static Value members(Wanted wanted, Address live, List<Value.MapOf> users, Found found) {
        Value declared = wanted.declared(live).flatMap(members -> members.value().get(MEMBERS)).orElse(Value.NULL);
        List<String> asked = RoleNames.asked(declared);
        List<String> unwanted = declared instanceof Value.MapOf partial ? partial.texts(Overlay.REMOVE) : List.of();
        List<String> names = new ArrayList<>();
        for (Value.MapOf user : users) {
            Address address = UserType.address(wanted.realm(), user.text("username").orElse(""));
            user.text("id").ifPresent(id -> found.id(address, id));
            String name = found.renames().now(address).name();
            boolean managed = isManaged(user);
            if (!managed || asked.contains(name)) {
                names.add(name);
            } else if (unwanted.contains(name)) {
                found.notice(name + " stays in " + live + ": an identity provider manages the membership, and taking it"
                        + " away would delete the account");
            }
        }
        return Value.texts(names);
    }

    /** Whether an identity provider manages a member. */
    static boolean isManaged(Value.MapOf member) {
        return member.text(MEMBERSHIP).filter(MANAGED::equals).isPresent();
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way members = Organizations.way(Organizations.of(address)).then(MEMBERS);
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = change instanceof Change.Delete ? Value.EMPTY_MAP : Wire.planned(change).value();
        Sets sets = Sets.between(before, after, Path.of(MEMBERS));
        List<Call> calls = new ArrayList<>();
        sets.added()
                .forEach(user -> calls.add(Call.post(members, Way.idOf(UserType.address(address.root(), user)))));
        sets.removed().forEach(user -> calls.add(Call.delete(members.id(UserType.address(address.root(), user)))));
        return calls;
    }

    @Override
    public List<String> place(Address address) {
        return Organizations.place(Organizations.address(address.root(), address.name()));
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (Pieces.Member organization : OrganizationType.members(document, origin, new Pieces())) {
            Optional<Value> members = organization.body() instanceof Value.MapOf body ? body.get(MEMBERS)
                    : Optional.empty();
            Origin at = organization.origin().at(MEMBERS);
            members.filter(value -> value instanceof Value.ListOf || value instanceof Value.MapOf)
                    .ifPresent(value -> pieces.add(this, Address.of(NAME, realm, organization.name()),
                            Value.EMPTY_MAP.with(MEMBERS, TextSet.each(names(value, pieces), UserType::canonicalName)),
                            new Origin(at.source(), Map.of(MEMBERS, at))));
        }
    }

    /** Exports hold whole users; those that an identity provider manages come back with their next login. */
    private static Value names(Value members, Pieces pieces) {
        return switch (members) {
            case Value.ListOf(List<Value> items) -> {
                List<Value> names = new ArrayList<>();
                for (Value item : items) {
                    if (!(item instanceof Value.MapOf user)) {
                        names.add(item);
                    } else if (isManaged(user)) {
                        pieces.leaveAside("managed member");
                    } else {
                        names.add(user.get("username").orElse(Value.NULL));
                    }
                }
                yield new Value.ListOf(names);
            }
            case Value.MapOf partial -> partial.each((sign, list) -> Optional.of(names(list, pieces)));
            case Value same -> same;
        };
    }
}
