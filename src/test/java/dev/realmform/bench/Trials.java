package dev.realmform.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How long one thing took, by the number of connections that it was done over. */
final class Trials {

    static final List<Integer> CONNECTIONS = List.of(1, 2, 4, 8);

    /** What takes less is always tried again. */
    private static final Duration CHEAP = Duration.ofMillis(1_500);
    /** Slower than the best by this much: it will not become the best one. */
    private static final double HOPELESS = 1.3;

    private final SortedMap<Integer, List<Duration>> times = new TreeMap<>();

    Trials(Collection<Integer> connections) {
        connections.forEach(number -> times.put(number, new ArrayList<>()));
    }

    void add(int connections, Duration time) {
        times.computeIfAbsent(connections, _ -> new ArrayList<>()).add(time);
    }

    /** The numbers of connections that are worth another trial: those that have had none, are cheap, or may be the best. */
    List<Integer> worthwhile() {
        return times.entrySet().stream().filter(this::isWorthwhile).map(Map.Entry::getKey).toList();
    }

    private boolean isWorthwhile(Map.Entry<Integer, List<Duration>> trials) {
        if (trials.getValue().isEmpty()) {
            return true;
        }
        Duration least = least(trials.getValue());
        return least.compareTo(CHEAP) < 0 || least.toNanos() <= HOPELESS * best().toNanos();
    }

    /** The shortest of all. */
    Duration best() {
        return shortest().values().stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    /** The number of connections over which the shortest one was done. */
    int bestConnections() {
        return shortest().entrySet()
                .stream()
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** The shortest for each number of connections that was tried. */
    SortedMap<Integer, Duration> shortest() {
        SortedMap<Integer, Duration> shortest = new TreeMap<>();
        times.forEach((number, all) -> {
            if (!all.isEmpty()) {
                shortest.put(number, least(all));
            }
        });
        return shortest;
    }

    private static Duration least(List<Duration> times) {
        return times.stream().min(Comparator.naturalOrder()).orElseThrow();
    }
}
