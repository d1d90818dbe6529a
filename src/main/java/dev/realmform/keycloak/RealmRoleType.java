package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A role of the realm. */
final class RealmRoleType implements RoleType {

    static final String NAME = "realm-role";

    private static final Set<String> BUILT_IN = Set.of("uma_authorization", "offline_access");

    /** The server's admin, and who may make realms. */
    static final Set<String> OF_MASTER = Set.of("admin", "create-realm");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("realmRoles");
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<Address> addresses = wanted.of(NAME);
        List<Value.MapOf> roles = reader.objects(Reader.WHOLE, wanted.realm(), "roles");
        reader.each(roles, role -> {
            Address address = Address.of(NAME, wanted.realm(), role.text("name").orElse(""));
            if (wanted.all(this) || addresses.contains(address)) {
                RoleBodies.add(this, reader, wanted, found, address, role);
            }
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return reader.object(address.root(), "roles", address.name()).flatMap(role -> role.text("id"));
    }

    @Override
    public boolean isBuiltIn(Address address) {
        String realm = address.root();
        return BUILT_IN.contains(address.name())
                || DefaultRole.is(address)
                || (realm.equals("master") && OF_MASTER.contains(address.name()));
    }

    @Override
    public List<Call> calls(Change change) {
        return RoleBodies.calls(Way.realm(change.address().root()).then("roles"), change);
    }

    @Override
    public Optional<Imported> importing(Reader facts, String realm) {
        return Optional.of(new RoleImport(false));
    }

    @Override
    public List<Plan.Notice> notices(Plan plan, Reader reader) {
        return DefaultRole.notices(plan);
    }

    @Override
    public List<String> place(Address address) {
        return List.of("roles", "realm", address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of("roles", DefaultRole.ROLE, DefaultRole.ROLES);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<Pieces.Member> roles = pieces.members(document.map("roles"), origin.at("roles"), "realm", "name");
        new DefaultRole(document, origin, pieces).in(realm, roles)
                .forEach(role -> pieces.add(this, Address.of(NAME, realm, role.name()), role.body(), role.origin()));
    }
}
