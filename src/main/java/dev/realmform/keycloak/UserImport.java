package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Users by import, with their groups and roles.
 *
 * <p>Seen on 26.7.3: nothing is checked, and nothing of what a POST gives to each new user is given: neither the default role
 * nor default groups and actions. So both is done here, by {@link NewUsers}. Passwords go singly: {@code temporary} is ignored.
 *
 * @param rules of the realm
 */
record UserImport(NewUsers rules) implements Imported {

    /** How many go out at once, found by measuring. */
    static final int MOST = 20;

    private static final Set<String> FIELDS = Set.of("email", "firstName", "lastName", "enabled", "emailVerified",
            Attributes.FIELD, GroupPaths.FIELD, RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES,
            UserBodies.REQUIRED_ACTIONS);

    @Override
    public boolean fits(Change.Create create) {
        Value.MapOf planned = create.planned().value();
        return FIELDS.containsAll(planned.fields().keySet())
                && planned.texts(GroupPaths.FIELD)
                        .stream()
                        .allMatch(path -> GroupPath.names(path).stream().allMatch(PlainText::isName))
                && rules.take(create.address().name(), planned);
    }

    @Override
    public Need need(Address referred) {
        return RoleGrants.need(referred);
    }

    @Override
    public Value.MapOf object(Change.Create create) {
        Value.MapOf body = Wire.body(new UserType().schema(), create.planned().value())
                .with("username", Value.text(create.address().name()));
        return rules.complete(body, create.desired());
    }

    @Override
    public Value.MapOf request(SortedMap<Address, Value.MapOf> objects) {
        return new Value.MapOf(Map.of("users", new Value.ListOf(new ArrayList<>(objects.values()))));
    }

    @Override
    public String row(Address user) {
        return "USER " + user.name();
    }

    @Override
    public boolean isIdTold(Address user) {
        return true;
    }

    @Override
    public void identify(Collection<Address> made, Reader reader, Ids ids) {
        // The answer tells each.
    }
}
