package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A component inside another: most of all a mapper of an LDAP federation. Its key is that of the other one, and then kind and
 * name.
 */
final class SubComponentType implements KeycloakType {

    static final String NAME = "sub-component";

    private static final Schema SCHEMA = Components.schema(Field.any().immutable());

    /** The mappers that Keycloak makes with a federation, by its vendor and settings (26.7.3). */
    private static final Set<String> BY_DEFAULT = Set.of("username", "first name", "last name", "full name", "email",
            "creation date", "modify date", "MSAD account controls", "Kerberos principal attribute mapper");

    static Address address(Address around, String kind, String name) {
        List<String> key = new ArrayList<>(around.key());
        key.add(ComponentKinds.name(kind));
        key.add(name);
        return new Address(NAME, key);
    }

    /** What it lies in: the keys of components at the top have three or four segments, and each step inside adds two. */
    static Address around(Address address) {
        List<String> key = address.key().subList(0, address.key().size() - 2);
        return new Address(key.size() > 4 ? NAME : ComponentType.NAME, key);
    }

    static String kind(Address address) {
        return address.key().get(address.key().size() - 2);
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
        return Components.tidy(raw);
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(around(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(LdapReferences.of(desired));
        references.add(new Reference(around(desired.address()), Path.ROOT));
        return references;
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return live.withValue(Components.propose(SCHEMA, desired.value(), live.value()));
    }

    /** It holds nothing but its settings. */
    @Override
    public boolean mayBeReplaced() {
        return true;
    }

    @Override
    public boolean isUsed(Wanted wanted) {
        return !wanted.of(NAME).isEmpty() || wanted.going()
                .stream()
                .anyMatch(going -> going.root().equals(wanted.realm()) && isComponent(going));
    }

    private static boolean isComponent(Address address) {
        return address.type().equals(ComponentType.NAME) || address.type().equals(NAME);
    }

    /** What Keycloak made by itself is nobody's work: it may go with its federation. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<Address> asked = wanted.of(NAME);
        ComponentTree.read(reader, wanted.realm())
                .each(this, wanted, (address, body) -> found.add(this, address, body, body.text("id"),
                        !asked.contains(address) && isByDefault(address)));
    }

    private static boolean isByDefault(Address address) {
        return kind(address).equals(ComponentKinds.LDAP_MAPPER) && BY_DEFAULT.contains(address.name());
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return ComponentTree.read(reader, address.root()).id(address);
    }

    /** Keycloak makes mappers with each federation. */
    @Override
    public boolean mayComeWithRealm(Address address) {
        return kind(address).equals(ComponentKinds.LDAP_MAPPER);
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way components = Way.realm(address.root()).then("components");
        return switch (change) {
            case Change.Create create -> List.of(create(components, address, create.planned().value()));
            case Change.Update update -> update(components, update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(components, adopt, false);
            case Change.Delete ignored -> List.of(Call.delete(components.id(address)));
            case Change.Replace replace -> List.of(Call.delete(components.id(address)),
                    create(components, address, replace.planned().value()));
            case Change.Forget ignored -> Call.none();
        };
    }

    private static Call create(Way components, Address address, Value.MapOf planned) {
        Value.MapOf body = Components.body(SCHEMA, planned)
                .with("name", Value.text(address.name()))
                .with("providerType", Value.text(ComponentKinds.full(kind(address))))
                .with("parentId", Way.idOf(around(address)));
        return Call.post(components, body).making(address);
    }

    private static List<Call> update(Way components, Change change, boolean renamed) {
        return Components.put(components, SCHEMA, kind(change.address()), change, renamed);
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return ComponentProviders.missing(this, plan, reader);
    }

    @Override
    public List<String> place(Address address) {
        return List.of(ComponentSection.NAME);
    }

    @Override
    public void paste(Resource live, Sheet document) {
        ComponentSection.paste(live, document);
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        // Cut with what it lies in.
    }
}
