package dev.realmform.apply;

import dev.realmform.model.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
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

    Board(Graph graph) {
        this.graph = graph;
        stages = new Stage[graph.size()];
        Arrays.fill(stages, Stage.WAITING);
        unmet = IntStream.range(0, graph.size()).map(i -> graph.needs(i).size()).toArray();
    }

    boolean isWaiting(int position) {
        return stages[position] == Stage.WAITING;
    }

    /** Whether all that the change needs has succeeded and it has not started. */
    boolean isReady(int position) {
        return isWaiting(position) && unmet[position] == 0;
    }

    void start(int position) {
        stages[position] = Stage.STARTED;
    }

    /** Ends a change without success. */
    void end(int position) {
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
     * The ready change {@code head}, and if it is a creation what can go out with it: creations of its type and realm that
     * are ready, or that need nothing more than what stands before them in the bundle.
     */
    List<Integer> bundle(int head, NavigableSet<Integer> ready, int limit) {
        List<Integer> bundle = new ArrayList<>();
        NavigableSet<Integer> candidates = new TreeSet<>();
        candidates.add(head);
        ready.tailSet(head, false).stream().filter(i -> goTogether(head, i)).limit(limit - 1L).forEach(candidates::add);
        Map<Integer, Integer> left = new HashMap<>();
        while (!candidates.isEmpty() && bundle.size() < limit) {
            int next = candidates.removeFirst();
            bundle.add(next);
            for (int dependent : graph.neededBy(next)) {
                if (goTogether(head, dependent)
                        && left.merge(dependent, unmet[dependent] - 1, (before, ignored) -> before - 1) == 0) {
                    candidates.add(dependent);
                }
            }
        }
        return bundle;
    }

    private boolean goTogether(int head, int other) {
        return graph.change(head) instanceof Change.Create first
                && graph.change(other) instanceof Change.Create second
                && first.address().type().equals(second.address().type())
                && first.address().root().equals(second.address().root());
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
