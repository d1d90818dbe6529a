package dev.realmform.keycloak.admin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a door needs from the world it runs in.
 *
 * @param clock   for token lifetimes and timings
 * @param sleeper waits between attempts
 * @param random  jitter and token ids
 * @param calls   hears of every HTTP call
 * @param warning hears what has to be said loudly
 */
public record Surroundings(InstantSource clock, Sleeper sleeper, RandomGenerator random, Consumer<CallLog> calls,
        Consumer<String> warning) {

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns early, with the thread still marked, if the thread is interrupted. */
        void sleep(Duration time);

        /** Really waits. */
        static void real(Duration time) {
            long until = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && !Thread.currentThread().isInterrupted(); left = until
                    - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
