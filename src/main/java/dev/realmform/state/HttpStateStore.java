package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A state on a server that speaks Terraform's HTTP protocol, as GitLab does (ADR 0008).
 *
 * <p>Nothing of it is kept on the local disk, which may not survive the job: what a run is about to do is stored before it
 * does it, and what it did a few seconds later.
 */
public final class HttpStateStore implements StateStore {

    private final StateServer server;
    private final HttpClient client;
    private final Codec codec;
    private final Supplier<String> ids;
    private final Path folder;

    /**
     * @param client the way there
     * @param ids    makes names for runs and locks that nobody else makes
     * @param folder where a state is written that the server does not take any more
     */
    public HttpStateStore(HttpClient client, HttpPlace place, Codec codec, Supplier<String> ids, Path folder) {
        this.client = client;
        this.server = new StateServer(client, place, codec);
        this.codec = codec;
        this.ids = ids;
        this.folder = folder;
    }

    @Override
    public String name() {
        return server.place().name();
    }

    /** Its selector waits in native code, and for such a thread a JVM waits 0.3 s when it ends (measured, JDK 25). */
    @Override
    public void close() {
        client.shutdownNow();
    }

    @Override
    public Optional<Loaded> load() {
        StateServer.Answer answer = server.get();
        if (!(answer instanceof StateServer.Reply reply)) {
            throw server.problem("the state cannot be read", answer);
        }
        if (reply.status() == 404 || reply.status() == 204 || (reply.isSuccess() && reply.body().length == 0)) {
            return Optional.empty();
        }
        if (reply.status() != 200) {
            throw server.problem("the state cannot be read", reply);
        }
        return Optional.of(bytes().read(reply.body()));
    }

    @Override
    public StateLock lock(Duration patience, Holder holder, Consumer<String> waiting) {
        return HttpStateLock.take(this, patience, holder, waiting);
    }

    @Override
    public void unlock(String lockId) {
        HttpPlace.Locking locking = server.place()
                .locking()
                .orElseThrow(() -> Problem.refused("the state " + name() + " is used without locks", "",
                        "There is nothing to unlock: realmform.state.http says lock: false.").asException());
        LockInfo info = new LockInfo(lockId, "force-unlock", "", "", "", name());
        StateServer.Answer answer = server.unlock(locking, lockBody(info));
        if (answer instanceof StateServer.Reply reply && !reply.isSuccess()) {
            if (reply.isLocked() || reply.status() == 400) {
                String other = LockInfo.of(reply.body(), codec)
                        .filter(held -> !held.id().isEmpty())
                        .map(held -> "it is held by " + held.describe(info) + ", lock " + held.id())
                        .orElse("its lock has another id, or there is none");
                throw Problem.refused("the state " + name() + " was not unlocked: " + other, "",
                        "The id is in the refusal of the run that could not get the lock.").asException();
            }
            throw server.problem("the state was not unlocked", reply);
        }
        if (answer instanceof StateServer.Silence) {
            throw server.problem("the state may not be unlocked", answer);
        }
    }

    StateServer server() {
        return server;
    }

    Codec codec() {
        return codec;
    }

    String newId() {
        return ids.get();
    }

    StateBytes bytes() {
        return new StateBytes(codec, name(), "--state, REALMFORM_STATE and realmform.state",
                "If the server keeps earlier versions, as GitLab does, remove this one there. Without any, make a new state:"
                        + " realmform state rebuild, at another address or once this one is empty.");
    }

    byte[] lockBody(LockInfo info) {
        return codec.line().apply(info.toValue()).getBytes(StandardCharsets.UTF_8);
    }

    Refuge refuge() {
        return new Refuge(folder, bytes());
    }

    /** What is there now, of which a run must know before it writes. */
    State stored(String lineage) {
        return load().map(Loaded::state).orElseGet(() -> State.fresh(lineage));
    }

    /** How many changes a run that holds the lock has still before it, as far as it has told. */
    Optional<String> progress() {
        try {
            return load().flatMap(Loaded::progress);
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
