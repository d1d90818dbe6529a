package dev.realmform.apply;

import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** The changes that are ready for one provider, and the calls that it may still take. Owned by the coordinating thread. */
final class Lane {

    private final Provider provider;
    private final Graph graph;
    private final Map<String, Integer> limits;
    /** By what goes out together; what goes out alone is under the empty name. None is empty. */
    private final Map<String, NavigableSet<Integer>> ready = new HashMap<>();
    private final Semaphore free;

    Lane(Provider provider, Graph graph, int parallelism) {
        this.provider = provider;
        this.graph = graph;
        limits = provider.types().stream().collect(Collectors.toMap(ResourceType::name, ResourceType::bundleLimit));
        free = new Semaphore(parallelism);
    }

    Provider provider() {
        return provider;
    }

    void add(int position) {
        ready.computeIfAbsent(queue(position), name -> new TreeSet<>()).add(position);
    }

    private String queue(int position) {
        return limit(position) > 1 ? graph.kind(position) : "";
    }

    /** How many changes go out at once with this one. */
    private int limit(int position) {
        return graph.kind(position).isEmpty() ? 1
                : Math.max(1, limits.getOrDefault(graph.change(position).address().type(), 1));
    }

    boolean canStart() {
        return !ready.isEmpty() && free.availablePermits() > 0;
    }

    /**
     * What goes out next: the first in plan order.
     *
     * @param patient passes over bundles that others would join soon; empty if there are no others
     */
    Optional<List<Integer>> next(Board board, boolean patient) {
        TreeMap<Integer, NavigableSet<Integer>> inOrder = new TreeMap<>();
        ready.values().forEach(queue -> inOrder.put(queue.first(), queue));
        for (Map.Entry<Integer, NavigableSet<Integer>> entry : inOrder.entrySet()) {
            int limit = limit(entry.getKey());
            if (limit == 1) {
                return Optional.of(List.of(entry.getKey()));
            }
            Board.Bundle bundle = board.bundle(entry.getValue(), limit, patient);
            if (!bundle.positions().isEmpty() && (bundle.isFull() || !patient)) {
                return Optional.of(bundle.positions());
            }
        }
        return Optional.empty();
    }

    /** Takes these off the ready ones, and takes the place of one call. */
    void depart(List<Integer> bundle) {
        NavigableSet<Integer> queue = ready.getOrDefault(queue(bundle.getFirst()), new TreeSet<>());
        bundle.forEach(queue::remove);
        if (queue.isEmpty()) {
            ready.remove(queue(bundle.getFirst()));
        }
        if (!free.tryAcquire()) {
            throw new IllegalStateException("started more calls than may be in flight");
        }
    }

    void arrive() {
        free.release();
    }
}
