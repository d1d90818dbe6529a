package dev.realmform.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How far each change is. Owned by the coordinating thread. */
final class Board {

    private enum Stage {
        WAITING, STARTED, ENDED
    }

    private final Graph graph;
    private final Stage[] stages;
    private final int[] unmet;
    private final Map<String, Integer> waitingOfKind = new HashMap<>();

    Board(Graph graph) {
        this.graph = graph;
        stages = new Stage[graph.size()];
        Arrays.fill(stages, Stage.WAITING);
        unmet = IntStream.range(0, graph.size()).map(i -> graph.needs(i).size()).toArray();
        IntStream.range(0, graph.size()).forEach(i -> waitingOfKind.merge(graph.kind(i), 1, Integer::sum));
    }

    boolean isWaiting(int position) {
        return stages[position] == Stage.WAITING;
    }

    /** Whether all that the change needs has succeeded and it has not started. */
    boolean isReady(int position) {
        return isWaiting(position) && unmet[position] == 0;
    }

    void start(int position) {
        leaveWaiting(position);
        stages[position] = Stage.STARTED;
    }

    private void leaveWaiting(int position) {
        if (isWaiting(position)) {
            waitingOfKind.merge(graph.kind(position), -1, Integer::sum);
        }
    }

    /** Ends a change without success. */
    void end(int position) {
        leaveWaiting(position);
        stages[position] = Stage.ENDED;
    }

    /** Ends a change with success and gives those that have become ready by it. */
    List<Integer> succeed(int position) {
        end(position);
        List<Integer> ready = new ArrayList<>();
        for (int dependent : graph.neededBy(position)) {
            unmet[dependent]--;
            if (isReady(dependent)) {
                ready.add(dependent);
            }
        }
        return ready;
    }

    /** Every waiting change, in plan order. */
    List<Integer> waiting() {
        return IntStream.range(0, graph.size()).filter(this::isWaiting).boxed().toList();
    }

    /** The waiting changes that need this one, directly or not, in plan order. */
    SortedSet<Integer> waitingOn(int position) {
        SortedSet<Integer> found = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(position));
        while (!open.isEmpty()) {
            for (int dependent : graph.neededBy(open.pop())) {
                if (isWaiting(dependent) && found.add(dependent)) {
                    open.push(dependent);
                }
            }
        }
        return found;
    }

    /**
     * Creations that can go out together.
     *
     * @param isFull whether more would not have fitted, or none is left to wait for
     */
    record Bundle(List<Integer> positions, boolean isFull) {}

    /**
     * Gathers creations of one kind: ready ones in plan order, each with all that lies inside of it, and then those that need
     * nothing more than what stands before them in the bundle.
     *
     * @param patient leaves out those which something that lies inside them is not ready for: a tree is cheap to make whole
     */
    Bundle bundle(Collection<Integer> ready, int limit, boolean patient) {
        Gathering bundle = new Gathering(limit);
        for (int head : ready) {
            List<Integer> tree = tree(head, limit);
            if (patient && !isWhole(tree)) {
                continue;
            }
            if (!bundle.hasRoomFor(tree.size())) {
                return bundle.full();
            }
            tree.stream().filter(bundle::isSatisfied).forEach(bundle::add);
        }
        bundle.addWhatFollows();
        boolean last = bundle.positions.size() == waitingOf(graph.kind(ready.iterator().next()));
        return bundle.positions.size() == limit || last ? bundle.full() : new Bundle(bundle.positions, false);
    }

    private int waitingOf(String kind) {
        return waitingOfKind.getOrDefault(kind, 0);
    }

    /** A waiting creation with all that lies inside of it, in plan order; no more than just exceeds the limit. */
    private List<Integer> tree(int head, int limit) {
        SortedSet<Integer> tree = new TreeSet<>(Set.of(head));
        Deque<Integer> open = new ArrayDeque<>(tree);
        while (!open.isEmpty() && tree.size() <= limit) {
            for (int dependent : graph.neededBy(open.pop())) {
                if (isWaiting(dependent) && graph.isInside(dependent, head) && tree.add(dependent)) {
                    open.push(dependent);
                }
            }
        }
        return List.copyOf(tree);
    }

    private boolean isWhole(List<Integer> tree) {
        Set<Integer> members = new HashSet<>(tree);
        return tree.stream()
                .allMatch(member -> unmet[member] == graph.needs(member).stream().filter(members::contains).count());
    }

    /** A bundle in the making. */
    private final class Gathering {

        private final int limit;
        private final List<Integer> positions = new ArrayList<>();
        private final Set<Integer> members = new HashSet<>();

        Gathering(int limit) {
            this.limit = limit;
        }

        boolean hasRoomFor(int more) {
            return positions.isEmpty() || positions.size() + more <= limit;
        }

        boolean isSatisfied(int position) {
            return isWaiting(position) && positions.size() < limit && !members.contains(position)
                    && unmet[position] == graph.needs(position).stream().filter(members::contains).count();
        }

        void add(int position) {
            positions.add(position);
            members.add(position);
        }

        /** What is added is looked at in its turn. */
        void addWhatFollows() {
            for (int i = 0; i < positions.size(); i++) {
                String kind = graph.kind(positions.get(i));
                graph.neededBy(positions.get(i))
                        .stream()
                        .filter(dependent -> graph.kind(dependent).equals(kind) && isSatisfied(dependent))
                        .forEach(this::add);
            }
        }

        Bundle full() {
            return new Bundle(positions, true);
        }
    }

    /** Waiting changes that wait for each other in a circle; the first is also the last. Only if nothing is ready or runs. */
    List<Integer> cycle() {
        List<Integer> path = new ArrayList<>();
        int next = waiting().getFirst();
        while (!path.contains(next)) {
            path.add(next);
            next = graph.needs(next).stream().filter(this::isWaiting).findFirst().orElseThrow();
        }
        path.add(next);
        return path.subList(path.indexOf(next), path.size());
    }
}
