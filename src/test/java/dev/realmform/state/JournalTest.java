package dev.realmform.state;

import static dev.realmform.state.States.ADA;
import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.REALM;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Address OLD = Address.of("client", "retail", "Zahlung-ä");

    private static final List<Event> EVENTS = List.of(
            new Event.Began(States.pending(PAY, Action.CREATE, owned("p"))),
            new Event.Began(States.pending(SAML, Action.UPDATE, Optional.of(OLD))),
            new Event.Done(PAY, owned("p")), new Event.Done(SAML, owned("s")), new Event.Gone(OLD),
            new Event.Began(States.pending(REALM, Action.REPLACE, Optional.empty())), new Event.Failed(REALM),
            new Event.Identified(States.server("https://sso.example", "retail", "id-2")), new Event.Gone(PAY),
            new Event.Began(States.pending(PAY, Action.CREATE, Optional.empty())));

    @TempDir
    Path folder;

    private FileStateStore store;
    private State base;
    private byte[] journal;

    @BeforeEach
    void aRunThatWasCutOff() throws IOException {
        store = States.store(folder.resolve("retail.json"));
        store.store(States.state().stored("run-0"));
        base = store.load().orElseThrow().state();
        try (StateLock lock = store.lock(Duration.ZERO, ADA); Journal open = lock.journal(base, List.of())) {
            EVENTS.forEach(event -> open.append(List.of(event)));
        }
        journal = Files.readAllBytes(store.beside(".journal"));
    }

    @Test
    void whereverTheJournalIsCutOffWhatStoodBeforeCounts() throws IOException {
        int before = 0;
        for (int length = 0; length <= journal.length; length++) {
            byte[] prefix = Arrays.copyOf(journal, length);
            Files.write(store.beside(".journal"), prefix);
            Loaded loaded = store.load().orElseThrow();
            int whole = Math.max(0, lines(prefix) - 1);
            Ledger expected = new Ledger(base);
            EVENTS.subList(0, whole).forEach(expected::take);
            assertThat(loaded).as("%d bytes", length).isEqualTo(new Loaded(expected.state(), expected.pending()));
            assertThat(whole).isGreaterThanOrEqualTo(before);
            before = whole;
        }
        assertThat(before).isEqualTo(EVENTS.size());
    }

    @Test
    void aRunAfterACutContinuesWithWholeLines() throws IOException {
        Files.write(store.beside(".journal"), Arrays.copyOf(journal, journal.length - 5));
        Loaded cut = store.load().orElseThrow();
        try (StateLock lock = store.lock(Duration.ZERO, ADA);
                Journal next = lock.journal(cut.state(), cut.pending())) {
            next.append(List.of(new Event.Done(PAY, owned("again"))));
        }
        assertThat(store.load().orElseThrow().state().find(PAY)).contains(owned("again"));
        assertThat(store.load().orElseThrow().state().find(SAML)).contains(owned("s"));
    }

    @Test
    void zerosThatAPowerCutLeftAtTheEndAreATornLine() throws IOException {
        Files.write(store.beside(".journal"), Arrays.copyOf(journal, journal.length + 100));
        assertThat(store.load().orElseThrow().pending()).hasSize(1);
    }

    @Test
    void garbageInTheMiddleIsRefused() throws IOException {
        String text = new String(journal, StandardCharsets.UTF_8);
        for (String broken : List.of(text.replaceFirst("\"done\"", "\"did\""), text.replaceFirst("\\}\n", "\n"),
                text.replaceFirst("\"create\"", "\"crate\""), text + "\n", text.replaceFirst("\n", "\n\u0000\n"))) {
            Files.writeString(store.beside(".journal"), broken);
            assertThatExceptionOfType(ProblemException.class).isThrownBy(store::load)
                    .satisfies(e -> assertThat(e.problems().getFirst().what()).contains("journal", "is damaged"))
                    .satisfies(e -> assertThat(e.problems().getFirst().where()).contains(".journal:"))
                    .satisfies(e -> assertThat(e.problems().getFirst().remedy()).contains("Cut the journal off"));
        }
    }

    @Test
    void aJournalOfANewerFormatIsRefused() throws IOException {
        Files.writeString(store.beside(".journal"),
                new String(journal, StandardCharsets.UTF_8).replaceFirst("\"realmform_journal\":1",
                        "\"realmform_journal\":2"));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(store::load).withMessageContaining("newer");
    }

    private static int lines(byte[] bytes) {
        int lines = 0;
        for (byte one : bytes) {
            lines += one == '\n' ? 1 : 0;
        }
        return lines;
    }

    @Test
    void aBeginningIsOnTheDiskBeforeItsRequestAndAnEndWithTheNextBeginning() {
        List<TornChannel> opened = new ArrayList<>();
        FileStateStore counted = States.store(folder.resolve("counted.json"), (path, options, rights) -> {
            TornChannel channel = new TornChannel(FileChannel.open(path, options, rights), () -> false);
            opened.add(channel);
            return channel;
        });
        try (StateLock lock = counted.lock(Duration.ZERO, ADA)) {
            Journal open = lock.journal(State.fresh("lineage"), List.of());
            open.append(List.of(new Event.Began(States.pending(PAY, Action.CREATE, owned("p")))));
            TornChannel file = opened.getLast();
            assertThat(file.syncs()).isEqualTo(1);
            open.append(List.of(new Event.Done(PAY, owned("p"))));
            assertThat(file.syncs()).isEqualTo(1);
            open.append(List.of(new Event.Began(States.pending(SAML, Action.CREATE, owned("s")))));
            assertThat(file.syncs()).isEqualTo(2);
            open.append(List.of(new Event.Failed(SAML)));
            open.close();
            assertThat(file.syncs()).isEqualTo(3);
            assertThat(file.isOpen()).isFalse();
        }
    }
}
