package dev.realmform.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of one task on one kind of realm.
 *
 * @param runs        realmform's own, in their order
 * @param floor       the same requests from a bare client
 * @param singlePosts the same realm by single POSTs; only for an apply from scratch of what they can make
 * @param strayWrites requests of the run that write to something that the edit does not concern
 */
record Result(RealmKind kind, Task task, List<Launcher.Ended> runs, Trials floor, Optional<Trials> singlePosts,
        List<RequestLog.Call> strayWrites) {

    Result {
        runs = List.copyOf(runs);
        strayWrites = List.copyOf(strayWrites);
    }

    Duration best() {
        return sortedWalls().getFirst();
    }

    Duration median() {
        return sortedWalls().get(runs.size() / 2);
    }

    private List<Duration> sortedWalls() {
        return runs.stream().map(Launcher.Ended::wall).sorted().toList();
    }

    long peakMegabytes() {
        return runs.stream().mapToLong(Launcher.Ended::peakKilobytes).max().orElse(0) / 1024;
    }

    /** Of the run that sent the most. */
    RequestLog log() {
        return runs.stream()
                .map(Launcher.Ended::log)
                .max(Comparator.comparingInt(RequestLog::size))
                .orElseThrow();
    }

    double timesFloor() {
        return (double) best().toNanos() / floor.best().toNanos();
    }
}
