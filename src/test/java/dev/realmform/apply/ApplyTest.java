package dev.realmform.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.apply.ApplyEvent.Because;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Provider;
import dev.realmform.provider.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApplyTest {

    private static final List<ResourceType> TYPES = List.of(new Fakes.Type("role", 1), new Fakes.Type("group", 10));

    private final List<List<Address>> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<String> journal = new ArrayList<>();
    private final List<ApplyEvent> events = new ArrayList<>();
    private final Interrupt interrupt = new Interrupt();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<Address, Set<Address>> waitsFor = new HashMap<>();
    private Recorder recorder = new Journal();
    private Function<List<Change>, List<Outcome>> provider = Fakes::allDone;
    private int parallelism = 1;

    @Test
    void readyChangesStartInPlanOrder() {
        run(Fakes.create("role", "c"), Fakes.update("role", "a"), Fakes.create("role", "b"));

        assertThat(sent).containsExactly(List.of(role("c")), List.of(role("a")), List.of(role("b")));
    }

    @Test
    void callsRunSideBySide() {
        parallelism = 2;
        CountDownLatch both = new CountDownLatch(2);
        provider = bundle -> {
            both.countDown();
            await(both);
            return Fakes.allDone(bundle);
        };

        assertThat(run(Fakes.create("role", "a"), Fakes.create("role", "b")).isComplete()).isTrue();
    }

    @Test
    void aNewGroupTreeIsOneBundleWithParentsFirst() {
        waits(group("c"), group("b"));
        waits(group("b"), group("a"));
        run(Fakes.create("group", "a"), Fakes.create("group", "b"), Fakes.create("group", "c"));

        assertThat(sent).containsExactly(List.of(group("a"), group("b"), group("c")));
    }

    @Test
    void aBundleWaitsForThoseThatWillJoinItAndOthersGoFirst() {
        waits(group("b"), group("a"), role("r"));
        run(Fakes.create("group", "a"), Fakes.create("group", "b"), Fakes.create("role", "r"));

        assertThat(sent).containsExactly(List.of(role("r")), List.of(group("a"), group("b")));
    }

    @Test
    void aTreeGoesOutWholeAndNoOtherOneIsCutForIt() {
        List<Change> changes = new ArrayList<>();
        for (String top : List.of("a", "b", "c")) {
            Address around = Address.of("group", "r", top);
            changes.add(Fakes.create(around));
            for (int i = 0; i < 5; i++) {
                Address inside = Address.of("group", "r", top, "g" + i);
                waits(inside, around);
                changes.add(Fakes.create(inside));
            }
        }
        waits(Address.of("group", "r", "a", "g4"), group("a"), role("r"));
        changes.add(Fakes.create("role", "r"));
        run(changes.toArray(Change[]::new));

        assertThat(sent).extracting(List::size).containsExactly(6, 1, 6, 6);
        assertThat(sent.getFirst().getFirst()).isEqualTo(group("b"));
    }

    @Test
    void whatMoreWouldJoinIsNotWaitedForWhenNothingElseRuns() {
        waits(group("b"), group("a"), role("r"));
        waits(role("r"), group("a"));
        run(Fakes.create("group", "a"), Fakes.create("role", "r"), Fakes.create("group", "b"));

        assertThat(sent).containsExactly(List.of(group("a")), List.of(role("r")), List.of(group("b")));
    }

    @Test
    void aBundleIsFilledUpToItsLimit() {
        run(IntStream.range(0, 23).mapToObj(i -> Fakes.create("group", "g%02d".formatted(i))).toArray(Change[]::new));

        assertThat(sent).extracting(List::size).containsExactly(10, 10, 3);
    }

    @Test
    void aBundleStaysInOneRealm() {
        Change here = Fakes.create("group", "a");
        Change.Create there = Fakes.create(Address.of("group", "elsewhere", "a"));
        run(here, there);

        assertThat(sent).containsExactly(List.of(here.address()), List.of(there.address()));
    }

    @Test
    void updatesGoSingly() {
        run(Fakes.update("group", "a"), Fakes.update("group", "b"));

        assertThat(sent).containsExactly(List.of(group("a")), List.of(group("b")));
    }

    @Test
    void aFailureSkipsWhatDependsOnItAndNothingElse() {
        waits(role("b"), role("a"));
        waits(role("c"), role("b"));
        provider = failing(role("a"));
        ApplyResult result = run(Fakes.create("role", "a"), Fakes.create("role", "b"), Fakes.create("role", "c"),
                Fakes.create("role", "d"));

        assertThat(result.failed()).extracting(event -> event.change().address()).containsExactly(role("a"));
        assertThat(result.skipped()).containsExactly(
                new ApplyEvent.Skipped(Fakes.create("role", "b"), new Because.NeededFailed(role("a"))),
                new ApplyEvent.Skipped(Fakes.create("role", "c"), new Because.NeededFailed(role("a"))));
        assertThat(result.done()).extracting(event -> event.change().address()).containsExactly(role("d"));
        assertThat(result.summary())
                .isEqualTo("Apply incomplete! Resources: 1 added, 0 changed, 0 destroyed; 1 failed, 2 not started.");
    }

    @Test
    void aProviderThatThrowsFailsItsBundleAndTheWalkGoesOn() {
        IllegalStateException bug = new IllegalStateException("no such thing");
        provider = bundle -> {
            if (bundle.getFirst().address().type().equals("group")) {
                throw bug;
            }
            return Fakes.allDone(bundle);
        };
        ApplyResult result = run(Fakes.create("group", "a"), Fakes.create("group", "b"), Fakes.create("role", "r"));

        assertThat(result.failed()).hasSize(2)
                .allSatisfy(event -> assertThat(event.problem().cause()).containsSame(bug));
        assertThat(result.done()).hasSize(1);
        assertThat(journal).contains("failed group/r/a", "failed group/r/b");
    }

    @Test
    void anErrorInAProviderDoesNotHangTheWalk() {
        provider = bundle -> {
            throw new StackOverflowError();
        };

        assertThat(run(Fakes.create("role", "a")).failed()).hasSize(1);
    }

    @Test
    void aFailedChangeThatIsThereAllTheSameReachesTheRecorderWithItsId() {
        provider = bundle -> List.of(
                new Outcome.Failed(Problem.failed("refused", "", ""), Optional.of("42"), true));
        run(Fakes.create("role", "a"));

        assertThat(journal).containsExactly("pending role/r/a", "failed role/r/a 42");
    }

    @Test
    void aPlainAdoptionSendsNothingAndKeepsTheLiveId() {
        ApplyResult result = run(Fakes.adopt("role", "a", false));

        assertThat(sent).isEmpty();
        assertThat(journal).containsExactly("succeeded role/r/a live role/r/a");
        assertThat(result.isComplete()).isTrue();
    }

    @Test
    void whatIsForgottenHasNoId() {
        run(Fakes.forget("role", "a"));

        assertThat(journal).containsExactly("succeeded role/r/a");
    }

    @Test
    void whatGoesWithItsContainerSucceedsWithIt() {
        run(Fakes.deleteWith(group("a"), "group", "b"), Fakes.delete("group", "a"));

        assertThat(sent).containsExactly(List.of(group("a")));
        assertThat(journal).containsExactly("pending group/r/a", "succeeded group/r/a id of group/r/a",
                "succeeded group/r/b");
    }

    @Test
    void whatGoesWithItsContainerIsSkippedIfTheContainerStays() {
        provider = failing(group("a"));
        ApplyResult result = run(Fakes.delete("group", "a"), Fakes.deleteWith(group("a"), "group", "b"));

        assertThat(result.skipped()).extracting(ApplyEvent.Skipped::because)
                .containsExactly(new Because.NeededFailed(group("a")));
    }

    @Test
    void anInterruptLetsRunningCallsFinishAndRecordsWhatWentWithThem() {
        provider = bundle -> {
            interrupt.request();
            return Fakes.allDone(bundle);
        };
        ApplyResult result = run(Fakes.delete("group", "a"), Fakes.deleteWith(group("a"), "group", "b"),
                Fakes.create("role", "c"), Fakes.forget("role", "d"));

        assertThat(result.interrupted()).isTrue();
        assertThat(result.done()).extracting(event -> event.change().address())
                .containsExactly(role("d"), group("a"), group("b"));
        assertThat(result.skipped()).containsExactly(
                new ApplyEvent.Skipped(Fakes.create("role", "c"), new Because.Interrupted()));
    }

    /** Each further call would only wait for the server anew. */
    @Test
    void whereCallAfterCallFindsNoServerTheRestIsNotStarted() {
        parallelism = 2;
        provider = bundle -> unanswered(bundle, Problem.Kind.UNREACHABLE);
        ApplyResult result = run(IntStream.range(0, 9)
                .mapToObj(i -> Fakes.create("role", "a" + i))
                .toArray(Change[]::new));

        assertThat(result.failed()).hasSizeBetween(3, 4);
        assertThat(result.skipped()).extracting(ApplyEvent.Skipped::because).containsOnly(new Because.Outage());
        assertThat(result.failed().size() + result.skipped().size()).isEqualTo(9);
        assertThat(result.interrupted()).isFalse();
    }

    @Test
    void anyAnswerInBetweenIsNoOutage() {
        provider = bundle -> switch (bundle.getFirst().address().name().charAt(1)) {
            case 'd' -> Fakes.allDone(bundle);
            case 'f' -> unanswered(bundle, Problem.Kind.FAILED);
            default -> unanswered(bundle, Problem.Kind.LOGIN);
        };
        ApplyResult result = run(Fakes.create("role", "1u"), Fakes.create("role", "2d"), Fakes.create("role", "3u"),
                Fakes.create("role", "4f"), Fakes.create("role", "5u"));

        assertThat(result.failed()).hasSize(4);
        assertThat(result.skipped()).isEmpty();
    }

    private static List<Outcome> unanswered(List<Change> bundle, Problem.Kind kind) {
        Problem problem = new Problem(kind, "nobody answers", "", "", Optional.empty());
        return bundle.stream().<Outcome>map(change -> new Outcome.Failed(problem, Optional.empty(), true)).toList();
    }

    @Test
    void anInterruptedThreadWaitsForItsCallsAndStaysInterrupted() {
        Thread coordinator = Thread.currentThread();
        provider = bundle -> {
            coordinator.interrupt();
            return Fakes.allDone(bundle);
        };
        ApplyResult result = run(Fakes.create("role", "a"), Fakes.create("role", "b"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.interrupted()).isTrue();
        assertThat(result.done()).hasSize(1);
        assertThat(result.skipped()).hasSize(1);
    }

    @Test
    void aRecorderThatFailsStopsTheWalkAndWhatIsNotRecordedIsNamed() {
        parallelism = 2;
        CountDownLatch both = new CountDownLatch(2);
        provider = bundle -> {
            both.countDown();
            await(both);
            return Fakes.allDone(bundle);
        };
        recorder = new Journal() {
            @Override
            public void ended(List<Ended> ends) {
                if (journal.size() == 2) {
                    journal.add("full");
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }
                super.ended(ends);
            }
        };
        ProblemException thrown = catchThrowableOfType(ProblemException.class,
                () -> run(Fakes.create("role", "a"), Fakes.create("role", "b"), Fakes.create("role", "c")));

        assertThat(journal).hasSize(4).element(3).asString().startsWith("succeeded role/r/");
        assertThat(sent).hasSize(2);
        assertThat(thrown.problems()).hasSize(2);
        assertThat(thrown.problems().getFirst().what()).contains("No space left on device");
        assertThat(thrown.problems().getLast().what()).containsPattern("could not be recorded:\n  role/r/[ab]$");
        assertThat(events).contains(new ApplyEvent.Skipped(Fakes.create("role", "c"), new Because.NotRecordable()));
    }

    @Test
    void whatCannotBeAnnouncedInTheJournalIsNotSent() {
        recorder = new Journal() {
            @Override
            public void pending(List<Change> bundle) {
                throw Problem.failed("the disk is full", "", "").asException();
            }
        };

        assertThatThrownBy(() -> run(Fakes.create("role", "a"))).hasMessage("the disk is full");
        assertThat(sent).isEmpty();
        assertThat(events).containsExactly(
                new ApplyEvent.Skipped(Fakes.create("role", "a"), new Because.NotRecordable()));
    }

    @Test
    void aCycleFailsWithItsPathInsteadOfHanging() {
        waits(role("a"), role("b"));
        waits(role("b"), role("a"));
        waits(role("c"), role("b"));
        ApplyResult result = run(Fakes.create("role", "a"), Fakes.create("role", "b"), Fakes.create("role", "c"),
                Fakes.create("role", "d"));

        assertThat(result.failed()).hasSize(2)
                .allSatisfy(event -> assertThat(event.problem().what()).contains("role/r/a → role/r/b → role/r/a"));
        assertThat(result.skipped()).hasSize(1);
        assertThat(result.done()).hasSize(1);
        assertThat(journal).containsExactly("pending role/r/d", "succeeded role/r/d id of role/r/d");
    }

    @Test
    void eventsSayWhenAndHowLong() {
        provider = bundle -> {
            nanos.addAndGet(Duration.ofSeconds(3).toNanos());
            return List.of(new Outcome.Done(Optional.empty(), true));
        };
        Change change = Fakes.create("role", "a");
        run(change);

        assertThat(events).containsExactly(new ApplyEvent.Started(change, Instant.EPOCH),
                new ApplyEvent.Succeeded(change, Duration.ofSeconds(3), true));
    }

    @Test
    void theSummaryCountsAReplacementTwiceAndAnAdoptionThatWritesAsAChange() {
        ApplyResult result = run(Fakes.create("role", "a"), Fakes.replace("role", "b"), Fakes.update("role", "c"),
                Fakes.adopt("role", "d", true), Fakes.adopt("role", "e", false), Fakes.delete("role", "f"));

        assertThat(result.summary()).isEqualTo("Apply complete! Resources: 2 added, 2 changed, 2 destroyed.");
    }

    @Test
    void tenThousandChangesInAChainAreWalked() {
        Change[] chain = IntStream.range(0, 10_000).mapToObj(i -> Fakes.create("role", "n" + i)).toArray(Change[]::new);
        for (int i = 1; i < chain.length; i++) {
            waits(chain[i].address(), chain[i - 1].address());
        }
        provider = failing(role("n5000"));
        ApplyResult result = run(chain);

        assertThat(result.done()).hasSize(5000);
        assertThat(result.skipped()).hasSize(4999);
    }

    private ApplyResult run(Change... changes) {
        Provider world = new Fakes.World(TYPES, bundle -> {
            sent.add(bundle.stream().map(Change::address).toList());
            return provider.apply(bundle);
        });
        Plan plan = Fakes.plan(List.of(changes), waitsFor);
        return new Apply(change -> world, address -> Optional.of("live " + address), recorder, events::add, parallelism,
                () -> Instant.EPOCH, nanos::get, interrupt).run(plan);
    }

    private void waits(Address address, Address... needs) {
        waitsFor.put(address, Set.of(needs));
    }

    private static Function<List<Change>, List<Outcome>> failing(Address address) {
        return bundle -> bundle.getFirst().address().equals(address)
                ? List.of(new Outcome.Failed(Problem.failed("refused", "", ""), Optional.empty(), false))
                : Fakes.allDone(bundle);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Address role(String name) {
        return Fakes.at("role", name);
    }

    private static Address group(String name) {
        return Fakes.at("group", name);
    }

    private class Journal implements Recorder {
        @Override
        public void pending(List<Change> bundle) {
            bundle.forEach(change -> journal.add("pending " + change.address()));
        }

        @Override
        public void ended(List<Ended> ends) {
            ends.forEach(end -> journal.add(switch (end.outcome()) {
                case Outcome.Done(Optional<String> id, _) -> line("succeeded", end.change(), id);
                case Outcome.Failed(_, Optional<String> id, _) -> line("failed", end.change(), id);
            }));
        }

        private String line(String how, Change change, Optional<String> id) {
            return (how + " " + change.address() + " " + id.orElse("")).strip();
        }
    }
}
