package dev.realmform.kubernetes.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Holder;
import dev.realmform.state.Turn;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Takes, keeps and frees the Lease that is a state's lock. It is created, or replaced in the version that was seen, so that of
 * any number who try at once one succeeds.
 *
 * <p>Whoever holds it says so again every few seconds, in a thread of its own. Without that it is not good any more: its holder
 * begins nothing new, and somewhat later others may take it. So the lock of a process that was killed frees itself.
 */
final class LeaseHolder {

    private static final int ATTEMPTS = 5;

    private final StateRequests requests;
    private final ClusterPlace place;
    private final InstantSource clock;
    private final String id;
    private final Holder holder;
    private volatile String progress = "";
    private volatile Optional<Lease> ours = Optional.empty();
    private volatile Instant renewed = Instant.EPOCH;
    private volatile Optional<ProblemException> lost = Optional.empty();
    private volatile boolean isTaken;
    private Optional<Thread> renewer = Optional.empty();

    LeaseHolder(StateRequests requests, InstantSource clock, String id, Holder holder) {
        this.requests = requests;
        this.place = requests.place();
        this.clock = clock;
        this.id = id;
        this.holder = holder;
    }

    String id() {
        return id;
    }

    /** Goes out with the next word. */
    void progress(String text) {
        progress = text;
    }

    /** Tries to take it: who has it; empty if we do. */
    Optional<Turn.Other> attempt() {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Lease> found = lease();
            // Ours, if the answer to the attempt before was lost.
            if (found.flatMap(LockLease::id).filter(id::equals).isPresent()) {
                took(found.get());
                return Optional.empty();
            }
            Optional<Turn.Other> other = found.filter(this::isGood).map(this::other);
            if (other.isPresent()) {
                return other;
            }
            switch (requests.put(LockLease.taken(place, found, id, holder, clock.instant()))) {
                case Answer.Done<Lease>(Lease lease) -> {
                    took(lease);
                    return Optional.empty();
                }
                case Answer.Refused<Lease> refused -> {
                    if (!refused.isConflict() && !refused.isPassing()) {
                        throw requests.problem("the state cannot be locked", refused);
                    }
                    if (refused.isPassing()) {
                        place.pace().beforeAgain(i);
                    }
                }
            }
        }
        return Optional.of(lease().filter(this::isGood)
                .map(this::other)
                .orElseGet(() -> new Turn.Other("", () -> "many who try at once")));
    }

    private Optional<Lease> lease() {
        return requests.orThrow("the state cannot be locked", requests.lease());
    }

    private boolean isGood(Lease lease) {
        return LockLease.id(lease).isPresent()
                && clock.instant().isBefore(LockLease.free(lease, place.term().margin()));
    }

    private Turn.Other other(Lease lease) {
        return new Turn.Other(LockLease.id(lease).orElse(""),
                () -> LockLease.describe(lease, place.term().margin()));
    }

    private void took(Lease lease) {
        kept(lease, lease.getSpec().getRenewTime().toInstant());
        renewer = Optional.of(Thread.ofVirtual().start(this::renew));
    }

    private void kept(Lease lease, Instant asOf) {
        ours = Optional.of(lease);
        renewed = asOf;
    }

    /** Says again and again that we are here, until it is over or lost. */
    private void renew() {
        try {
            while (lost.isEmpty()) {
                Thread.sleep(place.term().renew());
                renewOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run ends
        }
    }

    /** What gets no answer is tried again the next time; meanwhile the lock may run out. */
    private void renewOnce() {
        Instant now = clock.instant();
        switch (requests.put(LockLease.renewed(ours.orElseThrow(), progress, now))) {
            case Answer.Done<Lease>(Lease lease) -> kept(lease, now);
            case Answer.Refused<Lease> refused -> {
                if ((refused.isConflict() || refused.isMissing())
                        && requests.lookAtLease() instanceof Answer.Done<Optional<Lease>>(Optional<Lease> found)) {
                    found(found);
                }
            }
        }
    }

    /** What is there is not what we left. */
    private void found(Optional<Lease> found) {
        Optional<String> who = found.flatMap(LockLease::id);
        if (who.isEmpty()) {
            lost = Optional.of(lost("somebody freed it by force"));
        } else if (who.get().equals(id)) {
            // Our own word, whose answer was lost.
            kept(found.get(), found.get().getSpec().getRenewTime().toInstant());
        } else {
            isTaken = true;
            lost = Optional.of(lost("it is held by " + LockLease.describe(found.get(), place.term().margin())));
        }
    }

    private ProblemException lost(String how) {
        return Problem
                .failed("the lock on the state " + place.address() + " was lost while this run went on: " + how, "",
                        "Find out who writes this state besides this run, then apply again: it looks at what is open.")
                .asException();
    }

    /** Whether somebody else holds it now. */
    boolean isTaken() {
        return isTaken;
    }

    /** Why nothing new may be begun. */
    Optional<ProblemException> broken() {
        Instant until = renewed.plus(place.term().lasts());
        return lost.or(() -> clock.instant().isBefore(until) ? Optional.empty()
                : Optional.of(Problem.failed("the lock on the state " + place.address() + " has run out at "
                        + until.truncatedTo(ChronoUnit.SECONDS)
                        + ": the cluster could not be told in time that this run goes"
                        + " on", "",
                        "Others may take it now, so nothing more is begun. Apply again when the cluster can be reached: it"
                                + " looks at what is open.")
                        .asException()));
    }

    /**
     * Frees it, if it is still ours.
     *
     * @throws ProblemException if it is not known to be free
     */
    void release() {
        stop();
        if (lost.isPresent()) {
            return;
        }
        Optional<Lease> held = ours;
        for (int attempt = 0; held.isPresent(); attempt++) {
            switch (requests.put(LockLease.freed(held.get()))) {
                case Answer.Done<Lease> ignored -> {
                    return;
                }
                case Answer.Refused<Lease> refused -> {
                    boolean again = refused.isPassing() || refused.isConflict() || refused.isMissing();
                    if (!again || attempt >= place.pace().retries()) {
                        throw notFreed(requests.problem("the lock was not freed", refused));
                    }
                    if (refused.isPassing()) {
                        place.pace().beforeAgain(attempt);
                    }
                    held = lease().filter(now -> LockLease.id(now).filter(id::equals).isPresent());
                }
            }
        }
    }

    private ProblemException notFreed(ProblemException e) {
        Problem why = e.problems().getFirst();
        // Whatever the run did before, it is no outage: something is left behind.
        return new Problem(Problem.Kind.FAILED, why.what(), why.where(), "It frees itself "
                + place.term().lasts().plus(place.term().margin()).toSeconds()
                + " s after its last renewal, or by hand: realmform force-unlock " + id, why.cause()).asException();
    }

    /** Ends the thread that renews, and waits for what it has on the way. */
    private void stop() {
        boolean interrupted = Thread.interrupted();
        renewer.ifPresent(thread -> {
            thread.interrupt();
            joined(thread);
        });
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
