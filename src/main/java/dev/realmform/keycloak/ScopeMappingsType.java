package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which roles of a user a client may carry in its tokens, or every client that has a client scope. Counts for a client only
 * while its {@code fullScopeAllowed} is off. Comes and goes with the holder.
 */
final class ScopeMappingsType implements KeycloakType {

    /** Who has scope mappings. */
    enum Holder {
        CLIENT("scope-mappings", ClientType.NAME, "clients", "client"),
        CLIENT_SCOPE("client-scope-mappings", ClientScopeType.NAME, "client-scopes", "clientScope");

        private final String mappings;
        private final String type;
        private final String collection;
        /** How an entry of a realm document calls it. */
        private final String key;

        Holder(String mappings, String type, String collection, String key) {
            this.mappings = mappings;
            this.type = type;
            this.collection = collection;
            this.key = key;
        }

        String key() {
            return key;
        }

        /** The name of the type. */
        String mappings() {
            return mappings;
        }
    }

    private static final Schema SCHEMA = Schema.of(RoleGrants.FIELDS);

    private final Holder holder;

    ScopeMappingsType(Holder holder) {
        this.holder = holder;
    }

    @Override
    public String name() {
        return holder.mappings;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public boolean comesWithContainer() {
        return true;
    }

    private Address holder(Address mappings) {
        return new Address(holder.type, mappings.key());
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(holder(address));
    }

    /** Keycloak gives some of its own clients and scopes roles: those are changed in place. */
    @Override
    public boolean isBuiltIn(Address address) {
        return BuiltIn.is(holder(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(RoleGrants.references(desired.address().root(), desired.value()));
        references.add(new Reference(holder(desired.address()), Path.ROOT));
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        reader.each(wanted.of(name()), address -> id(reader, wanted, address)
                .ifPresent(id -> {
                    Value.MapOf mappings = reader.object(wanted.realm(), holder.collection, id, "scope-mappings")
                            .orElse(Value.EMPTY_MAP);
                    found.id(holder(address), id);
                    found.add(this, address, RoleGrants.with(Value.EMPTY_MAP, wanted.realm(), mappings, found),
                            Optional.empty(), BuiltIn.is(address));
                }));
    }

    private Optional<String> id(Reader reader, Wanted wanted, Address mappings) {
        return switch (holder) {
            case CLIENT -> ClientType.body(reader, wanted, mappings.name()).flatMap(body -> body.text("id"));
            case CLIENT_SCOPE -> ClientScopeType.id(reader, wanted.realm(), mappings.name());
        };
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public List<Call> calls(Change change) {
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            return Call.none();
        }
        Address address = change.address();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Way mappings = Way.realm(address.root())
                .then(holder.collection)
                .id(holder(address))
                .then("scope-mappings");
        return RoleGrants.mapped(mappings, address.root(), before, Wire.planned(change).value());
    }

    @Override
    public List<String> place(Address address) {
        return List.of(ScopeMappingsSection.REALM);
    }

    @Override
    public void paste(Resource live, Sheet document) {
        ScopeMappingsSection.paste(holder, live, document);
    }

    @Override
    public Set<String> sections() {
        return ScopeMappingsSection.SECTIONS;
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        ScopeMappingsSection.of(document, origin, holder, pieces)
                .forEach((name, mappings) -> pieces.add(this, Address.of(name(), realm, name), mappings.value(),
                        mappings.origin()));
    }
}
