package dev.realmform.e2e;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a process up at its n-th request that writes, and does with that request what it is told when it is let go. */
final class Barrier implements Relay.Manner {

    private final int at;
    private final AtomicInteger writes = new AtomicInteger();
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Optional<Relay.Reply>> goOn = new CompletableFuture<>();

    Barrier(int at) {
        this.at = at;
    }

    @Override
    public Optional<Relay.Reply> instead(Relay.Call call) {
        if (call.writes() && writes.incrementAndGet() == at) {
            reached.complete(null);
            return goOn.join();
        }
        return Optional.empty();
    }

    /** Waits until the process stands here, or has ended without. */
    boolean isReachedBy(LiveRun run) {
        while (run.isAlive()) {
            try {
                reached.get(20, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                // not yet
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return reached.isDone();
    }

    /** Lets the request through to the server. */
    void letGo() {
        goOn.complete(Optional.empty());
    }

    /** The server never hears of the request. */
    void drop() {
        goOn.complete(Optional.of(Relay.Reply.reset()));
    }
}
