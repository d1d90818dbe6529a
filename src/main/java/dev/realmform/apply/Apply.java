package dev.realmform.apply;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.provider.Provider;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Carries out a plan.
 *
 * <p>The thread that calls {@link #run} coordinates: it alone decides, records and tells. Providers are called on virtual
 * threads. Ready changes start in plan order; creations of one type go out in bundles, and a bundle that others will join lets
 * others go first; a failed change skips what depends on it, and everything else goes on.
 *
 * @param providers   who writes a change; asked before anything is sent
 * @param liveId      the server's id of a live resource, for adoptions that send nothing
 * @param recorder    keeps what happens
 * @param watcher     is told what happens, after it has been recorded
 * @param parallelism calls in flight for each provider, at least one
 * @param clock       what time it is
 * @param nanos       a clock that never jumps, in nanoseconds, to measure how long calls take
 * @param interrupt   asks to start nothing more
 */
public record Apply(Function<Change, Provider> providers, Function<Address, Optional<String>> liveId,
        Recorder recorder,
        Watcher watcher, int parallelism, InstantSource clock, LongSupplier nanos, Interrupt interrupt) {

    public Apply {
        if (parallelism < 1) {
            throw new IllegalArgumentException("parallelism is at least 1, not " + parallelism);
        }
    }

    /**
     * Walks the plan to its end.
     *
     * @throws dev.realmform.model.ProblemException if the recorder or the watcher failed: after everything that ran has
     *                                              ended, naming what could not be recorded
     */
    public ApplyResult run(Plan plan) {
        return new Walk(this, plan).toTheEnd();
    }
}
