package dev.realmform.kubernetes.state;

import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Event;
import dev.realmform.state.Loaded;
import dev.realmform.state.Pending;
import dev.realmform.state.State;
import dev.realmform.state.StateLock;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of a state in any cluster: the mock, and a real one. */
abstract class ClusterStateContract extends ClusterLockContract {

    @Test
    void aRunStoresWhatItIntendsThenWhatItDidAndFreesTheLock() {
        ClusterStateStore store = store();
        assertThat(store.load()).isEmpty();
        inARun(store, State.fresh("lineage-1"), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SHOP));
            assertThat(store.load().orElseThrow().pending()).containsExactly(CREATE_PAY, UPDATE_SHOP);
            journal.append(List.of(new Event.Began(CREATE_PAY)));
            journal.append(List.of(new Event.Done(PAY, owned("p")), new Event.Failed(SHOP)));
        });
        Loaded loaded = store.load().orElseThrow();
        assertThat(loaded.state().find(PAY)).contains(owned("p"));
        assertThat(loaded.pending()).isEmpty();
        assertThat(loaded.state().serial()).isEqualTo(2);
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        Secret secret = secret().orElseThrow();
        assertThat(secret.getType()).isEqualTo("realmform.dev/state");
        assertThat(secret.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "realmform");
        byte[] packed = Base64.getDecoder().decode(secret.getData().get("state.json.gz"));
        assertThat(packed).startsWith(0x1f, 0x8b);
    }

    @Test
    void aRunThatChangesNothingStoresNothing() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        String version = secret().orElseThrow().getMetadata().getResourceVersion();
        inARun(store, store.load().orElseThrow().state(), journal -> journal.intend(() -> List.of()));
        assertThat(secret().orElseThrow().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void whatSomebodyElseStoredMeanwhileIsNotOverwritten() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        State stored = store.load().orElseThrow().state();
        List<Problem> problems = problems(() -> inARun(store, stored, journal -> {
            journal.intend(() -> List.of(CREATE_PAY));
            touch();
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
        }));
        assertThat(problems.getFirst().what()).contains("somebody else has stored serial 2");
        assertThat(store.load().orElseThrow().pending()).containsExactly(CREATE_PAY);
        assertThat(folder.resolve("errored.state.json")).exists();
    }

    private void touch() {
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(new SecretBuilder(secret().orElseThrow()).editMetadata()
                        .addToAnnotations("theirs", "true")
                        .endMetadata()
                        .build())
                .update();
    }

    @Test
    void aStateThatMovedSinceItWasReadIsRefusedBeforeAnythingIsWritten() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        try (StateLock lock = store.lock(Duration.ZERO, ADA)) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> lock.journal(fresh(), List.of()))
                    .withMessageContaining("was changed by somebody else in the meantime: serial 1, not 0");
        }
    }

    @Test
    void aStateThatWasDeletedMeanwhileIsNotMadeAnew() {
        ClusterStateStore store = store();
        List<Problem> problems = problems(() -> inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY));
            cluster.client().secrets().inNamespace(cluster.namespace()).withName(NAME).delete();
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
        }));
        assertThat(problems.getFirst().what()).contains("somebody has deleted the state");
        assertThat(secret()).isEmpty();
        assertThat(folder.resolve("errored.state.json")).exists();
    }

    @Test
    void aStateThatIsTooLargeIsRefusedBeforeAnythingIsSent() {
        ClusterStateStore store = store();
        Random random = new Random(5);
        Problem refused = problems(() -> inARun(store, fresh(), journal -> {
            List<Pending> many = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[6000];
                random.nextBytes(bytes);
                many.add(new Pending(Address.of("client", "retail", "c" + i), Action.CREATE, Optional.empty(),
                        Optional.of(owned(Base64.getEncoder().encodeToString(bytes)))));
            }
            journal.intend(() -> many);
        })).getFirst();
        assertThat(refused.what()).contains("too large for a Secret", "1.7 MiB when gzipped");
        assertThat(refused.remedy()).contains("state push state.json --state PLACE");
        assertThat(store.load().orElseThrow().pending()).isEmpty();
    }

    @Test
    void aSecretThatIsNoStateIsLeftAsItIs() {
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(new SecretBuilder().withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withType("Opaque")
                        .withData(Map.of("password", "Y2FuYXJ5"))
                        .build())
                .create();
        ClusterStateStore store = store();
        assertThat(problems(store::load).getFirst().what()).contains("is of type Opaque, and no state of realmform");
        try (StateLock lock = store.lock(Duration.ZERO, ADA)) {
            assertThat(problems(() -> lock.put(new Loaded(fresh(), List.of()))).getFirst().what())
                    .contains("is of type Opaque");
        }
        assertThat(secret().orElseThrow().getData()).containsOnly(Map.entry("password", "Y2FuYXJ5"));
    }

    @Test
    void aStateThatIsDamagedIsRefusedWithTheWayOut() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        Secret whole = secret().orElseThrow();
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .resource(new SecretBuilder(whole).withData(Map.of("state.json.gz", "bm8gZ3ppcA==")).build())
                .update();
        Problem damaged = problems(store::load).getFirst();
        assertThat(damaged.what()).contains("is damaged");
        assertThat(damaged.remedy()).contains("realmform state rebuild");
    }

    @Test
    void aStateThatIsPushedTakesThePlaceOfWhatIsThere() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        try (StateLock lock = store.lock(Duration.ZERO, ADA)) {
            lock.put(new Loaded(State.fresh("lineage-2"), List.of(UPDATE_SHOP)));
        }
        assertThat(store.load().orElseThrow().state().lineage()).isEqualTo("lineage-2");
        assertThat(store.load().orElseThrow().pending()).containsExactly(UPDATE_SHOP);
    }

    @Test
    void anInterruptedThreadStillStoresWhatItDid() {
        inARun(store(), fresh(), journal -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(secret()).isPresent();
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }
}
