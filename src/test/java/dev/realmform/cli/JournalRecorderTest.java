package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.apply.Recorder.Ended;
import dev.realmform.keycloak.KeycloakProvider;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.plan.Ownership;
import dev.realmform.provider.Outcome;
import dev.realmform.state.Event;
import dev.realmform.state.Journal;
import dev.realmform.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalRecorderTest {

    private static final Address A = role("a");
    private static final Address B = role("b");
    private static final Address C = role("c");

    private final List<List<Event>> appended = new ArrayList<>();
    private final JournalRecorder recorder = recorder();
    private final JournalRecorder other = recorder();

    /** What we made stays deletable under its new name, and what we found does not become so. */
    @Test
    void namesThatChangeHandsTakeTheirPastAlong() {
        List<Change> renames = List.of(renamed(B, C), renamed(A, B));
        renames.forEach(recorder::intention);

        for (Change rename : renames) {
            recorder.pending(List.of(rename));
            recorder.ended(List.of(new Ended(rename, new Outcome.Done(Optional.empty(), false))));
        }

        assertThat(done(C)).extracting(Owned::id, Owned::created).containsExactly(Optional.of("2"), false);
        assertThat(done(B)).extracting(Owned::id, Owned::created).containsExactly(Optional.of("1"), true);
    }

    @Test
    void whatEndsTogetherIsAppendedInOneGo() {
        List<Change> bundle = List.of(created(role("d")), created(role("e")));
        recorder.pending(bundle);
        recorder.ended(List.of(new Ended(bundle.get(0), new Outcome.Done(Optional.of("4"), false)),
                new Ended(bundle.get(1), new Outcome.Done(Optional.of("5"), false))));

        assertThat(appended).hasSize(2).allSatisfy(events -> assertThat(events).hasSize(2));
        assertThat(done(role("d")).id()).contains("4");
        assertThat(done(role("e")).id()).contains("5");
    }

    @Test
    void whatWasWorkedOutBeforehandIsWhatWouldHaveBeenWorkedOutThen() {
        List<Change> bundle = Stream.of("d", "e", "f").map(name -> created(role(name))).toList();
        recorder.pending(bundle);
        bundle.forEach(other::begin);
        ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS);
        other.pending(bundle);

        assertThat(appended).hasSize(2);
        assertThat(appended.getFirst()).isEqualTo(appended.getLast());
    }

    /** Somebody else's past may have come to a name since. */
    @Test
    void whatWasWorkedOutBeforehandIsNotTakenForWhatHasAPastByThen() {
        Change again = created(role("d"));
        recorder.begin(again);
        ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS);
        Change rename = renamed(A, role("d"));
        recorder.pending(List.of(rename));
        recorder.ended(List.of(new Ended(rename, new Outcome.Done(Optional.empty(), false))));
        recorder.pending(List.of(again));

        assertThat(appended.getLast()).singleElement()
                .isInstanceOfSatisfying(Event.Began.class,
                        began -> assertThat(began.pending().becomes().flatMap(Owned::id)).contains("1"));
    }

    private Owned done(Address address) {
        return appended.stream()
                .flatMap(List::stream)
                .filter(Event.Done.class::isInstance)
                .map(Event.Done.class::cast)
                .filter(event -> event.address().equals(address))
                .findFirst()
                .orElseThrow()
                .owned();
    }

    private JournalRecorder recorder() {
        return new JournalRecorder(new Kept(), KeycloakProvider::resourceType, new Ownership(new Random(1)),
                new TreeMap<>(Map.of(A, owned("1", true), B, owned("2", false))),
                new ServerIdentity("https://sso.example.com/realms/master", new TreeMap<>()));
    }

    private static Address role(String name) {
        return Address.of("realm-role", "retail", name);
    }

    private static Owned owned(String id, boolean created) {
        return new Owned(Optional.of(id), created, false, new TreeMap<>(), Set.of());
    }

    private static Change renamed(Address from, Address to) {
        Resource resource = Resource.live(to, Value.EMPTY_MAP.with("description", Value.text("Reads")));
        return new Change.Update(resource, resource, resource, List.of(), Optional.of(from));
    }

    private static Change created(Address address) {
        Resource resource = Resource.live(address, Value.EMPTY_MAP.with("description", Value.text("Reads")));
        return new Change.Create(resource, resource);
    }

    /** Keeps what is appended, and nothing else. */
    private final class Kept implements Journal {
        @Override
        public void append(List<Event> events) {
            appended.add(events);
        }

        @Override
        public State state() {
            return State.fresh("lineage");
        }

        @Override
        public State fold() {
            return state();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
