package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A lock that a server keeps. It outlives a process that is killed: {@code force-unlock} is for that. */
final class HttpStateLock implements StateLock {

    private final HttpStateStore store;
    private final Optional<HttpPlace.Locking> locking;
    private final LockInfo info;
    private Optional<ProblemException> broken = Optional.empty();
    private boolean stolen;
    private boolean closed;

    private HttpStateLock(HttpStateStore store, LockInfo info) {
        this.store = store;
        this.locking = store.server().place().locking();
        this.info = info;
    }

    static HttpStateLock take(HttpStateStore store, Duration patience, Holder holder, Consumer<String> waiting) {
        HttpStateLock lock = new HttpStateLock(store, LockInfo.of(uuid(store.newId()), holder, store.name()));
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            Optional<LockInfo> other = lock.locking.flatMap(lock::attempt);
            if (other.isEmpty()) {
                return lock;
            }
            if (System.nanoTime() - start >= patience.toNanos()) {
                throw lock.held(other.get());
            }
            if (!told) {
                told = true;
                waiting.accept(lock.heldBy(other.get()));
            }
            waitFor(store.server().place().pace().poll());
        }
    }

    /** Some servers take nothing else for an id. */
    private static String uuid(String hex) {
        return hex.length() == 32 ? hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : hex;
    }

    /** Who has it; empty if we do. */
    private Optional<LockInfo> attempt(HttpPlace.Locking how) {
        StateServer.Answer answer = store.server().lock(how, store.lockBody(info));
        return switch (answer) {
            case StateServer.Silence ignored ->
                throw store.server().problem("the state cannot be locked", answer);
            case StateServer.Reply reply when reply.isSuccess() -> Optional.empty();
            case StateServer.Reply reply when reply.isLocked() -> {
                LockInfo other = LockInfo.of(reply.body(), store.codec())
                        .orElseGet(() -> new LockInfo("", "", "", "", "", ""));
                // Ours, if the answer to the request before was lost.
                yield other.id().equals(info.id()) ? Optional.empty() : Optional.of(other);
            }
            case StateServer.Reply reply when List.of(404, 405, 501).contains(reply.status()) ->
                throw Problem.failed("the state cannot be locked: " + how.lockMethod() + " is answered with status "
                        + reply.status() + (reply.words().isEmpty() ? "" : ", " + reply.words()), how.lock().getPath(),
                        "Check the address. If the server locks at another address or by another method, say"
                                + " realmform.state.http.lockAddress and lockMethod; if it knows no locks, lock: false.")
                        .asException();
            case StateServer.Reply reply -> throw store.server().problem("the state cannot be locked", reply);
        };
    }

    private String heldBy(LockInfo other) {
        return "the state " + store.name() + " is held by " + other.describe(info)
                + store.progress().map(text -> "; " + text).orElse("");
    }

    private ProblemException held(LockInfo other) {
        String unlock = other.id().isEmpty() ? "free the lock on the server."
                : "realmform force-unlock " + other.id();
        return Problem.refused(heldBy(other), "",
                "Wait until it is done, or give --lock-timeout 10m to wait here. Only if that run is dead (its job was"
                        + " killed): " + unlock)
                .asException();
    }

    private static void waitFor(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem(Problem.Kind.INTERRUPTED, "interrupted while waiting for the lock", "",
                            "Nothing was changed.", Optional.of(e)));
        }
    }

    /** What a write has to name. */
    Optional<String> id() {
        return locking.map(ignored -> info.id());
    }

    /** What is to be said of a lock that was not ours for a while, though nobody wrote meanwhile. */
    Optional<ProblemException> broken() {
        return broken;
    }

    /**
     * Finds out who holds the lock, by trying to take it once more, after a write was refused.
     *
     * @param next what was to be written
     * @return the problem, if the state is not ours to write any more; empty if it is, or if that cannot be found out
     */
    Optional<ProblemException> recover(StateServer.Reply refusal, State next) {
        if (locking.isEmpty()) {
            return refusal.isLocked() ? Optional.of(lost("somebody else holds it")) : Optional.empty();
        }
        StateServer.Answer answer = store.server().lock(locking.get(), store.lockBody(info));
        if (!(answer instanceof StateServer.Reply reply)) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            Optional<LockInfo> other = LockInfo.of(reply.body(), store.codec())
                    .filter(found -> reply.isLocked() && !found.id().equals(info.id()));
            stolen |= other.isPresent();
            return other.map(found -> lost("it is held by " + found.describe(info)));
        }
        State now = store.stored(next.lineage());
        if (!now.lineage().equals(next.lineage()) || now.serial() != next.serial() - 1) {
            return Optional.of(lost("somebody else has stored serial " + now.serial()));
        }
        if (refusal.isLocked()) {
            broken = Optional.of(lost("somebody freed it; it was taken again, and what was done is stored"));
        }
        return Optional.empty();
    }

    private ProblemException lost(String how) {
        return Problem.failed("the lock on the state " + store.name() + " was lost while this run went on: " + how, "",
                "Somebody unlocked it by force. Find out who writes this state besides this run.").asException();
    }

    @Override
    public Journal journal(State base, List<Pending> pending) {
        return new HttpJournal(store, this, base, pending);
    }

    @Override
    public State put(Loaded whole) {
        Upload.orThrow(new Upload(store, this, whole).run(store.server().place().pace().retries()));
        return whole.state();
    }

    /** Nothing: the protocol has no way to change what a lock says. Those who wait read it from the stored state. */
    @Override
    public void progress(String text) {}

    @Override
    public Optional<String> leftBehind() {
        return id().map(id -> "realmform force-unlock " + id);
    }

    @Override
    public void close() {
        if (closed || stolen || locking.isEmpty()) {
            return;
        }
        closed = true;
        StateServer.Answer answer = store.server().unlock(locking.get(), store.lockBody(info));
        boolean done = answer instanceof StateServer.Reply reply
                && (reply.isSuccess() || reply.isLocked() || reply.status() == 404);
        if (!done) {
            Problem why = Upload.first(store.server().problem("the lock was not freed", answer));
            throw new Problem(why.kind(), "the lock on the state " + store.name() + " was not freed: " + answer.words(),
                    "", "Free it: realmform force-unlock " + info.id(), why.cause()).asException();
        }
    }
}
