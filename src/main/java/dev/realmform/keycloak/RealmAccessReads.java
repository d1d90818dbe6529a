package dev.realmform.keycloak;

import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.AccessQuestion;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.RealmAccess;
import dev.realmform.model.RealmAccess.Account;
import dev.realmform.model.RealmAccess.Standing;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads who has what in a realm, as far as a question goes: from the roles and groups that it names up to whoever has them, and
 * from the users that it names down to what they have. With a plan, as it will be once that is carried out.
 */
final class RealmAccessReads {

    private static final Set<String> ROLES = Set.of(RealmRoleType.NAME, ClientRoleType.NAME);
    private static final Set<String> USERS = Set.of(UserType.NAME, ServiceAccountType.NAME);
    private static final Map<String, String> BRIEF = Map.of("briefRepresentation", "true");
    private static final Map<String, String> ALL = Map.of("briefRepresentation", "true", "max", "-1");

    private final Reader reader;
    private final Plan plan;
    private final Ids ids;
    private final Renames renames;
    private final AccessRealm realm;
    private final Optional<AccessNodes> nodes;
    private final Optional<RoleBook> book;
    private final boolean withUsers;
    private final List<Step> steps;
    private final Set<Address> made;
    private final Map<Address, Set<Address>> has = new ConcurrentHashMap<>();
    private final Map<Address, Account> accounts = new ConcurrentHashMap<>();

    private RealmAccessReads(Reader reader, String name, AccessQuestion question, Plan plan, Ids ids) {
        this.reader = reader;
        this.plan = plan;
        this.withUsers = question.depth() == AccessQuestion.Depth.USERS;
        this.ids = ids;
        this.renames = Renames.of(plan);
        this.realm = AccessRealm.read(reader, name, renames);
        this.nodes = realm.live().map(live -> new AccessNodes(reader, realm, plan, renames, ids));
        this.book = nodes.map(known -> RoleBook.read(reader, realm, known));
        AccessSteps all = new AccessSteps(plan, new Welcome(plan, renames, _ -> realm),
                (_, user) -> realm.account(user, plan),
                client -> rolesOf(client, book));
        this.steps = all.all().stream().filter(step -> step.by().root().equals(name)).toList();
        this.made = new HashSet<>(all.made());
        made.removeIf(address -> !address.root().equals(name));
    }

    /** @param plan what is to come about before the question is answered; an empty one for how it is */
    static RealmAccess of(Reader reader, String realm, AccessQuestion question, Plan plan, Ids ids) {
        return new RealmAccessReads(reader, realm, question, plan, ids).answer(question);
    }

    private static Set<Address> rolesOf(Address client, Optional<RoleBook> book) {
        Set<Address> roles = new HashSet<>(book.map(RoleBook::roles).orElse(Set.of()));
        roles.removeIf(role -> role.key().size() < 3 || !role.key().get(1).equals(client.name()));
        return roles;
    }

    private RealmAccess answer(AccessQuestion question) {
        Set<Address> roles = new HashSet<>(book.map(RoleBook::roles).orElse(Set.of()));
        made.stream().filter(address -> ROLES.contains(address.type())).forEach(roles::add);
        Set<Address> groups = new HashSet<>();
        question.groups().stream().map(path -> GroupPath.address(realm.name(), path)).forEach(groups::add);
        groups.removeIf(group -> !made.contains(group) && !isThere(group));
        Set<Address> from = new HashSet<>(groups);
        from.addAll(question.roles().apply(roles));
        up(from);
        Set<Address> users = new HashSet<>();
        question.users().forEach(user -> account(user).ifPresent(users::add));
        down(users);
        return after(roles, groups);
    }

    private boolean isThere(Address group) {
        nodes.ifPresent(known -> known.expect(group));
        return nodes.flatMap(known -> known.id(group)).isPresent();
    }

    private void up(Set<Address> from) {
        Set<Address> seen = new HashSet<>(from);
        Set<Address> open = from;
        while (!open.isEmpty()) {
            Set<Address> next = ConcurrentHashMap.newKeySet();
            reader.each(open, node -> holders(node, next));
            Set<Address> reached = open;
            steps.forEach(step -> step.tied()
                    .stream()
                    .filter(edge -> reached.contains(edge.to()))
                    .forEach(edge -> next.add(edge.from())));
            next.removeAll(seen);
            seen.addAll(next);
            open = next;
        }
    }

    /** Whoever has it itself on the server. */
    private void holders(Address node, Set<Address> into) {
        if (nodes.isEmpty() || made.contains(node) || USERS.contains(node.type())) {
            return;
        }
        AccessNodes known = nodes.get();
        Set<Address> holders = new HashSet<>();
        if (node.type().equals(GroupType.NAME)) {
            known.id(node).ifPresent(id -> {
                String live = realm.live().orElseThrow();
                holders.addAll(users(new String[]{live, "groups", id, "members"}));
                reader.objects(ALL, live, "groups", id, "children")
                        .forEach(child -> holders.add(known.child(node, child)));
            });
        } else {
            book.flatMap(roles -> roles.way(node, "users")).ifPresent(way -> holders.addAll(users(way)));
            book.flatMap(roles -> roles.way(node, "groups"))
                    .ifPresent(way -> reader.objects(ALL, way).forEach(group -> holders.add(known.group(group))));
            book.ifPresent(roles -> holders.addAll(roles.composedInto(node)));
        }
        holders.forEach(holder -> tie(holder, node));
        into.addAll(holders);
    }

    private Set<Address> users(String[] way) {
        Set<Address> users = new HashSet<>();
        if (!withUsers) {
            return users;
        }
        reader.pages(0, Joined.PAGE, BRIEF, way).forEach(body -> users.add(user(body)));
        return users;
    }

    private Address user(Value.MapOf body) {
        Address user = nodes.orElseThrow().user(body);
        body.text("id").ifPresent(id -> ids.put(user, id));
        accounts.put(user, new Account(body.text("username").orElse(""),
                body.isTrue("enabled") ? Standing.ENABLED : Standing.DISABLED));
        return user;
    }

    private void tie(Address from, Address to) {
        has.computeIfAbsent(from, unseen -> ConcurrentHashMap.newKeySet()).add(to);
    }

    /** A user or service account by its name, present or to come. */
    private Optional<Address> account(String username) {
        Address address = realm.account(username, plan);
        if (made.contains(address)) {
            return Optional.of(address);
        }
        return realm.live().flatMap(live -> found(live, address)).map(this::user);
    }

    private Optional<Value.MapOf> found(String live, Address address) {
        Address there = renames.live(address);
        if (!address.type().equals(ServiceAccountType.NAME)) {
            return UserSearch.user(reader, UserType.address(live, there.name()));
        }
        return realm.clients()
                .entrySet()
                .stream()
                .filter(client -> client.getValue().text("clientId").filter(there.name()::equals).isPresent())
                .filter(client -> client.getValue().isTrue("serviceAccountsEnabled"))
                .findFirst()
                .flatMap(client -> reader.object(live, "clients", client.getKey(), "service-account-user"));
    }

    /** What each of these has, and what that has in turn; wave by wave, each at once. */
    private void down(Set<Address> from) {
        Set<Address> seen = new HashSet<>(from);
        Set<Address> open = from;
        while (!open.isEmpty()) {
            Set<Address> next = ConcurrentHashMap.newKeySet();
            reader.each(open, node -> {
                if (nodes.isPresent() && !made.contains(node)) {
                    nodes.get().has(node).forEach(one -> {
                        tie(node, one);
                        next.add(one);
                    });
                }
            });
            Set<Address> reached = open;
            steps.forEach(step -> step.tied()
                    .stream()
                    .filter(edge -> reached.contains(edge.from()))
                    .forEach(edge -> next.add(edge.to())));
            next.removeAll(seen);
            seen.addAll(next);
            open = next;
        }
    }

    private RealmAccess after(Set<Address> roles, Set<Address> groups) {
        Map<Address, Set<Address>> holds = new HashMap<>();
        has.forEach((from, to) -> holds.put(from, new HashSet<>(to)));
        Set<Address> gone = new HashSet<>();
        for (Step step : steps) {
            step.cut().forEach(edge -> holds.getOrDefault(edge.from(), new HashSet<>()).remove(edge.to()));
            gone.addAll(step.gone());
            step.tied().forEach(edge -> holds.computeIfAbsent(edge.from(), unseen -> new HashSet<>()).add(edge.to()));
        }
        holds.keySet().removeAll(gone);
        holds.values().forEach(to -> to.removeAll(gone));
        roles.removeAll(gone);
        Set<Address> met = new TreeSet<>(groups);
        holds.forEach((from, to) -> {
            met.add(from);
            met.addAll(to);
        });
        met.removeIf(node -> !node.type().equals(GroupType.NAME) || gone.contains(node));
        return new RealmAccess(realm.name(), holds, accounts(holds.keySet(), gone), new TreeSet<>(roles),
                new TreeSet<>(met), realm.defaultRole());
    }

    /** Whoever was met: on the server, or made by the plan. */
    private SortedMap<Address, Account> accounts(Set<Address> holders, Set<Address> gone) {
        Set<Address> unread = new TreeSet<>(holders);
        unread.addAll(made);
        unread.removeIf(node -> !USERS.contains(node.type()) || accounts.containsKey(node) || gone.contains(node));
        reader.each(unread, user -> {
            if (!made.contains(user)) {
                realm.live().flatMap(live -> found(live, user)).ifPresent(this::user);
            }
        });
        SortedMap<Address, Account> all = new TreeMap<>(accounts);
        unread.stream()
                .filter(user -> !all.containsKey(user) && made.contains(user))
                .forEach(user -> all.put(user, new Account(username(user), Standing.ENABLED)));
        all.keySet().removeAll(gone);
        all.replaceAll(this::planned);
        return all;
    }

    private static String username(Address user) {
        return user.type().equals(ServiceAccountType.NAME)
                ? UserType.canonicalName(ServiceAccountType.PREFIX + user.name())
                : user.name();
    }

    /** What the plan says of whether somebody may log in; whom it makes, the server lets in only if it says so. */
    private Account planned(Address user, Account account) {
        Optional<Change> change = plan.change(user).filter(it -> !(it instanceof Change.Forget));
        if (change.isEmpty() || user.type().equals(ServiceAccountType.NAME)) {
            return account;
        }
        boolean enabled = Wire.planned(change.get()).value().isTrue("enabled");
        return new Account(account.username(), enabled ? Standing.ENABLED : Standing.DISABLED);
    }
}
