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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A group inside an organization, at any depth. Its address is the alias of the organization and its path, name by name.
 *
 * <p>They came with 26.6. Seen on 26.7.3: they behave as groups of the realm do, behind endpoints of their own.
 */
final class OrganizationGroupType implements KeycloakType {

    static final String NAME = "organization-group";

    private static final Schema SCHEMA = schemaOfGroup();

    private static Schema schemaOfGroup() {
        Map<String, Field> fields = new HashMap<>(RoleGrants.FIELDS);
        fields.put(Attributes.FIELD, Field.mapOf(Field.set()).secretsByName());
        for (String computed : List.of("id", "name", "path", "parentId", "subGroupCount", "subGroups", "access")) {
            fields.put(computed, Field.any().computed());
        }
        return Schema.of(fields);
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
    public Value.MapOf tidy(Value.MapOf raw) {
        return Attributes.tidy(SCHEMA, raw);
    }

    /** The group around it; the organization for one at the top. */
    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(OrganizationGroups.isTop(address)
                ? Organizations.of(address)
                : OrganizationGroups.parent(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(
                RoleGrants.references(desired.address().root(), desired.value()));
        container(desired.address()).ifPresent(around -> references.add(new Reference(around, Path.ROOT)));
        return references;
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("organizationGroups");
    }

    @Override
    public String manageName(Address address) {
        List<String> key = address.key();
        return key.get(1) + GroupPath.text(key.subList(2, key.size()));
    }

    @Override
    public boolean isUsed(Wanted wanted) {
        return !OrganizationGroups.organizations(wanted).isEmpty();
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<String, String> organizations = new HashMap<>();
        Organizations.some(reader, wanted, OrganizationGroups.organizations(wanted))
                .forEach((alias, body) -> organizations.put(alias, body.text("id").orElse("")));
        if (wanted.all(this)) {
            Organizations.all(reader, wanted.realm())
                    .forEach((alias, body) -> organizations.put(alias, body.text("id").orElse("")));
        }
        reader.each(OrganizationGroups.read(reader, wanted, wanted.all(this)).entrySet(), entry -> {
            Address address = entry.getKey();
            Value.MapOf group = OrganizationGroups.full(reader, wanted.realm(),
                    organizations.getOrDefault(address.key().get(1), ""), entry.getValue());
            found.add(this, address, RoleGrants.renamed(wanted.realm(), group, found.renames()), group.text("id"),
                    false);
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return OrganizationGroups.find(reader, ids, address);
    }

    @Override
    public Optional<String> since() {
        return Optional.of("26.6");
    }

    @Override
    public Optional<String> refusedBefore() {
        return Optional.of("groups inside organizations");
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> create(create.address(), create.planned().value());
            case Change.Update update -> update(update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(adopt, false);
            case Change.Delete delete -> List.of(Call.delete(OrganizationGroups.way(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a group is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** A POST of a subgroup takes its name and no more (26.7.3). */
    private static List<Call> create(Address address, Value.MapOf planned) {
        Value.MapOf name = Value.EMPTY_MAP.with("name", Value.text(address.name()));
        Value.MapOf body = Wire.body(SCHEMA, withoutRoles(planned)).with("name", Value.text(address.name()));
        List<Call> calls = new ArrayList<>();
        if (OrganizationGroups.isTop(address)) {
            calls.add(Call.post(Organizations.way(Organizations.of(address)).then("groups"), body).making(address));
        } else {
            Way siblings = OrganizationGroups.way(OrganizationGroups.parent(address)).then("children");
            calls.add(Call.post(siblings, name).making(address));
            if (!body.equals(name)) {
                calls.add(Call.put(OrganizationGroups.way(address), body));
            }
        }
        calls.addAll(RoleGrants.calls(OrganizationGroups.way(address), address.root(), Value.EMPTY_MAP, planned));
        return calls;
    }

    private static List<Call> update(Change change, boolean renamed) {
        Way way = OrganizationGroups.way(change.address());
        Value.MapOf body = withoutRoles(Wire.changed(SCHEMA, change));
        List<Call> calls = new ArrayList<>();
        if (renamed || !body.isEmpty()) {
            calls.add(GroupType.put(way, change.address(), body));
        }
        calls.addAll(RoleGrants.calls(way, change.address().root(),
                change.before().map(Resource::value).orElse(Value.EMPTY_MAP), Wire.planned(change).value()));
        return calls;
    }

    private static Value.MapOf withoutRoles(Value.MapOf value) {
        return value.without(RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES);
    }

    @Override
    public List<String> place(Address address) {
        List<String> place = new ArrayList<>(Organizations.place(Organizations.of(address)));
        String section = OrganizationType.GROUPS;
        for (String name : address.key().subList(2, address.key().size())) {
            place.addAll(List.of(section, name));
            section = OrganizationGroups.SUB_GROUPS;
        }
        return place;
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        OrganizationGroups.declared(realm, document, origin, pieces)
                .forEach(group -> pieces.add(this, group.address(), group.body(), group.origin()));
    }
}
