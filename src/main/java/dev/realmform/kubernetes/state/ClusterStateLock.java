package dev.realmform.kubernetes.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Holder;
import dev.realmform.state.Journal;
import dev.realmform.state.Loaded;
import dev.realmform.state.Pace;
import dev.realmform.state.Pending;
import dev.realmform.state.Refuge;
import dev.realmform.state.RemoteJournal;
import dev.realmform.state.RemoteState;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import dev.realmform.state.Turn;
import dev.realmform.state.Upload;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The right to write a state in a cluster. Beside the lock, each write names the version that it replaces: a holder that has lost
 * the lock without noticing overwrites nothing.
 */
final class ClusterStateLock implements StateLock, RemoteState {

    private final ClusterStateStore store;
    private final StateRequests requests;
    private final LeaseHolder lease;
    private Optional<String> version = Optional.empty();
    private boolean closed;

    private ClusterStateLock(ClusterStateStore store, LeaseHolder lease) {
        this.store = store;
        this.requests = store.requests();
        this.lease = lease;
    }

    static ClusterStateLock take(ClusterStateStore store, Duration patience, Holder holder, Consumer<String> waiting) {
        LeaseHolder lease = new LeaseHolder(store.requests(), store.clock(), store.newId(), holder);
        new Turn(store.name(), patience, store.requests().place().pace().poll(), waiting).await(lease::attempt);
        return new ClusterStateLock(store, lease);
    }

    @Override
    public Journal journal(State base, List<Pending> pending) {
        return new RemoteJournal(this, base, pending);
    }

    @Override
    public State put(Loaded whole) {
        Optional<Secret> there = store.secret();
        there.ifPresent(secret -> StateSecret.content(requests.place(), secret)); // never over what is no state
        version = there.map(ClusterStateLock::version);
        store(whole, pace().retries()).orThrow();
        return whole.state();
    }

    @Override
    public void progress(String text) {
        lease.progress(text);
    }

    @Override
    public Optional<String> leftBehind() {
        return Optional.of("realmform force-unlock " + lease.id());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lease.release();
        }
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public Optional<Loaded> load() {
        Optional<Secret> secret = store.secret();
        version = secret.map(ClusterStateLock::version);
        return secret.map(store::read);
    }

    @Override
    public Optional<ProblemException> broken() {
        return lease.broken();
    }

    @Override
    public Pace pace() {
        return requests.place().pace();
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
    public Upload store(Loaded next, int retries) {
        byte[] content = store.bytes().write(next.state(), next.pending());
        return Upload.persistently(retries, pace(), () -> storeOnce(next, content));
    }

    private Upload storeOnce(Loaded next, byte[] content) {
        if (lease.isTaken()) {
            return new Upload.Failed(lease.broken().orElseThrow(), false);
        }
        Secret secret;
        try {
            secret = StateSecret.of(requests.place(), version, content);
        } catch (ProblemException e) {
            return new Upload.Failed(e, false);
        }
        return switch (requests.put(secret)) {
            case Answer.Done<Secret>(Secret stored) -> stored(stored);
            case Answer.Refused<Secret> refused -> refused.isConflict() || refused.isPassing()
                    ? looked(next, refused)
                    : new Upload.Failed(version.isPresent() && refused.isMissing() ? gone()
                            : requests.problem("the state cannot be stored", refused), false);
        };
    }

    private Upload stored(Secret secret) {
        version = Optional.of(version(secret));
        return new Upload.Stored();
    }

    /** Whether this very version is there after all: a run gives each serial once. */
    private Upload looked(Loaded next, Answer.Refused<Secret> refused) {
        if (requests.look() instanceof Answer.Done<Optional<Secret>>(Optional<Secret> found)) {
            try {
                Optional<Loaded> there = found.map(store::read);
                if (there.filter(next::equals).isPresent()) {
                    return stored(found.orElseThrow());
                }
                if (refused.isConflict()) {
                    return new Upload.Failed(there.map(this::overtaken).orElseGet(this::gone), false);
                }
            } catch (ProblemException e) {
                return new Upload.Failed(e, false);
            }
        }
        return new Upload.Failed(requests.problem("the state cannot be stored", refused), true);
    }

    private ProblemException overtaken(Loaded there) {
        return Problem.failed("somebody else has stored serial " + there.state().serial() + " of the state " + name()
                + " while this run went on", "", "Find out who writes this state besides this run.").asException();
    }

    private ProblemException gone() {
        return Problem.failed("somebody has deleted the state " + name() + " while this run went on", "",
                "Find out who deletes it.").asException();
    }

    private static String version(Secret secret) {
        return secret.getMetadata().getResourceVersion();
    }
}
