package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.apply.Interrupt;
import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for what a cluster does, and is asked to end. */
@Timeout(30)
class WaitingTest {

    private static final ObjectRef SHOP = new ObjectRef(new Kind("v1", "Namespace", "namespaces", false), "", "shop");

    private final MemoryCluster cluster = new MemoryCluster();
    private final Waiting waiting = new Waiting(cluster,
            new Waiting.Patience(Duration.ofHours(1), Duration.ofMillis(5), System::nanoTime));
    private final Interrupt interrupt = new Interrupt();

    @BeforeEach
    void there() {
        cluster.put(SHOP, (Value.MapOf) Json.parse("{\"metadata\": {\"name\": \"shop\"}}"));
    }

    private String uid() {
        return Manifests.uid(cluster.find(SHOP).orElseThrow());
    }

    @Test
    void aWaitEndsWhenTheRunIsInterrupted() {
        interrupt.also(waiting::end);
        CompletableFuture<Optional<Problem>> wait = CompletableFuture
                .supplyAsync(() -> waiting.gone(SHOP, uid(), "Namespace/shop"));
        assertThat(wait).isNotDone();

        interrupt.request();

        assertThat(wait.join()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.INTERRUPTED);
            assertThat(problem.what()).isEqualTo("interrupted while waiting for Namespace/shop");
        });
    }

    @Test
    void whoDoesNotWaitForRolloutsWaitsForWhatGoes() {
        Waiting impatient = new Waiting(cluster,
                new Waiting.Patience(Duration.ZERO, Duration.ofMillis(5), System::nanoTime));
        waitsUntilItIsGone(impatient, uid());
    }

    @Test
    void aClusterThatIsAwayForAMomentIsWaitedFor() {
        String uid = uid();
        cluster.faults(call -> cluster.calls.size() < 3 ? Optional.of(MemoryCluster.away()) : Optional.empty());
        waitsUntilItIsGone(waiting, uid);
    }

    private void waitsUntilItIsGone(Waiting patient, String uid) {
        CompletableFuture<Optional<Problem>> wait = CompletableFuture
                .supplyAsync(() -> patient.gone(SHOP, uid, "Namespace/shop"));
        assertThat(wait).isNotDone();
        cluster.remove(SHOP);
        assertThat(wait.join()).isEmpty();
    }

    @Test
    void aRunThatWasInterruptedBeforeItWaitedDoesNotBegin() {
        interrupt.request();

        interrupt.also(waiting::end);

        assertThat(waiting.gone(SHOP, uid(), "Namespace/shop")).isPresent();
    }
}
