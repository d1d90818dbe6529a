package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An exchangeable part of a realm: a user federation, a key provider, a policy for client registrations, or whatever else a
 * server offers. Known by kind and name; policies also by the registrations they are for, since both hold the same names.
 */
final class ComponentType implements KeycloakType {

    static final String NAME = "component";

    private static final Schema SCHEMA = Components.schema(Field.any().computed());

    /** Seen on 26.7.3; servers before it also make hmac-generated. */
    private static final Set<String> KEYS = Set.of("rsa-generated", "rsa-enc-generated", "hmac-generated-hs512",
            "aes-generated");

    private static final String EARLIER_KEY = "hmac-generated";

    /** Seen on 26.7.3. */
    private static final Map<String, Set<String>> POLICIES = Map.of(
            "anonymous", Set.of("Trusted Hosts", "Consent Required", "Full Scope Disabled", "Max Clients Limit",
                    "Allowed Protocol Mapper Types", "Allowed Client Scopes", "Allowed Registration Web Origins"),
            "authenticated", Set.of("Allowed Protocol Mapper Types", "Allowed Client Scopes",
                    "Allowed Registration Web Origins"));

    static Address address(String realm, String kind, Optional<String> subType, String name) {
        List<String> key = new ArrayList<>(List.of(realm, ComponentKinds.name(kind)));
        subType.ifPresent(key::add);
        key.add(name);
        return new Address(NAME, key);
    }

    static String kind(Address component) {
        return component.key().get(1);
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
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>(SettingReferences.ofComponent(realm, desired.value()));
        references.add(KeycloakType.realm(desired));
        return references;
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return live.withValue(Components.propose(SCHEMA, desired.value(), live.value()));
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("components");
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return kind(live.address()).equals(ComponentKinds.KEYS)
                ? Optional.of("tokens and sessions that its keys have signed are no longer valid")
                : Optional.empty();
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        ComponentTree.read(reader, wanted.realm()).each(this, wanted, (address, body) -> {
            if (!kind(address).equals(ComponentKinds.PROFILE)) {
                found.add(this, address, body, body.text("id"), isBuiltIn(address));
            }
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return ComponentTree.read(reader, address.root()).id(address);
    }

    @Override
    public String insteadOfDeleting() {
        return "Change its settings instead: a key with enabled: false is out of use.";
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return switch (kind(address)) {
            case ComponentKinds.KEYS -> KEYS.contains(address.name());
            case ComponentKinds.REGISTRATION -> address.key().size() == 4
                    && POLICIES.getOrDefault(address.key().get(2), Set.of()).contains(address.name());
            default -> false;
        };
    }

    @Override
    public boolean mayComeWithRealm(Address address) {
        return isBuiltIn(address)
                || (kind(address).equals(ComponentKinds.KEYS) && address.name().equals(EARLIER_KEY));
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way components = Way.realm(address.root()).then("components");
        return switch (change) {
            case Change.Create create -> List.of(create(components, create));
            case Change.Update update -> update(components, update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(components, adopt, false);
            case Change.Delete ignored -> List.of(Call.delete(components.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a component is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** Without a parent it is the realm's. */
    private static Call create(Way components, Change.Create create) {
        Address address = create.address();
        Value.MapOf body = Components.body(SCHEMA, create.planned().value())
                .with("name", Value.text(address.name()))
                .with("providerType", Value.text(ComponentKinds.full(kind(address))));
        if (address.key().size() == 4) {
            body = body.with(Components.SUB_TYPE, Value.text(address.key().get(2)));
        }
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
    public List<Plan.Notice> notices(Plan plan, Reader reader) {
        return Stream.of(ComponentLosses.of(plan, reader), KeyChanges.of(plan)).flatMap(List::stream).toList();
    }

    @Override
    public List<String> place(Address address) {
        return List.of(ComponentSection.NAME, kind(address));
    }

    @Override
    public void paste(Resource live, Sheet document) {
        ComponentSection.paste(live, document);
    }

    @Override
    public Set<String> sections() {
        return Set.of(ComponentSection.NAME);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        ComponentSection.cut(realm, document, origin, pieces);
    }
}
