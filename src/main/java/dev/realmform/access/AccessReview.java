package dev.realmform.access;

import dev.realmform.model.Access;
import dev.realmform.model.Access.Move;
import dev.realmform.model.Access.Way;
import dev.realmform.model.Access.Who;
import dev.realmform.model.AccessGraph;
import dev.realmform.model.AccessGraph.Edge;
import dev.realmform.model.AccessGraph.Step;
import dev.realmform.model.Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who gains and loses which roles by a plan: all that each user has before it, against all that each has after it. A move
 * counts for the change with which it became true.
 */
public final class AccessReview {

    private static final String CROWD = "holders";

    private final AccessGraph graph;
    private final Holdings first;
    private final Holdings now;
    /** Those whom a step may concern; what the others have does not change. */
    private final Map<Address, Set<Address>> before = new HashMap<>();
    private final Map<Address, Set<Address>> after = new HashMap<>();
    /** For each user, with which step it last got or lost a role. */
    private final Map<Address, Map<Address, Integer>> turned = new HashMap<>();
    private final Map<Address, Address> crowds = new HashMap<>();

    private AccessReview(AccessGraph graph) {
        this.graph = graph;
        this.first = new Holdings(graph.before());
        this.now = new Holdings(graph.before());
        graph.uncounted().keySet().forEach(node -> {
            Address crowd = Address.of(CROWD, node.toString());
            crowds.put(crowd, node);
            first.tie(new Edge(crowd, node));
            now.tie(new Edge(crowd, node));
        });
    }

    /** The moves of a plan. */
    public static Access of(AccessGraph graph) {
        AccessReview review = new AccessReview(graph);
        for (int i = 0; i < graph.steps().size(); i++) {
            review.take(i);
        }
        List<Move> moves = review.moves();
        return moves.isEmpty() ? Access.NONE : new Access(moves, graph.effective());
    }

    private void take(int number) {
        Step step = graph.steps().get(number);
        Set<Address> touched = new HashSet<>(step.gone());
        Stream.concat(step.cut().stream(), step.tied().stream()).map(Edge::from).forEach(touched::add);
        Set<Address> concerned = now.holders(touched);
        concerned.removeIf(node -> !graph.users().contains(node) && !crowds.containsKey(node));
        for (Address user : concerned) {
            before.computeIfAbsent(user, unseen -> roles(first, user));
            after.computeIfAbsent(user, unseen -> before.getOrDefault(user, Set.of()));
        }
        now.take(step);
        for (Address user : concerned) {
            Set<Address> has = roles(now, user);
            Map<Address, Integer> steps = turned.computeIfAbsent(user, unseen -> new HashMap<>());
            Set<Address> had = after.getOrDefault(user, Set.of());
            differing(had, has).forEach(role -> steps.put(role, number));
            after.put(user, has);
        }
    }

    private Set<Address> roles(Holdings holdings, Address user) {
        Set<Address> all = holdings.reachable(user);
        all.retainAll(graph.roles());
        return all;
    }

    private static Set<Address> differing(Set<Address> one, Set<Address> other) {
        Set<Address> differing = new HashSet<>();
        for (Address role : one) {
            if (!other.contains(role)) {
                differing.add(role);
            }
        }
        for (Address role : other) {
            if (!one.contains(role)) {
                differing.add(role);
            }
        }
        return differing;
    }

    private record Slot(int step, Way way, boolean crowd, Address role) {

        /** As a record's own, which is assembled at run time and several times as slow. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Slot it && step == it.step && way == it.way && crowd == it.crowd
                    && role.equals(it.role);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * role.hashCode() + step) + way.hashCode();
        }
    }

    private List<Move> moves() {
        Map<Slot, List<Address>> users = new HashMap<>();
        after.keySet().stream().sorted().forEach(user -> {
            Set<Address> has = after.getOrDefault(user, Set.of());
            Set<Address> had = before.getOrDefault(user, Set.of());
            for (Address role : differing(had, has)) {
                int step = turned.getOrDefault(user, Map.of()).getOrDefault(role, 0);
                Slot slot = new Slot(step, has.contains(role) ? Way.GAIN : Way.LOSE, crowds.containsKey(user), role);
                users.computeIfAbsent(slot, unseen -> new ArrayList<>()).add(user);
            }
        });
        return grouped(users);
    }

    private record Group(int step, Way way, boolean crowd, List<Address> users) {}

    /**
     * Roles that the same users gain by the same change are one move; those not counted have one for each crowd.
     *
     * @param users in their order
     */
    private List<Move> grouped(Map<Slot, List<Address>> users) {
        SortedMap<Group, Set<Address>> groups = new TreeMap<>(Comparator.comparingInt(Group::step)
                .thenComparing(Group::way)
                .thenComparing(Group::crowd)
                .thenComparingInt(group -> -group.users().size())
                .thenComparing(Group::users, AccessReview::inOrder));
        users.forEach((slot, who) -> {
            List<List<Address>> whom = slot.crowd() ? who.stream().map(List::of).toList() : List.of(List.copyOf(who));
            whom.forEach(some -> groups
                    .computeIfAbsent(new Group(slot.step(), slot.way(), slot.crowd(), some), unseen -> new HashSet<>())
                    .add(slot.role()));
        });
        List<Move> moves = new ArrayList<>();
        groups.forEach((group, roles) -> moves.add(new Move(graph.steps().get(group.step()).by(), group.way(),
                leadersFirst(roles, group.way() == Way.GAIN ? now : first), who(group))));
        return moves;
    }

    private static int inOrder(List<Address> one, List<Address> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int by = one.get(i).compareTo(other.get(i));
            if (by != 0) {
                return by;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private Who who(Group group) {
        if (!group.crowd()) {
            return new Who.Users(group.users());
        }
        Address have = crowds.getOrDefault(group.users().getFirst(), group.users().getFirst());
        return new Who.NotCounted(have, graph.uncounted().getOrDefault(have, ""));
    }

    /** A role that brings others of them stands before these. */
    private static List<Address> leadersFirst(Set<Address> roles, Holdings holdings) {
        Set<Address> led = new HashSet<>();
        for (Address role : roles) {
            if (holdings.hasAny(role)) {
                Set<Address> brings = holdings.reachable(role);
                brings.stream().filter(other -> !other.equals(role) && roles.contains(other)).forEach(led::add);
            }
        }
        List<Address> sorted = new ArrayList<>(new TreeSet<>(roles));
        sorted.sort(Comparator.comparingInt(role -> led.contains(role) ? 1 : 0));
        return sorted;
    }
}
