package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has a group or role at present, by whatever way; told one by one up to a number. */
final class AccessHolders {

    /** More are not read: it would take longer than the rest of the plan. */
    static final int MOST = 1000;

    private static final int MOST_CLIENTS = 300;

    private static final Map<String, String> BRIEF = Map.of("briefRepresentation", "true");

    /** The users who have something, or why they cannot be told. */
    sealed interface Holders {

        record Told(Set<Address> users) implements Holders {}

        record Untold(String why) implements Holders {}
    }

    /** There are too many. */
    private static final class TooManyException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooManyException(String why) {
            super(why, null, false, false);
        }
    }

    private final Reader reader;
    private final AccessRealm realm;
    private final String live;
    private final AccessNodes nodes;
    private final Renames renames;
    private Optional<Map<Address, Set<Address>>> composedInto = Optional.empty();

    AccessHolders(Reader reader, AccessRealm realm, AccessNodes nodes, Renames renames) {
        this.reader = reader;
        this.realm = realm;
        this.live = realm.live().orElseThrow();
        this.nodes = nodes;
        this.renames = renames;
    }

    Holders of(Address node) {
        try {
            Set<Address> users = new HashSet<>();
            Optional<String> id = nodes.id(node);
            if (id.isPresent() && node.type().equals(GroupType.NAME)) {
                members(id.get(), users);
            } else if (id.isPresent()) {
                roleAndParents(node, users, new HashSet<>());
            }
            return new Holders.Told(users);
        } catch (TooManyException e) {
            return new Holders.Untold(String.valueOf(e.getMessage()));
        } catch (ProblemException e) {
            Problem problem = e.problems().getFirst();
            if (problem.kind() != Problem.Kind.FORBIDDEN) {
                throw e;
            }
            return new Holders.Untold(problem.what());
        }
    }

    /** Those in the group and in the groups inside it. */
    private void members(String group, Set<Address> users) {
        add(reader.page(0, MOST + 1, BRIEF, live, "groups", group, "members"), users);
        reader.objects(Map.of("briefRepresentation", "true", "max", "-1"), live, "groups", group, "children")
                .forEach(child -> members(child.text("id").orElse(""), users));
    }

    private void add(List<Value.MapOf> bodies, Set<Address> users) {
        bodies.forEach(body -> users.add(nodes.user(body)));
        if (bodies.size() > MOST || users.size() > MOST) {
            throw new TooManyException("more than 1,000 users");
        }
    }

    private void roleAndParents(Address role, Set<Address> users, Set<Address> seen) {
        if (!seen.add(role)) {
            return;
        }
        if (role.equals(realm.defaultRole())) {
            refuseTooManyUsers();
        }
        String[] way = way(role);
        add(reader.page(0, MOST + 1, BRIEF, with(way, "users")), users);
        reader.objects(Map.of("briefRepresentation", "true", "max", "-1"), with(way, "groups"))
                .forEach(group -> members(group.text("id").orElse(""), users));
        composedInto().getOrDefault(role, Set.of()).forEach(parent -> roleAndParents(parent, users, seen));
    }

    /** The default role is everybody's: their number is known without reading them. */
    private void refuseTooManyUsers() {
        if (reader.value(live, "users", "count").orElse(Value.NULL) instanceof Value.Num count
                && count.value().longValue() > MOST) {
            throw new TooManyException("the default role of " + count.plain() + " users");
        }
    }

    private String[] way(Address role) {
        Address there = renames.live(role);
        return role.type().equals(RealmRoleType.NAME)
                ? new String[]{live, "roles", there.name()}
                : new String[]{live, "clients", clientId(there.key().get(1)), "roles", there.name()};
    }

    private String clientId(String name) {
        return realm.clients()
                .entrySet()
                .stream()
                .filter(client -> client.getValue().text("clientId").filter(name::equals).isPresent())
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static String[] with(String[] way, String last) {
        String[] longer = java.util.Arrays.copyOf(way, way.length + 1);
        longer[way.length] = last;
        return longer;
    }

    /** Which roles a role is part of. The server does not tell: all that are composed of others are asked. */
    private synchronized Map<Address, Set<Address>> composedInto() {
        if (composedInto.isEmpty()) {
            if (realm.clients().size() > MOST_CLIENTS) {
                throw new TooManyException("it may be part of roles of " + realm.clients().size() + " clients");
            }
            Map<Address, Set<Address>> into = new ConcurrentHashMap<>();
            composed(into, live, "roles");
            reader.each(realm.clients().keySet(), client -> composed(into, live, "clients", client, "roles"));
            composedInto = Optional.of(into);
        }
        return composedInto.get();
    }

    private void composed(Map<Address, Set<Address>> into, String... way) {
        reader.each(reader.objects(way).stream().filter(role -> role.isTrue("composite")).toList(), role -> {
            Address parent = nodes.role(role);
            nodes.composites(role.text("id").orElse(""))
                    .forEach(part -> into.computeIfAbsent(part, unseen -> ConcurrentHashMap.newKeySet()).add(parent));
        });
    }
}
