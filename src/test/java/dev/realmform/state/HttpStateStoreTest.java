package dev.realmform.state;

import static dev.realmform.state.States.ADA;
import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;
import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.testing.Journals;
import dev.realmform.testing.StateShelf;
import dev.realmform.testing.StateShelf.CutOff;
import dev.realmform.testing.StateShelf.DoneAndGone;
import dev.realmform.testing.StateShelf.Fault;
import dev.realmform.testing.StateShelf.HangUp;
import dev.realmform.testing.StateShelf.Manner;
import dev.realmform.testing.StateShelf.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A state on a server, in both manners of the protocol, and all that may happen on the way there. */
class HttpStateStoreTest extends StateOnAServer {

    @ParameterizedTest
    @EnumSource
    void aRunStoresWhatItIntendsThenWhatItDidAndFreesTheLock(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        assertThat(store.load()).isEmpty();
        inARun(store, State.fresh("lineage-1"), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            assertThat(store.load().orElseThrow().pending()).containsExactly(CREATE_PAY, UPDATE_SAML);
            journal.append(List.of(new Event.Began(CREATE_PAY)));
            journal.append(List.of(new Event.Done(PAY, owned("p")), new Event.Failed(SAML)));
        });
        Loaded loaded = store.load().orElseThrow();
        assertThat(loaded.state().find(PAY)).contains(owned("p"));
        assertThat(loaded.pending()).isEmpty();
        assertThat(loaded.state().serial()).isEqualTo(2);
        assertThat(shelf.lockId()).isEmpty();
        assertThat(shelf.written()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatARunThatStopsEarlyHasNeverBegunIsNotOpen(Manner manner) throws IOException {
        HttpStateStore store = store(shelf(manner), manner);
        inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            journal.append(List.of(new Event.Began(UPDATE_SAML)));
        });
        assertThat(store.load().orElseThrow().pending()).containsExactly(UPDATE_SAML);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatChangesNothingStoresNothing(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        inARun(store, fresh(), journal -> {});
        State stored = store.load().orElseThrow().state();
        inARun(store, stored, journal -> journal.intend(() -> List.of()));
        assertThat(shelf.written()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatDiesLeavesItsIntentionsAndItsLock(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        StateLock dead = store(shelf, manner).lock(Duration.ZERO, ADA);
        dead.journal(fresh(), List.of()).intend(() -> List.of(CREATE_PAY));
        HttpStateStore next = store(shelf, manner);
        assertThat(next.load().orElseThrow().pending()).containsExactly(CREATE_PAY);
        List<Problem> held = problems(() -> next.lock(Duration.ZERO, ADA));
        String id = shelf.lockId().orElseThrow();
        assertThat(held.getFirst().what())
                .contains("is held by " + (manner == Manner.GITLAB ? "gitlab-user" : "ada@build-7")
                        + " since 2026-01-02T12:01:00Z")
                .contains("1 changes were still open when it stored serial 1");
        assertThat(held.getFirst().remedy()).contains("realmform force-unlock " + id);
        assertThat(problems(() -> next.unlock("nonsense")).getFirst().what()).contains("was not unlocked");
        next.unlock(id);
        next.lock(Duration.ZERO, ADA).close();
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsGetsTheLockWhenItIsFreed(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        shelf.give("theirs", "eve");
        List<String> told = new CopyOnWriteArrayList<>();
        CompletableFuture<StateLock> waiting = CompletableFuture
                .supplyAsync(() -> store(shelf, manner).lock(Duration.ofSeconds(30), ADA, told::add));
        while (shelf.calls().size() < 3) {
            Thread.onSpinWait();
        }
        assertThat(waiting).isNotDone();
        shelf.free();
        waiting.join().close();
        assertThat(shelf.lockId()).isEmpty();
        assertThat(told).singleElement(STRING).contains("is held by ", "since 2026-01-02T12:01:00Z");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerLosesIsLookedForAndStoredOnce(Manner manner) throws IOException {
        for (Fault fault : List.of(new HangUp(), new DoneAndGone(), new Status(503, ""), new Status(502, "<html>"),
                new Status(429, ""))) {
            StateShelf shelf = shelf(manner);
            HttpStateStore store = store(shelf, manner);
            shelf.faults("POST", fault);
            inARun(store, fresh(), journal -> {});
            assertThat(store.load().orElseThrow().state().serial()).as(fault.toString()).isEqualTo(1);
            assertThat(shelf.written()).as(fault.toString()).hasSize(1);
            assertThat(shelf.lockId()).isEmpty();
            shelf.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsCutOffIsReadAgain(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        inARun(store, fresh(), journal -> {});
        for (Fault fault : List.of(new CutOff(), new HangUp(), new Status(500, ""), new Status(503, ""))) {
            shelf.faults("GET", fault, fault);
            assertThat(store.load().orElseThrow().state().serial()).as(fault.toString()).isEqualTo(1);
        }
        shelf.faults(call -> Optional.of(new HangUp()));
        Problem outage = problems(store::load).getFirst();
        assertThat(outage.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(outage.what()).contains("the state cannot be read: the connection failed");
        assertThat(outage.where()).isEqualTo(shelf.url());
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerToLockThatWasLostIsNoForeignLock(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        AtomicInteger locks = new AtomicInteger();
        shelf.faults(call -> (call.path().endsWith("/lock") || call.method().equals("LOCK"))
                && locks.incrementAndGet() == 1 ? Optional.of(new DoneAndGone()) : Optional.empty());
        inARun(store, fresh(), journal -> {});
        assertThat(shelf.lockId()).isEmpty();
        assertThat(shelf.written()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatWasStolenStopsNewChangesAndKeepsWhatWasDoneInAFile(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        snapshots = Duration.ofMillis(5);
        HttpStateStore store = store(shelf, manner);
        List<Problem> problems = problems(() -> {
            StateLock lock = store.lock(Duration.ZERO, ADA);
            try (lock; Journal journal = lock.journal(fresh(), List.of())) {
                journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
                shelf.give("theirs", "eve");
                journal.append(List.of(new Event.Done(PAY, owned("p"))));
                Problem lost = Journals.refusal(journal, UPDATE_SAML).getFirst();
                assertThat(lost.what()).contains("the lock on the state")
                        .contains("was lost while this run went on")
                        .contains(manner == Manner.GITLAB ? "gitlab-user" : "eve");
                journal.append(List.of(new Event.Done(SAML, owned("s2"))));
            }
        });
        assertThat(problems).hasSize(2);
        assertThat(problems.get(1).remedy()).contains("realmform state push " + folder.resolve("errored.state.json"));
        Loaded kept = store.bytes().read(Files.readAllBytes(folder.resolve("errored.state.json")));
        assertThat(kept.state().find(PAY)).contains(owned("p"));
        assertThat(kept.state().find(SAML)).contains(owned("s2"));
        assertThat(kept.pending()).isEmpty();
        assertThat(shelf.lockId()).contains("theirs");
        assertThat(store.load().orElseThrow().pending()).containsExactly(CREATE_PAY, UPDATE_SAML);
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatWasFreedByForceStopsNewChangesAndWhatWasDoneIsStored(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        snapshots = Duration.ofMillis(5);
        HttpStateStore store = store(shelf, manner);
        StateLock lock = store.lock(Duration.ZERO, ADA);
        try (lock; Journal journal = lock.journal(fresh(), List.of())) {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            shelf.free();
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            if (manner == Manner.PLAIN) {
                assertThat(Journals.refusal(journal, UPDATE_SAML).getFirst().what()).contains("somebody freed it");
            }
            journal.append(List.of(new Event.Failed(SAML)));
        }
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
        assertThat(store.load().orElseThrow().pending()).isEmpty();
        assertThat(shelf.lockId()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyElseStoredMeanwhileIsNotOverwritten(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        String theirs = new String(store.bytes().write(fresh().stored("theirs").stored("theirs"), List.of()),
                StandardCharsets.UTF_8);
        List<Problem> problems = problems(() -> inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY));
            shelf.free();
            shelf.put(2, theirs);
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
        }));
        assertThat(problems.getFirst().what()).contains("somebody else has stored serial 2");
        assertThat(shelf.content()).contains(theirs);
        assertThat(folder.resolve("errored.state.json")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatMovedSinceItWasReadIsRefusedBeforeAnythingIsWritten(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        inARun(store, fresh(), journal -> {});
        try (StateLock lock = store.lock(Duration.ZERO, ADA)) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> lock.journal(fresh(), List.of()))
                    .withMessageContaining("was changed by somebody else in the meantime: serial 1, not 0");
        }
        assertThat(shelf.written()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anOutageInTheMiddleStopsNothingAndIsMadeUpFor(Manner manner) throws IOException, InterruptedException {
        StateShelf shelf = shelf(manner);
        snapshots = Duration.ofMillis(5);
        HttpStateStore store = store(shelf, manner);
        inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            long before = shelf.count("POST");
            shelf.faults(call -> Optional.of(new Status(503, "")));
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            while (shelf.count("POST") < before + 3) {
                Thread.onSpinWait();
            }
            journal.append(List.of(new Event.Began(UPDATE_SAML)));
            shelf.faults(call -> Optional.empty());
            journal.append(List.of(new Event.Done(SAML, owned("s2"))));
        });
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
        assertThat(store.load().orElseThrow().state().find(SAML)).contains(owned("s2"));
        assertThat(folder.resolve("errored.state.json")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void anOutageAtTheEndLeavesAFileAndTheIntentions(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        HttpStateStore store = store(shelf, manner);
        Files.writeString(folder.resolve("errored.state.json"), "an earlier one");
        List<Problem> problems = problems(() -> inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY));
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            shelf.faults("POST", new Status(503, ""), new HangUp(), new Status(503, "{\"message\":\"down\"}"));
        }));
        assertThat(problems.getFirst().what()).contains("the state cannot be stored: down (status 503)");
        assertThat(problems.get(1).what()).contains("errored.state-2.json");
        assertThat(folder.resolve("errored.state.json")).hasContent("an earlier one");
        assertThat(store.load().orElseThrow().pending()).containsExactly(CREATE_PAY);
        try (StateLock lock = store.lock(Duration.ZERO, ADA)) {
            lock.put(store.bytes().read(Files.readAllBytes(folder.resolve("errored.state-2.json"))));
        }
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("p"));
    }

    @Test
    void aSnapshotIsStoredWhileTheRunGoesOn() throws IOException, InterruptedException {
        StateShelf shelf = shelf(Manner.GITLAB);
        snapshots = Duration.ofMillis(5);
        HttpStateStore store = store(shelf, Manner.GITLAB);
        inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            while (shelf.written().size() < 2) {
                Thread.onSpinWait();
            }
            Loaded between = store.load().orElseThrow();
            assertThat(between.state().find(PAY)).contains(owned("p"));
            assertThat(between.pending()).containsExactly(UPDATE_SAML);
            journal.append(List.of(new Event.Done(SAML, owned("s2"))));
        });
        assertThat(store.load().orElseThrow().pending()).isEmpty();
        assertThat(shelf.lockId()).isEmpty();
    }

    @Test
    void anInterruptedThreadStillStoresWhatItDid() throws IOException {
        StateShelf shelf = shelf(Manner.GITLAB);
        HttpStateStore store = store(shelf, Manner.GITLAB);
        shelf.faults("POST", new Status(503, ""));
        inARun(store, fresh(), journal -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shelf.written()).hasSize(1);
        assertThat(shelf.lockId()).isEmpty();
    }
}
