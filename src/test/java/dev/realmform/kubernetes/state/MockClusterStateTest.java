package dev.realmform.kubernetes.state;

import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.StateLock;
import dev.realmform.testing.TestCluster;
import dev.realmform.testing.TestCluster.Call;
import dev.realmform.testing.TestCluster.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same on fabric8's mock server, and what goes wrong on the way there. */
class MockClusterStateTest extends ClusterStateContract {

    @Override
    TestCluster open() {
        return TestCluster.mock(folder);
    }

    /** The first of these calls goes wrong, or all. */
    private void fault(Fault fault, Predicate<Call> which, int times) {
        AtomicInteger number = new AtomicInteger();
        cluster.faults(call -> which.test(call) && number.incrementAndGet() <= times ? Optional.of(fault)
                : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"secrets,true", "secrets,false", "leases,true", "leases,false"})
    void whatGetsAnErrorIsLookedForAndSentAgainIfItIsNotThere(String kind, boolean isDone) {
        ClusterStateStore store = store();
        fault(new Fault(503, "trouble", isDone), call -> call.writes(kind), 1);
        inARun(store, fresh(), journal -> {});
        assertThat(store.load().orElseThrow().state().serial()).isEqualTo(1);
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
    }

    @Test
    void aRunReadsWhatItMayAndToldWhatItMayNot() {
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {});
        int before = cluster.calls().size();
        store.load();
        assertThat(cluster.calls().subList(before, cluster.calls().size())).singleElement()
                .satisfies(call -> assertThat(call.method() + " " + call.path())
                        .isEqualTo("GET /api/v1/namespaces/" + cluster.namespace() + "/secrets/" + NAME));
        fault(new Fault(403, "leases is forbidden: User looker cannot get resource leases", false),
                call -> call.path().contains("/leases"), 99);
        assertThat(store.load()).isPresent();
        Problem forbidden = problems(() -> store.lock(Duration.ZERO, ADA)).getFirst();
        assertThat(forbidden.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
        assertThat(forbidden.what()).contains("cannot be locked", "User looker cannot get resource leases", "403");
        assertThat(forbidden.remedy()).contains("get, create and update on Secrets and Leases");
    }

    @Test
    void aLoginThatIsRefusedAndAClusterInTroubleAreAnOutage() {
        ClusterStateStore store = store();
        fault(new Fault(401, "Unauthorized", false), call -> true, 99);
        assertThat(problems(store::load).getFirst().kind()).isEqualTo(Problem.Kind.LOGIN);
        fault(new Fault(503, "etcd is away", false), call -> true, 99);
        Problem trouble = problems(store::load).getFirst();
        assertThat(trouble.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(trouble.what()).contains("the state cannot be read: etcd is away (status 503)");
        assertThat(trouble.where()).isEqualTo("kubernetes:" + cluster.namespace() + "/" + NAME);
    }

    @Test
    void aNamespaceThatIsNotThereIsToldWithWhatToDo() {
        fault(new Fault(404, "namespaces \\\"x\\\" not found", false), call -> call.method().equals("POST"), 99);
        Problem missing = problems(() -> store().lock(Duration.ZERO, ADA)).getFirst();
        assertThat(missing.what()).contains("namespaces \"x\" not found");
        assertThat(missing.remedy()).contains("kubectl create namespace " + cluster.namespace());
    }

    @Test
    void anOutageInTheMiddleStopsNothingAndIsMadeUpFor() {
        snapshots = Duration.ofMillis(5);
        ClusterStateStore store = store();
        inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SHOP));
            AtomicInteger failed = new AtomicInteger();
            cluster.faults(call -> {
                failed.incrementAndGet();
                return Optional.of(new Fault(503, "down", false));
            });
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            while (failed.get() < 3) {
                Thread.onSpinWait();
            }
            journal.append(List.of(new Event.Began(UPDATE_SHOP)));
            cluster.faults(call -> Optional.empty());
            journal.append(List.of(new Event.Done(SHOP, owned("s2"))));
        });
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
        assertThat(store.load().orElseThrow().state().find(SHOP)).contains(owned("s2"));
        assertThat(folder.resolve("errored.state.json")).doesNotExist();
    }

    @Test
    void aLockThatCouldNotBeRenewedForAWhileIsGoodAgainWhenItIs() throws InterruptedException {
        renew = Duration.ofMillis(20);
        StateLock lock = store().lock(Duration.ZERO, ADA);
        fault(new Fault(503, "down", false), call -> call.writes("leases"), 99_999);
        later.set(Duration.ofSeconds(61));
        Journal journal = lock.journal(fresh(), List.of());
        assertThat(problems(() -> journal.append(List.of(new Event.Began(UPDATE_SHOP)))).getFirst().what())
                .contains("has run out");
        cluster.faults(call -> Optional.empty());
        eventually(() -> ((ClusterStateLock) lock).broken().isEmpty());
        journal.append(List.of(new Event.Began(UPDATE_SHOP)));
        lock.close();
    }

    @Test
    void aLockThatIsNotFreedIsSaidWithTheWayOut() {
        ClusterStateStore store = store();
        StateLock lock = store.lock(Duration.ZERO, ADA);
        fault(new Fault(503, "down", false), call -> call.writes("leases"), 99);
        Problem left = problems(lock::close).getFirst();
        assertThat(left.what()).contains("the lock was not freed: down (status 503)");
        assertThat(left.remedy()).contains("It frees itself 120 s after", lock.leftBehind().orElseThrow());
    }
}
