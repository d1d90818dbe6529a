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
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The mail by which a new user is asked to set a password, where the file says so on the user ({@code $invite}). It is sent once.
 *
 * <p>A mail leaves no trace on the server, so the state remembers it. It goes to users whom realmform made, after their
 * memberships: in the run that makes them, and in a later one if it could not be sent then and they have no way to log in yet.
 */
final class InvitationType implements KeycloakType {

    static final String NAME = "invitation";

    /** The key on a user. */
    static final String KEY = "$invite";

    static final String CLIENT = "client";
    static final String LIFESPAN = "lifespan";

    /** The groups that the user joins before, as far as they say so themselves. */
    static final String AFTER = "after";

    private static final String BY = "by";
    private static final String EMAIL = "email";

    /** Marks a live user who needs no mail. */
    private static final String NEEDLESS = "needless";

    private static final Schema SCHEMA = Schema.of(Map.of(BY, Field.any().createOnly(), CLIENT,
            Field.any().createOnly(), LIFESPAN, Field.any().createOnly(), AFTER, Field.set().createOnly()));

    static Address of(Address user) {
        return new Address(NAME, user.key());
    }

    private static Address user(Address invitation) {
        return new Address(UserType.NAME, invitation.key());
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
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(user(address));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Address address = desired.address();
        String realm = address.root();
        Set<Reference> references = new HashSet<>();
        references.add(KeycloakType.realm(desired));
        references.add(new Reference(user(address), Path.ROOT));
        desired.value()
                .text(CLIENT)
                .ifPresent(
                        id -> references.add(new Reference(Address.of(ClientType.NAME, realm, id), Path.of(CLIENT))));
        for (String path : RoleNames.asked(desired.value().get(AFTER).orElse(Value.NULL))) {
            Address group = GroupPath.address(realm, path);
            references.add(new Reference(new Address(GroupMembersType.NAME, group.key()), Path.of(AFTER)));
        }
        return references;
    }

    /** The mail server may be a change of the realm, the address one of the user. */
    @Override
    public boolean awaits(Address invitation, Address needed) {
        return true;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<String, Value.MapOf> users = new HashMap<>();
        UserSearch.users(reader, wanted)
                .forEach(user -> users.put(UserType.canonicalName(user.text("username").orElse("")), user));
        reader.each(wanted.of(NAME), address -> {
            Value.MapOf user = users.get(address.name());
            if (user == null) {
                return;
            }
            if (wanted.isHeld(address)) {
                Value.MapOf sent = wanted.declared(address).map(Resource::value).orElse(Value.EMPTY_MAP);
                found.add(this, address, sent, Optional.empty(), false);
            } else if (!wanted.isMade(user(address)) || canLogIn(reader, wanted.realm(), user)) {
                found.add(this, address, Value.EMPTY_MAP.with(NEEDLESS, Value.bool(true)), Optional.empty(), false);
            }
        });
    }

    private static boolean canLogIn(Reader reader, String realm, Value.MapOf user) {
        String id = user.text("id").orElse("");
        return user.has("federationLink") || !reader.objects(realm, "users", id, "credentials").isEmpty()
                || !reader.objects(realm, "users", id, "federated-identity").isEmpty();
    }

    /** The declared resources without mails to those who need none. */
    static SortedMap<Address, Resource> needed(SortedMap<Address, Resource> declared, LiveState live) {
        SortedMap<Address, Resource> needed = new TreeMap<>(declared);
        needed.keySet()
                .removeIf(address -> address.type().equals(NAME) && live.find(address)
                        .filter(object -> object.resource().value().has(NEEDLESS))
                        .isPresent());
        return needed;
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public List<Call> calls(Change change) {
        if (!(change instanceof Change.Create create)) {
            return Call.none();
        }
        Address address = create.address();
        Value.MapOf planned = create.planned().value();
        Map<String, String> query = new HashMap<>();
        planned.text(CLIENT).ifPresent(client -> query.put("client_id", client));
        if (planned.get(LIFESPAN).orElse(Value.NULL) instanceof Value.Num seconds) {
            query.put(LIFESPAN, seconds.plain());
        }
        Way way = Way.realm(address.root()).then("users").id(user(address)).then("execute-actions-email");
        return List.of(Call.put(way, Value.texts(List.of("UPDATE_PASSWORD"))).asking(query).onlyOnce());
    }

    @Override
    public Problem explained(Problem refusal) {
        if (refusal.kind() == Problem.Kind.FORBIDDEN) {
            return refusal;
        }
        return new Problem(refusal.kind(), "the mail to set a password is not known to be sent: " + refusal.what(),
                refusal.where(),
                "The user is there, and the next plan offers the mail again. See to smtpServer of the realm first: "
                        + refusal.remedy(),
                refusal.cause());
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        Set<String> withoutServer = new HashSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create create && create.address().type().equals(NAME)) {
                problems.addAll(obstacles(plan, reader, create, withoutServer));
            }
        }
        return problems;
    }

    private static List<Problem> obstacles(Plan plan, Reader reader, Change.Create create,
            Set<String> withoutServer) {
        Address user = user(create.address());
        String realm = user.root();
        String where = create.desired().source().exact();
        List<Problem> problems = new ArrayList<>();
        Value.MapOf person = becoming(plan, user)
                .or(() -> UserSearch.user(reader, user))
                .orElse(Value.EMPTY_MAP);
        if (person.text(EMAIL).filter(mail -> !mail.isBlank()).isEmpty()) {
            problems.add(Problem.invalid(user.name() + " is to be invited by e-mail and has no e-mail address", where,
                    "Write it: users: {" + user.name() + ": {email: ...}}, or take the invitation back."));
        }
        if (!person.isTrue("enabled")) {
            problems.add(Problem.invalid(user.name() + " is to be invited by e-mail and is not enabled", where,
                    "Write enabled: true, since Keycloak sends no mail to others, or take the invitation back."));
        }
        Optional<Value.MapOf> settings = becoming(plan, RealmType.address(realm)).or(() -> reader.object(realm));
        if (!hasMailServer(settings) && withoutServer.add(realm)) {
            problems.add(Problem.invalid("users are to be invited by e-mail, and the realm " + realm
                    + " has no mail server", where,
                    "Write smtpServer: {host: ..., from: ...} at the top level, or take the invitations back."));
        }
        return problems;
    }

    private static Optional<Value.MapOf> becoming(Plan plan, Address address) {
        return plan.change(address)
                .filter(change -> !(change instanceof Change.Forget))
                .map(change -> Wire.planned(change).value());
    }

    private static boolean hasMailServer(Optional<Value.MapOf> realm) {
        return realm.map(settings -> settings.map("smtpServer"))
                .flatMap(server -> server.get("host"))
                .filter(host -> !host.equals(Value.NULL) && !host.equals(Value.text("")))
                .isPresent();
    }

    @Override
    public List<String> place(Address address) {
        return new UserType().place(user(address));
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(KEY, live.value());
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<GroupSection.Group> groups = GroupSection.of(realm, document, origin, new Pieces());
        for (Pieces.Member user : new Pieces().members(document, origin, "users", "username")) {
            if (user.body() instanceof Value.MapOf body && isAsked(body)) {
                Address address = UserType.address(realm, user.name());
                Value.MapOf invitation = body.map(KEY).with(BY, Value.text(EMAIL));
                List<String> after = groups.stream()
                        .filter(group -> names(group).contains(address.name()))
                        .map(group -> GroupPath.text(group.address()))
                        .toList();
                pieces.add(this, of(address),
                        after.isEmpty() ? invitation : invitation.with(AFTER, Value.texts(after)),
                        user.origin().at(KEY));
            }
        }
    }

    private static boolean isAsked(Value.MapOf user) {
        return user.has(KEY) && !user.get(KEY).equals(Optional.of(Value.NULL)) && !user.isTrue("$delete");
    }

    /** Whom a group names as its members. */
    private static List<String> names(GroupSection.Group group) {
        Value members = GroupMembersType.names(group.whole().get(GroupMembersType.KEY).orElse(Value.NULL));
        return RoleNames.asked(members).stream().map(UserType::canonicalName).toList();
    }
}
