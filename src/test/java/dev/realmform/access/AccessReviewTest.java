package dev.realmform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Access;
import dev.realmform.model.Access.Way;
import dev.realmform.model.Access.Who;
import dev.realmform.model.AccessGraph;
import dev.realmform.model.AccessGraph.Edge;
import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AccessReviewTest {

    private static final int GRAPHS = Integer.getInteger("graphs", 400);

    private static final Address ADA = Address.of("user", "r", "ada");
    private static final Address BOB = Address.of("user", "r", "bob");
    private static final Address STAFF = Address.of("group", "r", "Staff");
    private static final Address TEAM = Address.of("group", "r", "Staff", "Team");
    private static final Address AUDIT = Address.of("role", "r", "audit");
    private static final Address READ = Address.of("role", "r", "read");

    private final Map<Address, Set<Address>> before = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final TreeMap<Address, String> uncounted = new TreeMap<>();

    @Test
    void aGroupGivesItsRolesToMembersOfGroupsInsideItAndWithThemWhatTheyAreComposedOf() {
        has(ADA, TEAM);
        has(TEAM, STAFF);
        has(AUDIT, READ);
        has(BOB, READ);
        has(BOB, STAFF);
        tie(STAFF, AUDIT);
        assertThat(moves()).containsExactly(
                new Access.Move(STAFF, Way.GAIN, List.of(AUDIT), new Who.Users(List.of(ADA, BOB))),
                new Access.Move(STAFF, Way.GAIN, List.of(READ), new Who.Users(List.of(ADA))));
    }

    @Test
    void whoKeepsARoleByAnotherWayDoesNotLoseIt() {
        has(ADA, STAFF);
        has(ADA, AUDIT);
        has(BOB, STAFF);
        has(STAFF, AUDIT);
        steps.add(new Step(STAFF, Set.of(), Set.of(new Edge(STAFF, AUDIT)), Set.of()));
        assertThat(moves()).containsExactly(
                new Access.Move(STAFF, Way.LOSE, List.of(AUDIT), new Who.Users(List.of(BOB))));
    }

    @Test
    void whatIsGainedAndLostWithinOnePlanIsNoMove() {
        has(ADA, STAFF);
        has(STAFF, AUDIT);
        steps.add(new Step(STAFF, Set.of(), Set.of(new Edge(STAFF, AUDIT)), Set.of()));
        tie(ADA, AUDIT);
        assertThat(moves()).isEmpty();
    }

    @Test
    void aMoveCountsForTheChangeWithWhichItIsComplete() {
        tie(AUDIT, READ);
        tie(STAFF, AUDIT);
        tie(ADA, STAFF);
        assertThat(moves()).containsExactly(
                new Access.Move(ADA, Way.GAIN, List.of(AUDIT, READ), new Who.Users(List.of(ADA))));
    }

    @Test
    void thoseWhoWereNotReadAreNotCountedAndNameTheReason() {
        uncounted.put(STAFF, "too many");
        has(BOB, STAFF);
        has(STAFF, READ);
        has(AUDIT, READ);
        tie(STAFF, AUDIT);
        assertThat(moves()).containsExactly(
                new Access.Move(STAFF, Way.GAIN, List.of(AUDIT), new Who.Users(List.of(BOB))),
                new Access.Move(STAFF, Way.GAIN, List.of(AUDIT), new Who.NotCounted(STAFF, "too many")));
    }

    @Test
    void itSaysWhatBruteForceSays() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            AccessGraph graph = random(new Random(seed));
            assertThat(said(AccessReview.of(graph))).as("seed %d", seed).isEqualTo(bruteForce(graph));
        }
    }

    /** User, role, direction and the change: taken one by one. */
    private record Fact(Address user, Address role, Way way, Address by) {}

    private static Set<Fact> said(Access access) {
        Set<Fact> facts = new HashSet<>();
        for (Access.Move move : access.moves()) {
            List<Address> users = ((Who.Users) move.who()).users();
            users.forEach(user -> move.roles()
                    .forEach(role -> assertThat(facts.add(new Fact(user, role, move.way(), move.by()))).isTrue()));
        }
        return facts;
    }

    /** All states one after the other, each with its whole closure. */
    private static Set<Fact> bruteForce(AccessGraph graph) {
        Set<Edge> edges = new HashSet<>();
        graph.before().forEach((from, to) -> to.forEach(one -> edges.add(new Edge(from, one))));
        List<Set<Edge>> states = new ArrayList<>(List.of(closed(edges)));
        for (Step step : graph.steps()) {
            edges.removeAll(step.cut());
            edges.removeIf(edge -> step.gone().contains(edge.from()) || step.gone().contains(edge.to()));
            edges.addAll(step.tied());
            states.add(closed(edges));
        }
        Set<Fact> facts = new HashSet<>();
        for (Address user : graph.users()) {
            for (Address role : graph.roles()) {
                Edge has = new Edge(user, role);
                boolean had = states.getFirst().contains(has);
                boolean gets = states.getLast().contains(has);
                for (int i = graph.steps().size(); i > 0 && had != gets; i--) {
                    if (states.get(i - 1).contains(has) != gets) {
                        facts.add(new Fact(user, role, gets ? Way.GAIN : Way.LOSE, graph.steps().get(i - 1).by()));
                        break;
                    }
                }
            }
        }
        return facts;
    }

    /** By joining edges until none is new. */
    private static Set<Edge> closed(Set<Edge> edges) {
        Set<Edge> all = new HashSet<>(edges);
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Edge one : List.copyOf(all)) {
                for (Edge other : edges) {
                    grows |= one.to().equals(other.from()) && all.add(new Edge(one.from(), other.to()));
                }
            }
        }
        return all;
    }

    /** Up to five users, groups and roles each; composites may be circular, as the server allows. */
    private static AccessGraph random(Random random) {
        List<Address> users = names("user", 1 + random.nextInt(5));
        List<Address> groups = names("group", random.nextInt(5));
        List<Address> roles = names("role", 1 + random.nextInt(5));
        List<Edge> possible = new ArrayList<>();
        users.forEach(user -> groups.forEach(group -> possible.add(new Edge(user, group))));
        users.forEach(user -> roles.forEach(role -> possible.add(new Edge(user, role))));
        groups.forEach(group -> roles.forEach(role -> possible.add(new Edge(group, role))));
        roles.forEach(role -> roles.forEach(other -> possible.add(new Edge(role, other))));
        for (int i = 1; i < groups.size(); i++) {
            possible.add(new Edge(groups.get(i), groups.get(random.nextInt(i))));
        }
        Map<Address, Set<Address>> before = new HashMap<>();
        some(possible, random, 4)
                .forEach(edge -> before.computeIfAbsent(edge.from(), k -> new HashSet<>()).add(edge.to()));
        List<Address> all = new ArrayList<>(users);
        all.addAll(groups);
        all.addAll(roles);
        List<Step> steps = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Set<Address> gone = random.nextInt(4) == 0 ? Set.of(all.get(random.nextInt(all.size()))) : Set.of();
            steps.add(new Step(Address.of("change", String.valueOf(i)), gone, some(possible, random, 6),
                    some(possible, random, 6)));
        }
        return new AccessGraph(before, steps, new TreeSet<>(users), Set.copyOf(roles), new TreeMap<>(),
                new TreeMap<>());
    }

    private static Set<Edge> some(List<Edge> edges, Random random, int oneIn) {
        Set<Edge> some = new HashSet<>(edges);
        some.removeIf(edge -> random.nextInt(oneIn) > 0);
        return some;
    }

    private static List<Address> names(String type, int count) {
        List<Address> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Address.of(type, "r", type.charAt(0) + String.valueOf(i)));
        }
        return names;
    }

    private void has(Address from, Address to) {
        before.computeIfAbsent(from, unseen -> new HashSet<>()).add(to);
    }

    private void tie(Address from, Address to) {
        steps.add(new Step(from, Set.of(), Set.of(), Set.of(new Edge(from, to))));
    }

    private List<Access.Move> moves() {
        return AccessReview.of(new AccessGraph(before, steps, new TreeSet<>(Set.of(ADA, BOB)), Set.of(AUDIT, READ),
                uncounted, new TreeMap<>())).moves();
    }
}
