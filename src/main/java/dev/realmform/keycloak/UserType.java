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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** A person's account. Credentials are looked at only when it is made. */
final class UserType implements KeycloakType {

    static final String NAME = "user";

    static final String CREDENTIALS = "credentials";

    /** What only users themselves give: no call makes it. */
    private static final String CONSENTS = "clientConsents";

    /** What the server gives to each new user besides what it was sent. */
    private static final List<String> GIVEN = List.of(GroupPaths.FIELD, UserBodies.REQUIRED_ACTIONS);

    private static final Schema SCHEMA = UserBodies.schema(Map.of(CREDENTIALS, Field.any().createOnly(),
            FederatedIdentities.NAME, FederatedIdentities.FIELD, CONSENTS, Field.any().computed()));

    static Address address(String realm, String username) {
        return Address.of(NAME, realm, canonicalName(username));
    }

    /** The server keeps user names in lower case. */
    static String canonicalName(String username) {
        return username.toLowerCase(Locale.ROOT);
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
        return Credentials.wrapped(UserBodies.tidy(SCHEMA, raw));
    }

    @Override
    public Address was(Address now, String name) {
        return address(now.root(), name);
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return UserBodies.propose(SCHEMA, desired, live);
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("users");
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return Optional.of("credentials, sessions and consents of the user are lost");
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(UserBodies.references(desired));
        String realm = desired.address().root();
        references.add(KeycloakType.realm(desired));
        references.addAll(FederatedIdentities.references(realm, desired.value()));
        if (!desired.value().map(Attributes.FIELD).isEmpty()) {
            // An attribute that the profile does not have when the user is written is dropped.
            references.add(new Reference(UserProfileType.address(realm), Path.of(Attributes.FIELD)));
        }
        return references;
    }

    /** Those that are not Keycloak's own: the server takes any name. */
    @Override
    public Set<Reference> mentions(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> actions = new HashSet<>();
        for (String alias : RoleNames.asked(
                desired.value().get(UserBodies.REQUIRED_ACTIONS).orElse(Value.NULL))) {
            Address action = RequiredActionType.address(realm, alias);
            if (!BuiltIn.is(action)) {
                actions.add(new Reference(action, Path.of(UserBodies.REQUIRED_ACTIONS)));
            }
        }
        return actions;
    }

    /** The e-mail, unless the realm lets several users have one. */
    @Override
    public Set<String> exclusive(Resource user) {
        return user.value().text("email").filter(mail -> !mail.isEmpty()).map(Set::of).orElse(Set.of());
    }

    /** A user has what the profile will list, and a locale once the realm has several languages. */
    @Override
    public boolean awaits(Resource user, Change needed) {
        return needed.address().type().equals(UserProfileType.NAME)
                || (user.value().map(Attributes.FIELD).has(UserProfile.LOCALE) && UserProfile.givesLanguages(needed))
                || RealmBindingsType.givesGroups(needed);
    }

    /** Who is made without groups gets the default groups of that moment. */
    @Override
    public Set<Address> follows(Change change) {
        return change instanceof Change.Create create && !create.desired().value().has(GroupPaths.FIELD)
                ? Set.of(RealmBindingsType.address(change.address().root()))
                : Set.of();
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        // At the same time: a large realm has as many pages of users as its groups have members.
        AtomicReference<Joined> joined = new AtomicReference<>();
        List<Value.MapOf> users = new ArrayList<>();
        reader.each(List.<Runnable>of(
                () -> users.addAll(UserSearch.users(reader, wanted)),
                () -> joined.set(Joined.read(reader, wanted, NAME, found))), Runnable::run);
        reader.each(users, user -> {
            Address live = address(wanted.realm(), user.text("username").orElse(""));
            Value.MapOf body = UserBodies.complete(user, live, reader, wanted, joined.get(), found);
            body = wanted.asks(live, FederatedIdentities.NAME)
                    ? FederatedIdentities.with(body, wanted.realm(), reader, found.renames())
                    : body;
            found.add(this, live, body, user.text("id"), false);
        });
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return UserSearch.user(reader, address).flatMap(user -> user.text("id"));
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        Way users = Way.realm(address.root()).then("users");
        return switch (change) {
            case Change.Create create -> create(create, users);
            case Change.Update update -> update(users.id(address), update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> update(users.id(address), adopt, false);
            case Change.Delete ignored -> List.of(Call.delete(users.id(address)));
            case Change.Replace ignored -> throw new IllegalStateException("a user is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    @Override
    public int bundleLimit() {
        return UserImport.MOST;
    }

    @Override
    public Optional<Imported> importing(Reader facts, String realm) {
        return Optional.of(new UserImport(NewUsers.of(facts, realm)));
    }

    /** A POST honours groups, by path, and ignores roles. */
    private static List<Call> create(Change.Create create, Way users) {
        Address address = create.address();
        Value.MapOf planned = create.planned().value();
        List<String> inline = planned.texts(GroupPaths.FIELD).stream().filter(GroupPath::isPlain).toList();
        Value.MapOf body = Wire.body(SCHEMA, planned)
                .without(RoleGrants.REALM_ROLES, RoleGrants.CLIENT_ROLES, GroupPaths.FIELD)
                .with("username", Value.text(address.name()));
        if (!inline.isEmpty()) {
            body = body.with(GroupPaths.FIELD, Value.texts(inline));
        }
        Way user = users.id(address);
        List<Call> calls = new ArrayList<>(List.of(Call.post(users, body).making(address)));
        calls.addAll(GroupPaths.calls(user, address.root(), body, planned));
        calls.addAll(RoleGrants.calls(user, address.root(), Value.EMPTY_MAP, planned));
        calls.addAll(RoleGrants.take(user, address.root(), takenAtOnce(create.desired())));
        return calls;
    }

    /** Default groups and actions: of a list that the file declares, those that are in it stay. */
    @Override
    public boolean isGivenMore(Change.Create create) {
        return GIVEN.stream().anyMatch(create.desired().value()::has);
    }

    @Override
    public List<Call> afterwards(Change.Create create, Resource live) {
        Value.MapOf before = given(live.value());
        Value.MapOf after = given(propose(create.desired(), live).value());
        Value.MapOf changed = Value.EMPTY_MAP;
        for (String field : Wire.differing(before, after)) {
            changed = changed.with(field, after.get(field).orElse(new Value.ListOf(List.of())));
        }
        Address address = create.address();
        return UserBodies.update(Way.realm(address.root()).then("users").id(address), address.root(), address.name(),
                changed, before, after);
    }

    private static Value.MapOf given(Value.MapOf user) {
        return user.each((field, value) -> GIVEN.contains(field) ? Optional.of(value) : Optional.empty());
    }

    /** Roles that everybody is given, and that the file takes away again. */
    static List<String> takenAtOnce(Resource desired) {
        return desired.value()
                .map(RoleGrants.REALM_ROLES)
                .texts(Overlay.REMOVE)
                .stream()
                .filter(RoleGrants::isGivenToAll)
                .toList();
    }

    private static List<Call> update(Way user, Change change, boolean renamed) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        Value.MapOf changed = Wire.changed(SCHEMA, change).without(CREDENTIALS, FederatedIdentities.NAME);
        String username = change.address().name();
        List<Call> calls = new ArrayList<>(UserBodies.update(user, change.address().root(), username,
                renamed ? changed.with("username", Value.text(username)) : changed, before, after));
        calls.addAll(FederatedIdentities.calls(user, before, after));
        return calls;
    }

    @Override
    public List<String> place(Address address) {
        return List.of("users", address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of("users");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (Pieces.Member user : pieces.members(document, origin, "users", "username")) {
            Value.MapOf body = user.body() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
            if (!body.has(ServiceAccountType.CLIENT_ID)) {
                refuseProfileFields(user, body, pieces);
                refuseEmptyPasswords(user, body, pieces);
                int consents = body.list(CONSENTS).size();
                if (consents > 0) {
                    pieces.leaveAside("only users themselves give it", "consent", consents);
                }
                Value own = user.body() instanceof Value.MapOf map ? map.without(CONSENTS, InvitationType.KEY)
                        : user.body();
                pieces.add(this, address(realm, user.name()), own, user.origin());
            }
        }
    }

    /** The server answers 500 to a password that is neither said nor hashed (26.7.3). */
    private static void refuseEmptyPasswords(Pieces.Member user, Value.MapOf body, Pieces pieces) {
        List<Value> credentials = body.list(CREDENTIALS);
        for (int i = 0; i < credentials.size(); i++) {
            if (credentials.get(i) instanceof Value.MapOf credential
                    && credential.text("type").filter(type -> !type.equals("password")).isEmpty()
                    && List.of("value", "secretData", "hashedSaltedValue").stream().noneMatch(credential::has)) {
                pieces.problem("a password of the user " + user.name() + " is neither said nor hashed",
                        user.origin().at(CREDENTIALS).at(String.valueOf(i)),
                        "Give it a value, best as $(secret:name), or take it out.");
            }
        }
    }

    /** The server takes them from the fields and ignores the attributes. */
    private static void refuseProfileFields(Pieces.Member user, Value.MapOf body, Pieces pieces) {
        for (String field : List.of("username", "email", "firstName", "lastName")) {
            if (body.map(Attributes.FIELD).has(field)) {
                pieces.problem(field + " of the user " + user.name() + " stands among its attributes",
                        user.origin().at(Attributes.FIELD).at(field),
                        "It is a field of its own: write it beside attributes.");
            }
        }
    }
}
