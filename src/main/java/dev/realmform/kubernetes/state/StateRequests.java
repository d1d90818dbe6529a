package dev.realmform.kubernetes.state;

import dev.realmform.kubernetes.ClusterErrors;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The requests for one state and its lock. Knows what was answered, not what a state is.
 *
 * <p>No request can be interrupted: a run that is told to stop has to store what it did.
 */
final class StateRequests {

    private final KubernetesClient client;
    private final ClusterPlace place;

    StateRequests(KubernetesClient client, ClusterPlace place) {
        this.client = client;
        this.place = place;
    }

    ClusterPlace place() {
        return place;
    }

    Answer<Optional<Secret>> secret() {
        return persistently(this::look);
    }

    /** Looks once, without repeating anything. */
    Answer<Optional<Secret>> look() {
        return once(() -> Optional.ofNullable(
                client.secrets().inNamespace(place.namespace()).withName(place.name()).get()));
    }

    /** Creates it, or replaces the version that it was made from. */
    Answer<Secret> put(Secret secret) {
        return put(secret, client.secrets().inNamespace(place.namespace()).resource(secret));
    }

    Answer<Optional<Lease>> lease() {
        return persistently(this::lookAtLease);
    }

    /** Looks once, without repeating anything. */
    Answer<Optional<Lease>> lookAtLease() {
        return once(() -> Optional.ofNullable(
                client.leases().inNamespace(place.namespace()).withName(place.name()).get()));
    }

    /** Creates it, or replaces the version that it was made from. */
    Answer<Lease> put(Lease lease) {
        return put(lease, client.leases().inNamespace(place.namespace()).resource(lease));
    }

    private static <T extends HasMetadata> Answer<T> put(T object, Resource<T> resource) {
        return object.getMetadata().getResourceVersion() == null ? once(resource::create) : once(resource::update);
    }

    private <T> Answer<T> persistently(Supplier<Answer<T>> request) {
        for (int attempt = 0;; attempt++) {
            Answer<T> answer = request.get();
            if (!(answer instanceof Answer.Refused<T> refused && refused.isPassing())
                    || attempt >= place.pace().retries()) {
                return answer;
            }
            place.pace().beforeAgain(attempt);
        }
    }

    /** In a thread of its own: the client ends a request of a thread that is interrupted. */
    private static <T> Answer<T> once(Supplier<T> request) {
        try {
            return new Answer.Done<>(CompletableFuture.supplyAsync(request, Thread::startVirtualThread).join());
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case KubernetesClientException refused -> new Answer.Refused<>(refused);
                case RuntimeException other -> throw other;
                case null, default -> throw e;
            };
        }
    }

    <T> T orThrow(String what, Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T>(T value) -> value;
            case Answer.Refused<T> refused -> throw problem(what, refused);
        };
    }

    /** The problem that an answer is which is not the one hoped for. */
    ProblemException problem(String what, Answer.Refused<?> refused) {
        if (refused.isMissing()) {
            return Problem.failed(what + ": " + ClusterErrors.words(refused.why()), place.address(),
                    "The namespace has to be there before a state can be in it: kubectl create namespace "
                            + place.namespace())
                    .causedBy(refused.why())
                    .asException();
        }
        ProblemException e = ClusterErrors.of(refused.why(), what, place.address());
        Problem problem = e.problems().getFirst();
        return problem.kind() == Problem.Kind.FORBIDDEN
                ? new Problem(problem.kind(), problem.what(), problem.where(),
                        "plan and drift need get on this Secret; what writes needs get, create and update on Secrets"
                                + " and Leases (coordination.k8s.io) in " + place.namespace() + ".",
                        problem.cause()).asException()
                : e;
    }
}
