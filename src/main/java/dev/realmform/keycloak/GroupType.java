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
 * A group, at any depth of the tree. Its address is its path, name by name, so that a name may hold a slash.
 *
 * <p>Seen on 26.7.3: a list of groups in full holds the roles of each; making a group ignores roles and subgroups; a PUT
 * without the description erases it, and replaces attributes whole if it holds any.
 */
final class GroupType implements KeycloakType {

    static final String NAME = "group";

    static final String DESCRIPTION = "description";

    private static final Schema SCHEMA = schemaOfGroup();

    private static Schema schemaOfGroup() {
        Map<String, Field> fields = new HashMap<>(RoleGrants.FIELDS);
        fields.put("attributes", Field.mapOf(Field.set()).secretsByName());
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

    @Override
    public Optional<String> collection() {
        return Optional.of("groups");
    }

    @Override
    public String manageName(Address address) {
        return GroupPath.text(address);
    }

    /** The group around it; the realm for one at the top. */
    @Override
    public Optional<Address> container(Address address) {
        List<String> above = address.key().subList(0, address.key().size() - 1);
        return Optional.of(above.size() == 1 ? RealmType.address(above.getFirst()) : new Address(NAME, above));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(
                RoleGrants.references(desired.address().root(), desired.value()));
        container(desired.address()).ifPresent(around -> references.add(new Reference(around, Path.ROOT)));
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        GroupTree.wanted(reader, wanted)
                .groups()
                .forEach((address, group) -> found.add(this, address,
                        RoleGrants.renamed(wanted.realm(), group, found.renames()), group.text("id"), false));
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        Address around = container(address).orElseThrow();
        List<Value.MapOf> siblings = List.of();
        if (around.type().equals(NAME)) {
            Optional<String> parent = ids.find(around);
            if (parent.isPresent()) {
                siblings = reader.objects(Map.of("max", "-1"), address.root(), "groups", parent.get(), "children");
            }
        } else {
            siblings = reader.objects(Map.of("max", "-1"), address.root(), "groups");
        }
        return siblings.stream()
                .filter(group -> group.text("name").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(group -> group.text("id"));
    }

    @Override
    public Map<String, String> lackedUpTo() {
        return Map.of(DESCRIPTION, "26.1");
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way groups = Way.realm(address.root()).then("groups");
        return switch (change) {
            case Change.Create create -> create(address, groups, create.planned().value());
            case Change.Update update -> update(groups, update, update.live(), update.planned());
            case Change.Adopt adopt -> update(groups, adopt, adopt.live(), adopt.planned());
            case Change.Delete ignored -> List.of(Call.delete(groups.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a group is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    @Override
    public int bundleLimit() {
        return GroupImport.MOST;
    }

    @Override
    public Optional<Imported> importing(Reader facts, String realm) {
        return Optional.of(new GroupImport(facts));
    }

    private List<Call> create(Address address, Way groups, Value.MapOf planned) {
        Address around = container(address).orElseThrow();
        Way siblings = around.type().equals(NAME) ? groups.id(around).then("children") : groups;
        Value.MapOf body = Wire.body(SCHEMA, withoutRoles(planned)).with("name", Value.text(address.name()));
        List<Call> calls = new ArrayList<>(List.of(Call.post(siblings, body).making(address)));
        calls.addAll(RoleGrants.calls(groups.id(address), address.root(), Value.EMPTY_MAP, planned));
        return calls;
    }

    private List<Call> update(Way groups, Change change, Resource live, Resource planned) {
        Address address = change.address();
        boolean renamed = change instanceof Change.Update update && update.renamedFrom().isPresent();
        Value.MapOf body = withoutRoles(Wire.changed(SCHEMA, change));
        List<Call> calls = new ArrayList<>();
        if (renamed || !body.isEmpty()) {
            calls.add(put(groups.id(address), address, body));
        }
        calls.addAll(RoleGrants.calls(groups.id(address), address.root(), live.value(), planned.value()));
        return calls;
    }

    /** Name and description always go along: without the one the server refuses, without the other it forgets it. */
    static Call put(Way way, Address address, Value.MapOf changed) {
        Value.MapOf body = changed.with("name", Value.text(address.name()));
        if (changed.text(DESCRIPTION).filter(String::isEmpty).isPresent()) {
            body = body.without(DESCRIPTION);
        }
        Set<String> maps = changed.has(Attributes.FIELD) ? Set.of(Attributes.FIELD) : Set.of();
        Set<String> carry = changed.has(DESCRIPTION) ? Set.of() : Set.of(DESCRIPTION);
        return Call.put(way, body).reading(Again.with(maps, carry));
    }

    private static Value.MapOf withoutRoles(Value.MapOf value) {
        return value.without(RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES);
    }

    /** {@code $was: Old} names the last step, {@code $was: /Top/Old} the whole way. */
    @Override
    public Address was(Address now, String name) {
        return name.startsWith("/") ? GroupPath.address(now.root(), name) : KeycloakType.super.was(now, name);
    }

    @Override
    public List<String> place(Address address) {
        return List.of("groups", GroupPath.text(address));
    }

    @Override
    public Set<String> sections() {
        return Set.of("groups");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (GroupSection.Group group : GroupSection.of(realm, document, origin, pieces)) {
            pieces.add(this, group.address(), group.body(), group.origin());
        }
    }
}
