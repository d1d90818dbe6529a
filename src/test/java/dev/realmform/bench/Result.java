package dev.realmform.bench;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    /** The shortest, as it is compared. */
    Duration best() {
        return sorted(Launcher.Ended::compared).getFirst();
    }

    Duration median() {
        return sorted(Launcher.Ended::compared).get(runs.size() / 2);
    }

    /** From start to end of the process, whatever it waited for. */
    Duration medianWall() {
        return sorted(Launcher.Ended::wall).get(runs.size() / 2);
    }

    private List<Duration> sorted(Function<Launcher.Ended, Duration> time) {
        return runs.stream().map(time).sorted().toList();
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
