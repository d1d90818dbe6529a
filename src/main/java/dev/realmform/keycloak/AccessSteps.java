package dev.realmform.keycloak;

import dev.realmform.model.AccessGraph.Edge;
import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the changes of a plan do to who has what. Pure.
 *
 * @param given   what the server gives to who is made by a change: the default role and groups
 * @param account the user or service account of that name in a realm
 * @param rolesOf the roles that a client has on the server
 */
record AccessSteps(Plan plan, Function<Change, List<Address>> given, BiFunction<String, String, Address> account,
        Function<Address, Set<Address>> rolesOf) {

    /** As far as it can be told without the server. */
    static AccessSteps of(Plan plan) {
        return new AccessSteps(plan, change -> List.of(), UserType::address, client -> Set.of());
    }

    /** In the order of the plan. Where a realm goes as a whole, nobody is left who could lose anything. */
    List<Step> all() {
        return each().toList();
    }

    boolean isEmpty() {
        return each().findFirst().isEmpty();
    }

    private Stream<Step> each() {
        return plan.changes()
                .stream()
                .filter(change -> plan.change(RealmType.address(change.address().root()))
                        .filter(Change.Delete.class::isInstance)
                        .isEmpty())
                .map(this::of)
                .filter(step -> !step.isEmpty());
    }

    private Step of(Change change) {
        Moved moved = new Moved(change.address());
        if (change instanceof Change.Forget) {
            return moved.step();
        }
        switch (change.address().type()) {
            case RealmRoleType.NAME, ClientRoleType.NAME -> {
                roles(change, moved, RoleBodies.REALM, RoleBodies.CLIENT);
                goes(change, moved);
            }
            case GroupType.NAME -> {
                roles(change, moved, Path.of(RoleGrants.REALM_ROLES), Path.of(RoleGrants.CLIENT_ROLES));
                if (change instanceof Change.Create) {
                    around(change.address()).ifPresent(moved::ties);
                }
                goes(change, moved);
            }
            case UserType.NAME, ServiceAccountType.NAME -> {
                roles(change, moved, Path.of(RoleGrants.REALM_ROLES), Path.of(RoleGrants.CLIENT_ROLES));
                sets(change, Path.of(GroupPaths.FIELD), path -> GroupPath.address(change.address().root(), path),
                        moved);
                if (change instanceof Change.Create create) {
                    welcome(create, moved);
                }
                goes(change, moved);
            }
            case GroupMembersType.NAME -> members(change, moved);
            case ClientType.NAME -> client(change, moved);
            default -> {
            }
        }
        return moved.step();
    }

    private static void goes(Change change, Moved moved) {
        if (change instanceof Change.Delete) {
            moved.gone.add(change.address());
        }
    }

    /** What lies around a group gives it its roles. */
    static Optional<Address> around(Address group) {
        return group.key().size() < 3 ? Optional.empty()
                : Optional.of(new Address(GroupType.NAME, group.key().subList(0, group.key().size() - 1)));
    }

    /** A service account has been welcomed with its client; whom the file takes the default role from has it no more. */
    private void welcome(Change.Create create, Moved moved) {
        String realm = create.address().root();
        if (create.address().type().equals(UserType.NAME)) {
            boolean listed = create.desired()
                    .value()
                    .get(GroupPaths.FIELD)
                    .filter(Value.ListOf.class::isInstance)
                    .isPresent();
            given.apply(create)
                    .stream()
                    .filter(one -> !listed || !one.type().equals(GroupType.NAME))
                    .forEach(moved::ties);
        }
        for (String role : UserType.takenAtOnce(create.desired())) {
            Address taken = Address.of(RealmRoleType.NAME, realm, role);
            moved.cuts(taken);
            moved.tied.remove(new Edge(create.address(), taken));
        }
    }

    private static void roles(Change change, Moved moved, Path realm, Path client) {
        String root = change.address().root();
        sets(change, realm, role -> Address.of(RealmRoleType.NAME, root, role), moved);
        Set<String> clients = new TreeSet<>();
        for (Value.MapOf side : List.of(before(change), after(change))) {
            if (side.at(client).orElse(Value.NULL) instanceof Value.MapOf map) {
                clients.addAll(map.fields().keySet());
            }
        }
        clients.forEach(id -> sets(change, client.then(id), role -> Address.of(ClientRoleType.NAME, root, id, role),
                moved));
    }

    private static void sets(Change change, Path path, Function<String, Address> named, Moved moved) {
        if (!(change instanceof Change.Delete)) {
            Sets sets = Sets.between(before(change), after(change), path);
            sets.added().forEach(name -> moved.ties(named.apply(name)));
            sets.removed().forEach(name -> moved.cuts(named.apply(name)));
        }
    }

    private void members(Change change, Moved moved) {
        Address group = GroupMembersType.group(change.address());
        Sets members = Sets.between(before(change), after(change), Path.of(GroupMembersType.MEMBERS));
        members.added().forEach(name -> moved.tied.add(new Edge(account.apply(group.root(), name), group)));
        members.removed().forEach(name -> moved.cut.add(new Edge(account.apply(group.root(), name), group)));
    }

    /** Service accounts are made with the client, or when it gets the right to have one, and go likewise. */
    private void client(Change change, Moved moved) {
        Address client = change.address();
        Address account = ServiceAccountType.address(client.root(), client.name());
        if (getsAccount(change)) {
            given.apply(change).forEach(one -> moved.tied.add(new Edge(account, one)));
        } else if (has(before(change)) && (change instanceof Change.Delete || !has(after(change)))) {
            moved.gone.add(account);
        }
        if (change instanceof Change.Delete) {
            moved.gone.addAll(rolesOf.apply(client));
        }
    }

    private static boolean getsAccount(Change change) {
        return !(change instanceof Change.Delete) && !has(before(change)) && has(after(change));
    }

    private static boolean has(Value.MapOf client) {
        return client.isTrue("serviceAccountsEnabled") || client.isTrue("authorizationServicesEnabled");
    }

    /** What is not on the server before the plan. */
    Set<Address> made() {
        Set<Address> made = new HashSet<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create) {
                made.add(change.address());
            }
            if (change.address().type().equals(ClientType.NAME) && getsAccount(change)) {
                made.add(ServiceAccountType.address(change.address().root(), change.address().name()));
            }
        }
        return made;
    }

    private static Value.MapOf before(Change change) {
        return change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
    }

    private static Value.MapOf after(Change change) {
        return Wire.planned(change).value();
    }

    /** A step in the making. */
    private static final class Moved {

        private final Address by;
        private final Set<Address> gone = new HashSet<>();
        private final Set<Edge> cut = new HashSet<>();
        private final Set<Edge> tied = new HashSet<>();

        Moved(Address by) {
            this.by = by;
        }

        void ties(Address to) {
            tied.add(new Edge(by, to));
        }

        void cuts(Address to) {
            cut.add(new Edge(by, to));
        }

        Step step() {
            return new Step(by, gone, cut, tied);
        }
    }
}
