package dev.realmform.kubernetes.state;

import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.realmform.json.Json;
import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.state.Codec;
import dev.realmform.state.Event;
import dev.realmform.state.Holder;
import dev.realmform.state.Journal;
import dev.realmform.state.Loaded;
import dev.realmform.state.Pace;
import dev.realmform.state.Pending;
import dev.realmform.state.State;
import dev.realmform.state.StateBytes;
import dev.realmform.state.StateLock;
import dev.realmform.testing.Journals;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of the lock of a state in any cluster: the mock, and a real one. */
abstract class ClusterLockContract {

    static final Codec JSON = new Codec(Json::parse, value -> Json.compact(value, Json.Secrets.HIDE),
            value -> Json.pretty(value, Json.Secrets.HIDE));
    static final Holder ADA = new Holder("ada@build-7", 4711, Instant.parse("2026-01-02T12:01:00Z"), "apply");
    static final Address PAY = Address.of("client", "retail", "pay");
    static final Address SHOP = Address.of("client", "retail", "shop");
    static final Pending CREATE_PAY = new Pending(PAY, Action.CREATE, Optional.empty(), Optional.of(owned("p")));
    static final Pending UPDATE_SHOP = new Pending(SHOP, Action.UPDATE, Optional.empty(), Optional.empty());
    static final String NAME = "retail-state";

    private static final int RACERS = 16;

    @TempDir
    Path folder;

    private final List<ClusterStateStore> stores = new ArrayList<>();
    final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    Duration snapshots = Duration.ofHours(1);
    Duration renew = Duration.ofHours(1);
    TestCluster cluster;

    abstract TestCluster open();

    @BeforeEach
    void prepare() {
        cluster = open();
    }

    @AfterEach
    void close() {
        stores.forEach(ClusterStateStore::close);
        cluster.close();
    }

    static Owned owned(String id) {
        return new Owned(Optional.of(id), true, false, new TreeMap<>(), Set.of());
    }

    static State fresh() {
        return State.fresh("lineage-1").withResources(new TreeMap<>(Map.of(SHOP, owned("s"))));
    }

    ClusterStateStore store() {
        ClusterPlace place = new ClusterPlace(cluster.namespace(), NAME,
                new Pace(2, Duration.ofSeconds(5), Duration.ofMillis(5), snapshots, Duration.ofMillis(5)),
                new ClusterPlace.Term(Duration.ofSeconds(60), Duration.ofSeconds(60), renew));
        ClusterStateStore store = new ClusterStateStore(cluster.open(), place, JSON,
                () -> UUID.randomUUID().toString().replace("-", ""), folder,
                () -> Instant.now().plus(later.get()));
        stores.add(store);
        return store;
    }

    Optional<Secret> secret() {
        return Optional.ofNullable(
                cluster.client().secrets().inNamespace(cluster.namespace()).withName(NAME).get());
    }

    Lease lease() {
        return cluster.client().leases().inNamespace(cluster.namespace()).withName(NAME).get();
    }

    /** Somebody else's hand on the lock. */
    void give(@Nullable String id) {
        cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .resource(new LeaseBuilder(lease()).editSpec().withHolderIdentity(id).endSpec().build())
                .update();
    }

    /** What a thread of its own does in a while, however busy the machine is. */
    static void eventually(BooleanSupplier isSo) throws InterruptedException {
        long until = System.nanoTime() + 30_000_000_000L;
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never became so").isLessThan(until);
            Thread.sleep(5);
        }
    }

    @Test
    void aRunThatDiesLeavesItsIntentionsAndALockThatForceUnlockFrees() {
        StateLock dead = store().lock(Duration.ZERO, ADA);
        dead.journal(fresh(), List.of()).intend(() -> List.of(CREATE_PAY));
        ClusterStateStore next = store();
        assertThat(next.load().orElseThrow().pending()).containsExactly(CREATE_PAY);
        Problem held = problems(() -> next.lock(Duration.ZERO, ADA)).getFirst();
        String id = lease().getSpec().getHolderIdentity();
        assertThat(held.what()).contains("is held by ada@build-7 since 20", ": apply", "it is free at ");
        assertThat(held.remedy()).contains("realmform force-unlock " + id);
        assertThat(dead.leftBehind()).contains("realmform force-unlock " + id);
        assertThat(problems(() -> next.unlock("nonsense")).getFirst().what()).contains("was not unlocked", id);
        next.unlock(id);
        assertThat(problems(() -> next.unlock(id)).getFirst().what()).contains("nobody holds it");
        next.lock(Duration.ZERO, ADA).close();
    }

    @Test
    void aLockIsTakenOverOnlyAfterItsTimeAndAMargin() {
        store().lock(Duration.ZERO, ADA);
        ClusterStateStore next = store();
        later.set(Duration.ofSeconds(110));
        assertThat(problems(() -> next.lock(Duration.ZERO, ADA)).getFirst().what()).contains("is held by ada@build-7");
        later.set(Duration.ofSeconds(121));
        next.lock(Duration.ZERO, ADA).close();
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
    }

    @Test
    void ofManyWhoTryAtOnceOneGetsTheLock() {
        assertThat(winners()).as("nobody had it before").isEqualTo(1);
        give(null);
        assertThat(winners()).as("somebody had it before").isEqualTo(1);
    }

    private long winners() {
        List<ClusterStateStore> racers = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            racers.add(store());
        }
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> runs = racers.stream()
                .map(store -> CompletableFuture.supplyAsync(() -> taken(store, start), Thread::startVirtualThread))
                .toList();
        start.countDown();
        return runs.stream().map(CompletableFuture::join).filter(Boolean::booleanValue).count();
    }

    private static boolean taken(ClusterStateStore store, CountDownLatch start) {
        try {
            start.await();
            store.lock(Duration.ZERO, ADA);
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("is held by");
            return false;
        }
    }

    @Test
    void whoWaitsGetsTheLockWhenItIsFreedAndIsToldHowFarTheHolderIs() throws InterruptedException {
        renew = Duration.ofMillis(10);
        StateLock first = store().lock(Duration.ZERO, ADA);
        first.progress("14 of 90 done");
        eventually(() -> "14 of 90 done"
                .equals(lease().getMetadata().getAnnotations().get("realmform.dev/progress")));
        List<String> told = new CopyOnWriteArrayList<>();
        ClusterStateStore next = store();
        CompletableFuture<StateLock> waiting = CompletableFuture
                .supplyAsync(() -> next.lock(Duration.ofSeconds(30), ADA, told::add));
        eventually(() -> !told.isEmpty());
        assertThat(waiting).isNotDone();
        first.close();
        waiting.join().close();
        assertThat(told).singleElement(STRING).contains("is held by ada@build-7", "14 of 90 done");
        assertThat(lease().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void aHolderSaysAgainThatItIsThere() throws InterruptedException {
        renew = Duration.ofMillis(20);
        StateLock lock = store().lock(Duration.ZERO, ADA);
        Instant first = lease().getSpec().getAcquireTime().toInstant();
        eventually(() -> lease().getSpec().getRenewTime().toInstant().isAfter(first));
        assertThat(lease().getSpec().getAcquireTime().toInstant()).isEqualTo(first);
        lock.close();
    }

    @Test
    void aLockThatWasStolenStopsNewChangesAndKeepsWhatWasDoneInAFile() throws IOException {
        renew = Duration.ofMillis(20);
        List<Problem> problems = problems(() -> {
            StateLock lock = store().lock(Duration.ZERO, ADA);
            try (lock; Journal journal = lock.journal(fresh(), List.of())) {
                journal.intend(() -> List.of(CREATE_PAY, UPDATE_SHOP));
                steal();
                journal.append(List.of(new Event.Done(PAY, owned("p"))));
                assertThat(Journals.refusal(journal, UPDATE_SHOP).getFirst().what()).contains("the lock on the state")
                        .contains("was lost while this run went on: it is held by");
                journal.append(List.of(new Event.Done(SHOP, owned("s2"))));
            }
        });
        Path file = folder.resolve("errored.state.json");
        assertThat(problems.get(1).remedy()).contains("realmform state push " + file);
        Loaded kept = StateBytes.of(JSON, "it").read(Files.readAllBytes(file));
        assertThat(kept.state().find(PAY)).contains(owned("p"));
        assertThat(kept.state().find(SHOP)).contains(owned("s2"));
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("theirs");
        assertThat(store().load().orElseThrow().pending()).containsExactly(CREATE_PAY, UPDATE_SHOP);
    }

    /** The holder renews meanwhile: then it is tried again. */
    private void steal() {
        while (true) {
            try {
                give("theirs");
                return;
            } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
                assertThat(e.getCode()).isEqualTo(409);
            }
        }
    }

    @Test
    void aLockThatWasFreedByForceStopsNewChangesAndWhatWasDoneIsStored() {
        renew = Duration.ofMillis(500);
        ClusterStateStore store = store();
        StateLock lock = store.lock(Duration.ZERO, ADA);
        try (lock; Journal journal = lock.journal(fresh(), List.of())) {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SHOP));
            store().unlock(lease().getSpec().getHolderIdentity());
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            assertThat(Journals.refusal(journal, UPDATE_SHOP).getFirst().what()).contains("somebody freed it by force");
            journal.append(List.of(new Event.Failed(SHOP)));
        }
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
        assertThat(store.load().orElseThrow().pending()).isEmpty();
    }

    @Test
    void aLockThatRanOutStopsNewChangesUntilItIsRenewed() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SHOP));
            later.set(Duration.ofSeconds(59));
            journal.append(List.of(new Event.Began(CREATE_PAY)));
            later.set(Duration.ofSeconds(61));
            Problem out = problems(() -> journal.append(List.of(new Event.Began(UPDATE_SHOP)))).getFirst();
            assertThat(out.what()).contains("has run out at ", "could not be told in time that this run goes on");
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
        });
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }
}
