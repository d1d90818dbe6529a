package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.testing.ApplyingMock;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On fabric8's mock with a small server-side apply of ours: mapping, repeating, refusals. No proof of Kubernetes. */
class MockClusterTest extends ClusterContract {

    @TempDir
    Path folder;

    private final ApplyingMock mock = new ApplyingMock();

    @Override
    KubernetesClient open() {
        return new ClusterAccess(Optional.of(mock.kubeconfig(folder)), Optional.empty(), Map.of()).open();
    }

    @Override
    void stop() {
        mock.close();
    }

    @Test
    void troubleThatPassesIsWaitedFor() {
        AtomicInteger times = new AtomicInteger();
        mock.faults(request -> request.startsWith("GET /api/v1/namespaces/") && times.incrementAndGet() <= 2
                ? Optional.of(ApplyingMock.refusal(503, "try again"))
                : Optional.empty());
        run().apply(section());
        assertThat(times.get()).isGreaterThan(2);
    }

    @Test
    void troubleThatStaysIsAnOutageAndA500IsSentOnce() {
        mock.faults(request -> Optional.of(ApplyingMock.refusal(429, "too many")));
        assertThat(problem().kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        mock.faults(request -> Optional.of(ApplyingMock.refusal(401, "who are you")));
        assertThat(problem().kind()).isEqualTo(Problem.Kind.LOGIN);
        mock.faults(request -> Optional.empty());
        run().apply(section());
        mock.faults(request -> request.startsWith("PATCH")
                ? Optional.of(ApplyingMock.refusal(500, "failed to create typed patch object: x"))
                : Optional.empty());
        mock.requests().clear();
        assertThat(problem().kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(mock.requests()).filteredOn(request -> request.startsWith("PATCH")).hasSize(1);
    }

    private Problem problem() {
        return catchThrowableOfType(ProblemException.class, () -> run().plan(section())).problems().getFirst();
    }

    @Test
    void eachApplyNamesUsAndWantsEveryFieldChecked() {
        run().apply(section());
        assertThat(mock.requests()).filteredOn(request -> request.startsWith("PATCH"))
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request).contains("fieldManager=realmform", "fieldValidation=Strict"));
    }
}
