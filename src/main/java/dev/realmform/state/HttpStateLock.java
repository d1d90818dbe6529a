package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A lock that a server keeps. It outlives a process that is killed: {@code force-unlock} is for that. */
final class HttpStateLock implements StateLock, RemoteState {

    private final HttpStateStore store;
    private final Optional<HttpPlace.Locking> locking;
    private final LockInfo info;
    private volatile Optional<ProblemException> broken = Optional.empty();
    private boolean stolen;
    private boolean closed;

    private HttpStateLock(HttpStateStore store, LockInfo info) {
        this.store = store;
        this.locking = store.server().place().locking();
        this.info = info;
    }

    static HttpStateLock take(HttpStateStore store, Duration patience, Holder holder, Consumer<String> waiting) {
        HttpStateLock lock = new HttpStateLock(store, LockInfo.of(uuid(store.newId()), holder, store.name()));
        new Turn(store.name(), patience, store.server().place().pace().poll(), waiting)
                .await(() -> lock.locking.flatMap(lock::attempt).map(lock::other));
        return lock;
    }

    private Turn.Other other(LockInfo held) {
        return new Turn.Other(held.id(),
                () -> held.describe(info) + store.progress().map(text -> "; " + text).orElse(""));
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
                        .filter(LockInfo::saysAnything)
                        .orElseGet(() -> LockInfo.saying(reply.words()));
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

    /** What a write has to name. */
    private Optional<String> id() {
        return locking.map(ignored -> info.id());
    }

    /** What is to be said of a lock that was not ours for a while, though nobody wrote meanwhile. */
    @Override
    public Optional<ProblemException> broken() {
        return broken;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Optional<Loaded> load() {
        return store.load();
    }

    @Override
    public Pace pace() {
        return store.server().place().pace();
    }

    @Override
    public String newId() {
        return store.newId();
    }

    @Override
    public Refuge refuge() {
        return store.refuge();
    }

    @Override
    public Upload store(Loaded version, int retries) {
        byte[] content = store.bytes().write(version.state(), version.pending());
        return Upload.persistently(retries, pace(), () -> storeOnce(version, content));
    }

    private Upload storeOnce(Loaded version, byte[] content) {
        StateServer.Answer answer = store.server().post(content, id());
        if ((answer instanceof StateServer.Reply reply && reply.isSuccess()) || hasArrived(answer, version)) {
            return new Upload.Stored();
        }
        Optional<ProblemException> lost = lost(answer, version.state());
        if (lost.isPresent()) {
            return new Upload.Failed(lost.get(), false);
        }
        boolean again = switch (answer) {
            case StateServer.Silence ignored -> true;
            case StateServer.Reply reply -> reply.isLocked() || reply.isPassing();
        };
        return new Upload.Failed(store.server().problem("the state cannot be stored", answer), again);
    }

    /** GitLab says 500 where it means that the lock is somebody else's. */
    private Optional<ProblemException> lost(StateServer.Answer answer, State next) {
        return answer instanceof StateServer.Reply reply && (reply.isLocked() || reply.status() == 500)
                ? recover(reply, next)
                : Optional.empty();
    }

    /** Whether this very version is there. A run gives each serial once. */
    private boolean hasArrived(StateServer.Answer answer, Loaded version) {
        if (answer instanceof StateServer.Reply reply && !reply.isPassing() && reply.status() != 422) {
            return false;
        }
        try {
            return store.server().look() instanceof StateServer.Reply found && found.isSuccess()
                    && store.bytes().read(found.body()).equals(version);
        } catch (ProblemException e) {
            return false;
        }
    }

    /**
     * Finds out who holds the lock, by trying to take it once more, after a write was refused.
     *
     * @param next what was to be written
     * @return the problem, if the state is not ours to write any more; empty if it is, or if that cannot be found out
     */
    private Optional<ProblemException> recover(StateServer.Reply refusal, State next) {
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
        return new RemoteJournal(this, base, pending);
    }

    @Override
    public State put(Loaded whole) {
        store(whole, pace().retries()).orThrow();
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
            // Whatever the run did before, it is no outage: something is left behind.
            throw Problem.failed("the lock on the state " + store.name() + " was not freed: "
                    + StateServer.said(answer), "", "Free it: realmform force-unlock " + info.id()).asException();
        }
    }
}
