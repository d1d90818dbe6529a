package dev.realmform.state;

import static dev.realmform.state.States.ADA;
import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.REALM;
import static dev.realmform.state.States.SAML;
import static dev.realmform.state.States.owned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {

    @TempDir
    Path folder;

    private Path file;
    private FileStateStore store;

    @BeforeEach
    void nothingYet() {
        file = folder.resolve("state/retail.json");
        store = States.store(file);
    }

    @Test
    void whereNothingWasStoredThereIsNoState() {
        assertThat(store.load()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    /** A realm may have a name of 255 characters. */
    @Test
    void aNameThatNothingFitsBesideIsRefusedBeforeAnythingIsDone() {
        FileStateStore longest = States.store(folder.resolve("state/" + "r".repeat(238) + ".json"));
        FileStateStore longer = States.store(folder.resolve("state/" + "r".repeat(239) + ".json"));

        assertThat(longest.load()).isEmpty();
        for (Runnable use : List.<Runnable>of(longer::load, () -> longer.lock(Duration.ZERO, ADA))) {
            Problem problem = problem(use);
            assertThat(problem.what()).startsWith("the name of the state's file is too long: 244 bytes");
            assertThat(problem.remedy()).contains("--state state/NAME.json");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLongestNameKeepsABackup() {
        file = folder.resolve("state/" + "r".repeat(238) + ".json");
        store = States.store(file);
        run(States.state());
        run(load().state(), new Event.Gone(SAML));

        assertThat(load().state().serial()).isEqualTo(2);
    }

    @Test
    void aFoldedRunIsTheNextVersionOfTheState() throws IOException {
        run(States.state());
        State first = load().state();
        assertThat(first.serial()).isEqualTo(1);
        assertThat(first.resources()).isEqualTo(States.state().resources());
        assertThat(first.server()).contains(States.SERVER);
        assertThat(first.files()).containsExactly("retail.yaml");

        run(first, new Event.Gone(SAML));
        assertThat(load().state().serial()).isEqualTo(2);
        assertThat(load().state().find(SAML)).isEmpty();
        assertThat(files()).containsExactly("retail.json", "retail.json.backup", "retail.json.lock");
        assertThat(States.store(store.beside(".backup")).load()).map(Loaded::state).contains(first);
    }

    @Test
    void aRunWithNothingToRecordWritesNothing() throws IOException {
        run(States.state());
        byte[] before = Files.readAllBytes(file);
        run(load().state());
        run(load().state(), new Event.Began(States.pending(PAY, Action.UPDATE, Optional.empty())),
                new Event.Failed(PAY));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("retail.json", "retail.json.lock");
    }

    @Test
    void theSealIsKeptUntilASecretChanges() {
        run(States.state(), new Event.Done(SAML, States.secretive("one")), new Event.Sealed(States.SEAL));
        assertThat(load().state().seal()).contains(States.SEAL);

        run(load().state(), new Event.Done(PAY, owned("p2")), new Event.Done(SAML, States.secretive("one")));
        assertThat(load().state().seal()).contains(States.SEAL);

        cutOff(load().state(), new Event.Done(SAML, States.secretive("two")));
        assertThat(load().state().seal()).isEmpty();
        cutOff(load().state(), new Event.Sealed(States.SEAL));
        assertThat(load().state().seal()).contains(States.SEAL);

        State sealed = load().state();
        assertThat(sealed.withResources(new TreeMap<>(Map.of(SAML, States.secretive("two")))).seal()).isPresent();
        assertThat(sealed.withResources(new TreeMap<>()).seal()).isEmpty();
    }

    @Test
    void onlyTheOwnerMayReadWhatIsWritten() throws IOException {
        run(States.state());
        run(load().state(), new Event.Gone(SAML));
        try (StateLock lock = lock(); Journal journal = lock.journal(load().state(), List.of())) {
            journal.append(List.of(new Event.Gone(PAY)));
            for (String name : files()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
            assertThat(files()).contains("retail.json.journal", "retail.json.holder");
        }
    }

    @Test
    void aRunThatWasCutOffIsFoldedByTheNextOne() {
        run(States.state());
        cutOff(load().state(), new Event.Gone(SAML), new Event.Done(PAY, owned("p2")),
                new Event.Began(States.pending(REALM, Action.UPDATE, Optional.empty())));
        Loaded loaded = load();
        assertThat(loaded.state().serial()).isEqualTo(1);
        assertThat(loaded.state().find(SAML)).isEmpty();
        assertThat(loaded.state().find(PAY)).contains(owned("p2"));
        assertThat(loaded.pending()).containsExactly(States.pending(REALM, Action.UPDATE, Optional.empty()));

        run(loaded.state());
        assertThat(load().state().saysTheSameAs(loaded.state())).isTrue();
        assertThat(load().state().serial()).isEqualTo(2);
        assertThat(load().pending()).isEmpty();
    }

    @Test
    void theFirstRunOfAllMayBeCutOff() {
        cutOff(State.fresh("lineage-9").forRun(States.state().files(), States.SERVER),
                new Event.Began(States.pending(PAY, Action.CREATE, Optional.empty())), new Event.Done(PAY, owned("p")),
                new Event.Began(States.pending(SAML, Action.CREATE, Optional.empty())));
        Loaded loaded = load();
        assertThat(loaded.state().lineage()).isEqualTo("lineage-9");
        assertThat(loaded.state().resources()).containsOnlyKeys(PAY);
        assertThat(loaded.state().server()).contains(States.SERVER);
        assertThat(loaded.mayHaveCreated(SAML)).isTrue();
        assertThat(loaded.mayHaveCreated(PAY)).isFalse();
    }

    @Test
    void cutOffTwiceLosesNothing() {
        run(States.state());
        cutOff(load().state(), new Event.Gone(SAML),
                new Event.Began(States.pending(PAY, Action.DELETE, Optional.empty())));
        Loaded once = load();
        try (StateLock lock = lock(); Journal journal = lock.journal(once.state(), once.pending())) {
            journal.append(List.of(new Event.Done(REALM, owned("r"))));
        }
        Loaded twice = load();
        assertThat(twice.state().find(SAML)).isEmpty();
        assertThat(twice.state().find(REALM)).contains(owned("r"));
        assertThat(twice.pending()).isEqualTo(once.pending());
    }

    @Test
    void whatIsStillPendingOutlivesTheFold() {
        run(States.state());
        Pending pending = States.pending(SAML, Action.UPDATE, Optional.empty());
        run(load().state(), new Event.Began(pending), new Event.Gone(PAY));
        assertThat(load().pending()).containsExactly(pending);
        assertThat(load().state().serial()).isEqualTo(2);

        try (StateLock lock = lock(); Journal journal = lock.journal(load().state(), load().pending())) {
            assertThat(journal.fold().serial()).isEqualTo(2);
        }
        assertThat(load().pending()).containsExactly(pending);
        run(load().state());
        assertThat(load().pending()).isEmpty();
    }

    @Test
    void aCrashBetweenStateAndJournalFoldsNothingTwice() throws IOException {
        run(States.state());
        State base = load().state();
        cutOff(base, new Event.Gone(SAML));
        byte[] journal = Files.readAllBytes(store.beside(".journal"));
        try (StateLock lock = lock(); Journal again = lock.journal(base, List.of())) {
            again.append(List.of(new Event.Gone(SAML)));
            journal = Files.readAllBytes(store.beside(".journal"));
            again.fold();
        }
        Files.write(store.beside(".journal"), journal);
        assertThat(load().state().serial()).isEqualTo(2);
        assertThat(load().state().find(SAML)).isEmpty();
    }

    @Test
    void aJournalOfAnotherStateIsRefused() throws IOException {
        run(States.state());
        cutOff(load().state(), new Event.Gone(SAML));
        byte[] journal = Files.readAllBytes(store.beside(".journal"));

        Files.delete(file);
        assertThat(refusal().what()).contains("continues serial 1", "the state is gone");
        Files.delete(store.beside(".journal"));
        run(State.fresh("lineage-2").withResources(States.state().resources()));
        Files.write(store.beside(".journal"), journal);
        assertThat(refusal().what()).contains("another state", "lineage-1", "lineage-2");
        assertThat(refusal().remedy()).contains("move the journal away");
    }

    @Test
    void aJournalThatIsNewerThanTheStateIsRefused() throws IOException {
        run(States.state());
        byte[] old = Files.readAllBytes(file);
        run(load().state(), new Event.Gone(SAML));
        cutOff(load().state(), new Event.Gone(PAY));
        Files.write(file, old);
        assertThat(refusal().what()).contains("continues serial 2", "has serial 1");
    }

    @Test
    void eachDamageIsRefusedWithItsOwnWayOut() throws IOException {
        run(States.state());
        String whole = Files.readString(file);

        assertThat(refusalOf(whole.substring(0, whole.length() / 2)))
                .satisfies(problem -> assertThat(problem.what()).contains("is cut off"))
                .satisfies(problem -> assertThat(problem.remedy()).contains("retail.json.backup"));
        assertThat(refusalOf("").what()).contains("is empty");
        assertThat(refusalOf(whole.replace("\"serial\": 1", "\"serial\": \"x\"")).what())
                .contains("is damaged", "serial is not a whole number");
        assertThat(refusalOf(whole.replace("\"serial\": 1", "\"serial\": 1,,")).where()).contains("line ");
        assertThat(refusalOf(whole.replace("\"serial\"", "\"serials\"")).what()).contains("serials is not known");
        assertThat(refusalOf("{\"realm\": \"retail\"}").what()).contains("is not a state of realmform");
        assertThat(refusalOf("[]").what()).contains("is not a state of realmform");
        assertThat(refusalOf("realm: retail").remedy()).contains("--state");
        assertThat(refusalOf(whole.replace("\"realmform_state\": 1", "\"realmform_state\": 2")).what())
                .contains("newer realmform", "state format 2");
    }

    @Test
    void aStateThatMovedSinceItWasLoadedIsRefused() {
        run(States.state());
        State old = load().state();
        run(old, new Event.Gone(SAML));
        try (StateLock lock = lock()) {
            assertThat(problem(() -> lock.journal(old, List.of())).what()).contains("somebody else", "serial 2, not 1");
        }
    }

    @Test
    void aFullDiskLeavesTheStateAsItWas() throws IOException {
        run(States.state());
        byte[] before = Files.readAllBytes(file);
        FileStateStore full = States.store(file, (path, options, rights) -> FileChannel.open(Path.of("/dev/full"),
                StandardOpenOption.WRITE));
        try (StateLock lock = full.lock(Duration.ZERO, ADA);
                Journal journal = lock.journal(load().state(), List.of())) {
            Problem problem = problem(() -> journal.append(List.of(new Event.Gone(PAY))));
            assertThat(problem.what()).contains("retail.json.journal", "No space left on device");
            assertThat(problem.remedy()).contains("untouched", "Free some space");
        }
        assertThat(problem(() -> full.store(States.state())).what()).contains("No space left");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(files()).containsExactly("retail.json", "retail.json.lock");
    }

    @Test
    void aDiskThatIsFullForAWhileLeavesNoTornLineInTheMiddle() {
        run(States.state());
        AtomicBoolean full = new AtomicBoolean();
        FileStateStore flaky = States.store(file, (path, options, rights) -> options.contains(
                StandardOpenOption.CREATE_NEW) ? FileChannel.open(path, options, rights)
                        : new TornChannel(FileChannel.open(path, options, rights), full::get));
        try (StateLock lock = flaky.lock(Duration.ZERO, ADA);
                Journal journal = lock.journal(load().state(), List.of())) {
            journal.append(List.of(new Event.Gone(PAY)));
            full.set(true);
            assertThat(problem(() -> journal.append(List.of(new Event.Gone(REALM)))).what()).contains("No space");
            full.set(false);
            journal.append(List.of(new Event.Gone(SAML)));
        }
        assertThat(load().state().resources()).containsOnlyKeys(REALM);
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "");
        FileStateStore inFile = States.store(blocked.resolve("retail.json"));
        assertThat(problem(() -> inFile.lock(Duration.ZERO, ADA)).what()).contains("cannot lock");
        assertThat(problem(inFile::load).what()).contains("cannot read", "Not a directory");
        assertThat(problem(() -> new DurableFile(blocked.resolve("x")).replace(new byte[0])).what())
                .contains("cannot write", "not a folder");
    }

    @Test
    void aLinkToTheStateStaysALink() throws IOException {
        run(States.state());
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);
        new DurableFile(link).replace("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("{}");
    }

    @Test
    void aStateTurnsUpAgainAsItWas() {
        Map<Address, dev.realmform.model.Owned> odd = new TreeMap<>(Map.of(
                Address.of("group", "retail", "", "a/b", "\"q\\"), owned("x")));
        run(States.state().withResources(new TreeMap<>(odd)));
        assertThat(load().state().resources()).isEqualTo(odd);
    }

    private Loaded load() {
        return store.load().orElseThrow();
    }

    private StateLock lock() {
        return store.lock(Duration.ZERO, ADA);
    }

    private void run(State base, Event... events) {
        try (StateLock lock = lock(); Journal journal = lock.journal(base, List.of())) {
            for (Event event : events) {
                journal.append(List.of(event));
            }
            journal.fold();
        }
    }

    private void cutOff(State base, Event... events) {
        try (StateLock lock = lock(); Journal journal = lock.journal(base, List.of())) {
            journal.append(List.of(events));
        }
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(file.resolveSibling("."))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Problem refusalOf(String content) throws IOException {
        Files.writeString(file, content);
        return refusal();
    }

    private Problem refusal() {
        return problem(store::load);
    }

    private static Problem problem(Runnable runnable) {
        try {
            runnable.run();
        } catch (ProblemException e) {
            return e.problems().getFirst();
        }
        throw new AssertionError("not refused");
    }
}
