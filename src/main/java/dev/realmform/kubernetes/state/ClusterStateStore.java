package dev.realmform.kubernetes.state;

import dev.realmform.model.Problem;
import dev.realmform.state.Codec;
import dev.realmform.state.Holder;
import dev.realmform.state.Loaded;
import dev.realmform.state.Refuge;
import dev.realmform.state.StateBytes;
import dev.realmform.state.StateLock;
import dev.realmform.state.StateStore;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A state in a cluster (ADR 0008). As on any other server nothing of it is kept on the local disk: what a run is about to do is
 * stored before it does it.
 */
public final class ClusterStateStore implements StateStore {

    private static final String NOT_UNLOCKED = "the state was not unlocked";

    private final KubernetesClient client;
    private final StateRequests requests;
    private final Codec codec;
    private final Supplier<String> ids;
    private final Path folder;
    private final InstantSource clock;

    /**
     * @param client closed with this store
     * @param ids    makes names for runs and locks that nobody else makes
     * @param folder where a state is written that the cluster does not take any more
     */
    public ClusterStateStore(KubernetesClient client, ClusterPlace place, Codec codec, Supplier<String> ids,
            Path folder,
            InstantSource clock) {
        this.client = client;
        this.requests = new StateRequests(client, place);
        this.codec = codec;
        this.ids = ids;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public String name() {
        return requests.place().address();
    }

    /** Needs no more than the right to get this one Secret. */
    @Override
    public Optional<Loaded> load() {
        return secret().map(this::read);
    }

    @Override
    public StateLock lock(Duration patience, Holder holder, Consumer<String> waiting) {
        return ClusterStateLock.take(this, patience, holder, waiting);
    }

    @Override
    public void unlock(String lockId) {
        for (int attempt = 0;; attempt++) {
            Lease held = held(lockId);
            switch (requests.put(LockLease.freed(held))) {
                case Answer.Done<Lease> ignored -> {
                    return;
                }
                case Answer.Refused<Lease> refused -> {
                    if (!refused.isConflict()) {
                        throw requests.problem(NOT_UNLOCKED, refused);
                    }
                    // Somebody has just freed it, or its holder is alive.
                    if (attempt >= requests.place().pace().retries()) {
                        throw Problem.refused(NOT_UNLOCKED + ": its holder is alive, and renews it", name(),
                                "End that run, or wait until it has ended.").asException();
                    }
                }
            }
        }
    }

    private Lease held(String lockId) {
        Optional<Lease> held = requests.orThrow(NOT_UNLOCKED, requests.lease())
                .filter(lease -> LockLease.id(lease).isPresent());
        return held.filter(lease -> LockLease.id(lease).filter(lockId::equals).isPresent())
                .orElseThrow(() -> Problem.refused("the state " + name() + " was not unlocked: " + held
                        .map(lease -> "it is held by " + LockLease.describe(lease, requests.place().term().margin())
                                + ", lock " + LockLease.id(lease).orElseThrow())
                        .orElse("nobody holds it"), "",
                        "The id is in the refusal of the run that could not get the lock.").asException());
    }

    @Override
    public void close() {
        client.close();
    }

    Optional<Secret> secret() {
        return requests.orThrow("the state cannot be read", requests.secret());
    }

    Loaded read(Secret secret) {
        return bytes().read(StateSecret.content(requests.place(), secret));
    }

    StateRequests requests() {
        return requests;
    }

    InstantSource clock() {
        return clock;
    }

    String newId() {
        return ids.get();
    }

    Refuge refuge() {
        return new Refuge(folder, bytes());
    }

    StateBytes bytes() {
        return new StateBytes(codec, name(), "--state, REALMFORM_STATE and realmform.state",
                "Put back what a backup of the cluster has. Without one, make a new state under another name: realmform state"
                        + " rebuild.");
    }
}
