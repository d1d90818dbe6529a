package dev.realmform.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.realmform.apply.ApplyEvent.Because;
import dev.realmform.apply.Rehearsal.Entry;
import dev.realmform.apply.Rehearsal.Mishaps;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.provider.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every plan, whatever fails and whenever the interrupt comes. {@code -Dseed=} repeats one case. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApplyPropertiesTest {

    private static final int ROUNDS = 250;

    private static final Mishaps NONE = new Mishaps(false, false);
    private static final Mishaps FAILURES = new Mishaps(true, false);
    private static final Mishaps ALL = new Mishaps(true, true);

    @Test
    void everyChangeEndsExactlyOnce() {
        rehearse(ALL, run -> {
            List<Address> ended = run.events()
                    .stream()
                    .filter(event -> !(event instanceof ApplyEvent.Started))
                    .map(event -> event.change().address())
                    .toList();
            assertThat(ended).containsExactlyInAnyOrderElementsOf(addresses(run.plan.changes()));
        });
    }

    @Test
    void whatEndsOtherThanSkippedHasStartedOnceBefore() {
        rehearse(ALL, run -> {
            Set<Address> started = new HashSet<>();
            for (ApplyEvent event : run.events()) {
                Address address = event.change().address();
                switch (event) {
                    case ApplyEvent.Started ignored -> assertThat(started.add(address)).isTrue();
                    case ApplyEvent.Succeeded ignored -> assertThat(started).contains(address);
                    case ApplyEvent.Failed ignored -> assertThat(started).contains(address);
                    case ApplyEvent.Skipped ignored -> assertThat(started).doesNotContain(address);
                }
            }
        });
    }

    @Test
    void noneIsSentBeforeWhatItNeedsIsRecordedOrStandsEarlierInItsBundle() {
        rehearse(ALL, run -> {
            Set<Address> recorded = new HashSet<>();
            for (Entry entry : run.log) {
                if (entry instanceof Entry.Recorded(Change change, Outcome.Done ignored)) {
                    if (!change.writes()) {
                        assertThat(recorded).containsAll(run.plan.waitsFor(change));
                    }
                    recorded.add(change.address());
                } else if (entry instanceof Entry.Pending(List<Change> bundle)) {
                    Set<Address> met = new HashSet<>(recorded);
                    for (Change change : bundle) {
                        assertThat(met).containsAll(run.plan.waitsFor(change));
                        met.add(change.address());
                    }
                }
            }
        });
    }

    @Test
    void whatIsSentIsPendingBeforeAndRecordedAfterOnce() {
        rehearse(ALL, run -> {
            Set<List<Change>> pending = new HashSet<>();
            Set<Address> open = new HashSet<>();
            Set<Address> recorded = new HashSet<>();
            for (Entry entry : run.log) {
                switch (entry) {
                    case Entry.Pending(List<Change> bundle) -> {
                        assertThat(pending.add(bundle)).isTrue();
                        open.addAll(addresses(bundle));
                    }
                    case Entry.Writing(List<Change> bundle) -> assertThat(pending.remove(bundle)).isTrue();
                    case Entry.Recorded(Change change, Outcome ignored) -> {
                        assertThat(open.remove(change.address())).isEqualTo(change.writes());
                        assertThat(recorded.add(change.address())).isTrue();
                    }
                    case Entry.Event ignored -> {}
                    case Entry.Interrupted ignored -> {}
                }
            }
            assertThat(pending).isEmpty();
            assertThat(open).isEmpty();
        });
    }

    @Test
    void anEventFollowsItsRecord() {
        rehearse(ALL, run -> {
            Set<Address> done = new HashSet<>();
            Set<Address> failed = new HashSet<>();
            for (Entry entry : run.log) {
                switch (entry) {
                    case Entry.Recorded(Change change, Outcome.Done ignored) -> done.add(change.address());
                    case Entry.Recorded(Change change, Outcome.Failed ignored) -> failed.add(change.address());
                    case Entry.Event(ApplyEvent.Succeeded event) ->
                        assertThat(done).contains(event.change().address());
                    case Entry.Event(ApplyEvent.Failed event) -> assertThat(failed).contains(event.change().address());
                    case Entry.Event ignored -> {}
                    case Entry.Pending ignored -> {}
                    case Entry.Writing ignored -> {}
                    case Entry.Interrupted ignored -> {}
                }
            }
        });
    }

    @Test
    void everySkipHasACauseThatItNeededAndThatFailed() {
        rehearse(ALL, run -> {
            Set<Address> failed = new HashSet<>();
            for (ApplyEvent event : run.events()) {
                if (event instanceof ApplyEvent.Failed) {
                    failed.add(event.change().address());
                } else if (event instanceof ApplyEvent.Skipped(Change change, Because because)) {
                    switch (because) {
                        case Because.NeededFailed(Address cause) -> {
                            assertThat(failed).contains(cause);
                            assertThat(allThatItNeeds(run, change)).contains(cause);
                        }
                        case Because.Interrupted ignored -> assertThat(run.result.interrupted()).isTrue();
                        case Because.NotRecordable ignored -> fail("everything could be recorded");
                        case Because.Outage ignored -> fail("every call was answered");
                    }
                }
            }
        });
    }

    @Test
    void whatDependsOnNoFailureSucceeds() {
        rehearse(FAILURES, run -> {
            Set<Address> failed = new HashSet<>(addresses(run.result.failed()
                    .stream()
                    .map(ApplyEvent.Failed::change)
                    .toList()));
            Set<Address> done = new HashSet<>(addresses(run.result.done()
                    .stream()
                    .map(ApplyEvent.Succeeded::change)
                    .toList()));
            for (Change change : run.plan.changes()) {
                if (!failed.contains(change.address())
                        && allThatItNeeds(run, change).stream().noneMatch(failed::contains)) {
                    assertThat(done).contains(change.address());
                }
            }
        });
    }

    @Test
    void callsInFlightStayWithinTheParallelismOfEachProvider() {
        rehearse(ALL, run -> {
            assertThat(run.a.most.get()).isLessThanOrEqualTo(run.parallelism);
            assertThat(run.b.most.get()).isLessThanOrEqualTo(run.parallelism);
        });
    }

    @Test
    void bundlesAreCreationsOfOneTypeWithinItsLimit() {
        rehearse(ALL, run -> run.log.forEach(entry -> {
            if (entry instanceof Entry.Writing(List<Change> bundle) && bundle.size() > 1) {
                String type = bundle.getFirst().address().type();
                assertThat(bundle).allMatch(change -> change instanceof Change.Create)
                        .allMatch(change -> change.address().type().equals(type))
                        .hasSizeLessThanOrEqualTo(run.limit(type));
            }
        }));
    }

    @Test
    void withoutFailuresEverythingSucceeds() {
        rehearse(NONE, run -> {
            assertThat(run.result.isComplete()).isTrue();
            assertThat(run.result.done()).hasSameSizeAs(run.plan.changes());
            assertThat(run.result.counts()).isEqualTo(run.plan.counts());
        });
    }

    @Test
    void afterAnInterruptNothingNewStarts() {
        rehearse(ALL, run -> {
            boolean interrupted = false;
            Set<Address> sent = new HashSet<>();
            for (Entry entry : run.log) {
                switch (entry) {
                    case Entry.Interrupted ignored -> interrupted = true;
                    case Entry.Pending(List<Change> bundle) -> {
                        assertThat(interrupted).isFalse();
                        sent.addAll(addresses(bundle));
                    }
                    case Entry.Event(ApplyEvent.Started(Change change, var ignored)) -> {
                        boolean goesAlong = change instanceof Change.Delete && !change.writes();
                        assertThat(!interrupted || sent.contains(change.address()) || goesAlong).isTrue();
                    }
                    case Entry.Event ignored -> {}
                    case Entry.Recorded ignored -> {}
                    case Entry.Writing ignored -> {}
                }
            }
        });
    }

    @Test
    void theResultIsTheSumOfTheEvents() {
        rehearse(ALL, run -> {
            List<ApplyEvent> ends = new ArrayList<>(run.result.done());
            ends.addAll(run.result.failed());
            ends.addAll(run.result.skipped());
            assertThat(ends).containsExactlyInAnyOrderElementsOf(run.events()
                    .stream()
                    .filter(event -> !(event instanceof ApplyEvent.Started))
                    .toList());
            assertThat(run.result.interrupted()).isEqualTo(run.log.contains(new Entry.Interrupted()));
        });
    }

    @Test
    void onlyTheCallingThreadRecordsAndTells() {
        rehearse(ALL, run -> assertThat(run.coordinators).isSubsetOf(Set.of(Thread.currentThread())));
    }

    private static void rehearse(Mishaps mishaps, Consumer<Rehearsal> property) {
        Optional<Long> given = Optional.ofNullable(Long.getLong("seed"));
        long first = given.orElseGet(System::nanoTime);
        for (long seed = first; seed < first + (given.isPresent() ? 1 : ROUNDS); seed++) {
            try {
                property.accept(new Rehearsal(seed, mishaps));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<Address> addresses(List<? extends Change> changes) {
        return changes.stream().map(Change::address).toList();
    }

    private static Set<Address> allThatItNeeds(Rehearsal run, Change change) {
        Set<Address> found = new HashSet<>();
        Deque<Address> open = new ArrayDeque<>(run.plan.waitsFor(change));
        while (!open.isEmpty()) {
            Address next = open.pop();
            if (found.add(next)) {
                open.addAll(run.plan.waitsFor().getOrDefault(next, Set.of()));
            }
        }
        return found;
    }
}
