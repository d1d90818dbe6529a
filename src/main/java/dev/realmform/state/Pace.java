package dev.realmform.state;

import java.time.Duration;

/**
 * How often and how long a server that keeps a state is asked.
 *
 * @param retries   how often a request is sent again after no answer, 429 or 5xx
 * @param timeout   for one request
 * @param rest      before the first repetition; doubled each time, up to ten times
 * @param snapshots between two versions of the state that are stored while a run goes on
 * @param poll      between two attempts to take a lock that somebody holds
 */
public record Pace(int retries, Duration timeout, Duration rest, Duration snapshots, Duration poll) {

    public static final Pace DEFAULT = new Pace(4, Duration.ofSeconds(60), Duration.ofSeconds(1),
            Duration.ofSeconds(5), Duration.ofSeconds(2));

    public Pace with(int times, Duration each) {
        return new Pace(times, each, rest, snapshots, poll);
    }

    /** Waits before the request is repeated, interrupted or not: what was done has to be stored. */
    public void beforeAgain(int attempt) {
        Duration time = rest.multipliedBy(Math.min(10, 1L << Math.min(attempt, 4)));
        boolean interrupted = false;
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            try {
                Thread.sleep(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
