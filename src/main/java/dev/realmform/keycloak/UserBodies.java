package dev.realmform.keycloak;

import dev.realmform.model.Address;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What people and service accounts have in common: all but how they come into being.
 *
 * <p>Seen on 26.7.3: a PUT that holds {@code attributes}, even empty ones, takes all of the profile from the body: e-mail
 * and names that it leaves out are erased, and without the user name it is refused where user names may change. One without
 * {@code attributes} leaves alone what it leaves out, and takes a null for that too; an empty text erases. It ignores groups
 * and roles.
 */
final class UserBodies {

    static final String REQUIRED_ACTIONS = "requiredActions";

    /** The fields that the server takes from the body as soon as this holds attributes. */
    private static final Set<String> PROFILE = Set.of("email", "firstName", "lastName");

    private static final Set<String> APART = Set.of(RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES,
            GroupPaths.FIELD);

    static final Field ATTRIBUTES = Field.mapOf(Field.set()).secretsByName();

    private UserBodies() {}

    static Schema schema(Map<String, Field> more) {
        Map<String, Field> fields = new HashMap<>(RoleGrants.FIELDS);
        fields.put(GroupPaths.FIELD, Field.set());
        fields.put(REQUIRED_ACTIONS, Field.set().consumed());
        fields.put("enabled", Field.any().byDefault(false));
        fields.put("emailVerified", Field.any().byDefault(false));
        fields.put(Attributes.FIELD, ATTRIBUTES);
        for (String computed : List.of("id", "username", "createdTimestamp", "totp", "disableableCredentialTypes",
                "notBefore", "access", "userProfileMetadata", "self", "origin", "federationLink",
                ServiceAccountType.CLIENT_ID)) {
            fields.put(computed, Field.any().computed());
        }
        fields.putAll(more);
        return Schema.of(fields);
    }

    /** E-mail addresses in lower case, as the server keeps them; group paths and attributes in one notation. */
    static Value.MapOf tidy(Schema schema, Value.MapOf raw) {
        Value.MapOf tidy = TextSet.each(
                TextSet.each(Attributes.tidy(schema, raw), GroupPaths.FIELD, GroupPath::canonical),
                REQUIRED_ACTIONS, RequiredActionType::canonical);
        return raw.text("email")
                .map(mail -> tidy.with("email", Value.text(mail.toLowerCase(Locale.ROOT))))
                .orElse(
                        tidy);
    }

    static Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>(RoleGrants.references(realm, desired.value()));
        references.addAll(GroupPaths.references(realm, desired.value()));
        return references;
    }

    /**
     * The declared fields over the live ones. What Keycloak itself adds is not taken away by a whole list that does not
     * mention it: the role it gives to all, and the new password that a temporary one makes it ask for.
     */
    static Resource propose(Schema schema, Resource desired, Resource live) {
        Value.MapOf planned = Overlay.of(schema, desired.value(), live.value());
        planned = TextSet.keeping(RoleGrants.REALM_ROLES, RoleGrants::isGivenToAll, desired.value(), live.value(),
                planned);
        planned = TextSet.keeping(REQUIRED_ACTIONS, "UPDATE_PASSWORD"::equals, desired.value(), live.value(), planned);
        return live.withValue(planned);
    }

    /**
     * A live user with what is declared of it and needs requests of its own: groups and roles.
     *
     * @param live address on the server
     */
    static Value.MapOf complete(Value.MapOf user, Address live, Reader reader, Wanted wanted, Joined joined,
            Found found) {
        Value.MapOf complete = user;
        if (wanted.asks(live, GroupPaths.FIELD)) {
            complete = GroupPaths.with(complete, joined, found.renames());
        }
        if (wanted.asks(live, RoleGrants.REALM_ROLES) || wanted.asks(live, RoleGrants.CLIENT_ROLES)) {
            Value.MapOf mappings = reader
                    .object(wanted.realm(), "users", user.text("id").orElse(""), "role-mappings")
                    .orElse(Value.EMPTY_MAP);
            complete = RoleGrants.with(complete, wanted.realm(), mappings, found);
        }
        return complete;
    }

    /**
     * The calls that make one value of another.
     *
     * @param changed  the fields to send, of which those that have calls of their own are left out here
     * @param username the name that the user is to have
     */
    static List<Call> update(Way user, String realm, String username, Value.MapOf changed, Value.MapOf before,
            Value.MapOf after) {
        List<Call> calls = new ArrayList<>();
        Value.MapOf body = changed.without(APART.toArray(String[]::new));
        if (body.has(Attributes.FIELD)) {
            calls.add(Call.put(user, body.with("username", Value.text(username)))
                    .reading(Again.with(Set.of(Attributes.FIELD), PROFILE)));
        } else if (!body.isEmpty()) {
            calls.add(Call.put(user, body));
        }
        calls.addAll(GroupPaths.calls(user, realm, before, after));
        calls.addAll(RoleGrants.calls(user, realm, before, after));
        return calls;
    }
}
