package dev.realmform.keycloak;

import dev.realmform.keycloak.AccessHolders.Holders;
import dev.realmform.model.Access;
import dev.realmform.model.AccessGraph;
import dev.realmform.model.AccessGraph.Edge;
import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads who has what, as far as a plan touches it: the members of the groups and roles that it changes, and what these users
 * have by other ways. Nothing is read for a plan that moves no access.
 */
final class AccessReads {

    private static final Set<String> ROLES = Set.of(RealmRoleType.NAME, ClientRoleType.NAME);
    private static final Set<String> USERS = Set.of(UserType.NAME, ServiceAccountType.NAME);

    private final Reader reader;
    private final Plan plan;
    private final Ids ids;
    private final Renames renames;
    private final Set<Address> made;
    private final SortedMap<String, AccessRealm> realms = new TreeMap<>();
    private final Map<String, AccessNodes> nodes = new HashMap<>();
    private final SortedSet<Address> users = new TreeSet<>();
    /** How many of them are there already. */
    private long live;
    private final SortedMap<Address, String> uncounted = new TreeMap<>();
    private final Map<Address, Set<Address>> before = new ConcurrentHashMap<>();

    private AccessReads(Reader reader, Plan plan, Ids ids) {
        this.reader = reader;
        this.plan = plan;
        this.ids = ids;
        this.renames = Renames.of(plan);
        this.made = AccessSteps.of(plan).made();
    }

    /** What a review of access is made of; empty if the plan moves none. */
    static Optional<AccessGraph> of(Reader reader, Plan plan, Ids ids) {
        boolean moves = !AccessSteps.of(plan).isEmpty();
        boolean welcomes = AccessSteps.of(plan).made().stream().anyMatch(one -> USERS.contains(one.type()));
        boolean parts = plan.changes()
                .stream()
                .anyMatch(change -> change instanceof Change.Delete
                        && change.address().type().equals(ClientType.NAME));
        return !moves && !welcomes && !parts ? Optional.empty()
                : Optional.of(new AccessReads(reader, plan, ids).graph());
    }

    private AccessGraph graph() {
        plan.changes().stream().map(change -> change.address().root()).distinct().forEach(this::realm);
        List<Step> steps = new AccessSteps(plan, new Welcome(plan, renames, this::realm),
                (realm, name) -> realm(realm).account(name, plan), this::rolesOf).all();
        steps.forEach(this::expect);
        Map<Address, Holders> holders = holders(steps);
        steps.forEach(step -> concerned(step, holders));
        Set<Address> open = new HashSet<>(users);
        open.addAll(uncounted.keySet());
        steps.forEach(step -> step.tied().forEach(edge -> open.add(edge.to())));
        read(open);
        return new AccessGraph(before, steps, users, roles(steps), uncounted, effective(steps));
    }

    private AccessRealm realm(String name) {
        return realms.computeIfAbsent(name, unseen -> AccessRealm.read(reader, name, renames));
    }

    /** The realm of an address on the server; empty where there is nothing to be read. */
    private Optional<AccessNodes> nodes(Address address) {
        AccessRealm realm = realm(address.root());
        return realm.live().isEmpty() || made.contains(address) ? Optional.empty()
                : Optional.of(nodes.computeIfAbsent(address.root(),
                        unseen -> new AccessNodes(reader, realm, plan, renames, ids)));
    }

    private void expect(Step step) {
        for (Edge edge : step.tied()) {
            if (edge.to().type().equals(GroupType.NAME)) {
                nodes(edge.to()).ifPresent(known -> known.expect(edge.to()));
            }
        }
        touched(step).stream()
                .filter(node -> node.type().equals(GroupType.NAME))
                .forEach(group -> nodes(group).ifPresent(known -> known.expect(group)));
    }

    private Set<Address> rolesOf(Address client) {
        Set<Address> roles = new HashSet<>();
        nodes(client).ifPresent(known -> roles.addAll(known.rolesOf(client)));
        return roles;
    }

    private static SortedSet<Address> touched(Step step) {
        SortedSet<Address> touched = new TreeSet<>(step.gone());
        step.cut().forEach(edge -> touched.add(edge.from()));
        step.tied().forEach(edge -> touched.add(edge.from()));
        return touched;
    }

    /** The users of the groups and roles that are touched. */
    private Map<Address, Holders> holders(List<Step> steps) {
        Set<Address> asked = new TreeSet<>();
        steps.forEach(step -> touched(step).stream()
                .filter(node -> !USERS.contains(node.type()) && nodes(node).isPresent())
                .forEach(asked::add));
        Map<String, AccessHolders> byRealm = new ConcurrentHashMap<>();
        Map<Address, Holders> holders = new ConcurrentHashMap<>();
        reader.each(asked, node -> holders.put(node, byRealm
                .computeIfAbsent(node.root(), name -> new AccessHolders(reader, realm(name), nodes(node).orElseThrow(),
                        renames))
                .of(node)));
        return holders;
    }

    /** Whom a step may concern: within the number, in the order of the plan. */
    private void concerned(Step step, Map<Address, Holders> holders) {
        for (Address node : touched(step)) {
            if (USERS.contains(node.type())) {
                add(Set.of(node), node);
            } else if (holders.containsKey(node)) {
                switch (holders.get(node)) {
                    case Holders.Told(Set<Address> told) -> add(told, node);
                    case Holders.Untold(String why) -> uncounted.put(node, why);
                }
            }
        }
    }

    private void add(Set<Address> more, Address by) {
        long fresh = more.stream().filter(user -> !made.contains(user) && !users.contains(user)).count();
        if (live + fresh > AccessHolders.MOST) {
            uncounted.put(by, "this plan touches more than 1,000 users");
        } else {
            users.addAll(more);
            live += fresh;
        }
    }

    /** What each of these has, and what that has in turn; wave by wave, each at once. */
    private void read(Set<Address> from) {
        Set<Address> open = new HashSet<>(from);
        while (!open.isEmpty()) {
            open.forEach(this::nodes);
            reader.each(open, node -> before.put(node, nodes(node).map(known -> known.has(node)).orElse(Set.of())));
            Set<Address> next = new HashSet<>();
            open.forEach(node -> next.addAll(before.getOrDefault(node, Set.of())));
            next.removeAll(before.keySet());
            open = next;
        }
    }

    private Set<Address> roles(List<Step> steps) {
        Set<Address> all = new HashSet<>();
        before.values().forEach(all::addAll);
        steps.forEach(step -> {
            all.addAll(step.gone());
            step.tied().forEach(edge -> all.addAll(List.of(edge.from(), edge.to())));
            step.cut().forEach(edge -> all.addAll(List.of(edge.from(), edge.to())));
        });
        all.removeIf(node -> !ROLES.contains(node.type()));
        return all;
    }

    private SortedMap<String, Access.Lifespan> effective(List<Step> steps) {
        SortedMap<String, Access.Lifespan> effective = new TreeMap<>();
        steps.forEach(step -> effective.computeIfAbsent(step.by().root(), name -> realm(name).lifespan(plan)));
        return effective;
    }
}
