package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A state in a file, with its previous version ({@code .backup}), its journal and its lock beside it.
 *
 * <p>A journal belongs to the version of the state that it names by lineage and serial. Once it is folded in, the state names
 * its run: what a crash left between writing the state and dropping the journal is not folded twice.
 */
public final class FileStateStore implements StateStore {

    private static final int ATTEMPTS = 5;

    /** Bytes of a name that the usual file systems take, and of the longest ending of what stands beside the state. */
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ENDING = ".journal.tmp".length();

    private final Path path;
    private final Codec codec;
    private final Supplier<String> runIds;
    private final DurableFile.Opener opener;

    /**
     * @param runIds makes a name for each run that nobody else makes
     */
    public FileStateStore(Path path, Codec codec, Supplier<String> runIds) {
        this(path, codec, runIds, java.nio.channels.FileChannel::open);
    }

    FileStateStore(Path path, Codec codec, Supplier<String> runIds, DurableFile.Opener opener) {
        this.path = path;
        this.codec = codec;
        this.runIds = runIds;
        this.opener = opener;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public Optional<Loaded> load() {
        checkName();
        // A run that ends meanwhile replaces the state and drops its journal: what does not fit together is read again.
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<byte[]> before = stateFile().read();
            Optional<byte[]> journal = journalFile().read();
            if (same(before, stateFile().read())) {
                return fitted(before.map(this::parsed), journal.flatMap(this::replayed));
            }
        }
        throw Problem.failed("the state " + path + " keeps changing while it is read", "",
                "Another run is writing it. Try again when it has ended.").asException();
    }

    @Override
    public StateLock lock(Duration patience, Holder holder, Consumer<String> waiting) {
        checkName();
        return FileStateLock.take(this, patience, holder, waiting);
    }

    /** Told at first, and not when the second version is to be kept. */
    private void checkName() {
        int length = String.valueOf(path.getFileName()).getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_NAME - LONGEST_ENDING) {
            throw Problem.refused("the name of the state's file is too long: " + length
                    + " bytes, and what is kept beside it is called by that name and more", path.toString(),
                    "Name another one of at most " + (LONGEST_NAME - LONGEST_ENDING)
                            + ": --state state/NAME.json, or state: {file: …} in the section realmform of the root file.")
                    .asException();
        }
    }

    @Override
    public void unlock(String lockId) {
        throw Problem.refused("the lock of " + path + " cannot be broken, and need not be", "",
                "It is the operating system's, and free as soon as the process that holds it ends. Who holds it stands in "
                        + beside(".holder") + ": end that process.")
                .asException();
    }

    DurableFile stateFile() {
        return new DurableFile(path, opener);
    }

    DurableFile journalFile() {
        return new DurableFile(beside(".journal"), opener);
    }

    Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    Codec codec() {
        return codec;
    }

    String newRun() {
        return runIds.get();
    }

    /** The state as it is on disk, without any journal. */
    Optional<State> stored() {
        return stateFile().read().map(this::parsed).map(Loaded::state);
    }

    /** Writes the state; what was there stays as the backup. */
    void store(State state) {
        store(new Loaded(state, List.of()));
    }

    void store(Loaded whole) {
        stateFile().read().ifPresent(previous -> new DurableFile(beside(".backup"), opener).replace(previous));
        stateFile().replace(codec.page()
                .apply(StateFormat.write(whole.state(), whole.pending()))
                .getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Loaded> fitted(Optional<Loaded> found, Optional<Replay> journal) {
        if (journal.isEmpty()) {
            return found;
        }
        Optional<State> stored = found.map(Loaded::state);
        State begun = journal.get().begun();
        State base = stored.orElseGet(() -> State.fresh(begun.lineage()));
        if (!begun.lineage().equals(base.lineage())) {
            throw foreignJournal("belongs to another state: lineage " + begun.lineage() + ", not " + base.lineage());
        }
        if (stored.isPresent() && begun.run().equals(base.run())) {
            return Optional.of(new Loaded(base, journal.get().pending()));
        }
        if (begun.serial() != base.serial()) {
            throw foreignJournal("continues serial " + begun.serial() + ", and the state "
                    + (stored.isPresent() ? "has serial " + base.serial() : "is gone"));
        }
        return Optional.of(journal.get().over(base));
    }

    private ProblemException foreignJournal(String why) {
        return Problem.refused("the journal " + beside(".journal") + " " + why, "",
                "A state file was replaced or deleted after a run had been cut off. Put back the one that the journal"
                        + " continues (see " + beside(".backup") + "), or move the journal away: what only it knows"
                        + " is then planned as if others had made it.")
                .asException();
    }

    private Loaded parsed(byte[] bytes) {
        Path backup = beside(".backup");
        return new StateBytes(codec, path.toString(), "--state and realmform.state",
                "Its version before the last change is " + backup
                        + ", if that is there: look at it with \"realmform state"
                        + " list --state " + backup + "\", then copy it to " + path
                        + ". What the last run made is then planned as an adoption.")
                .read(bytes);
    }

    private Optional<Replay> replayed(byte[] bytes) {
        return Replay.of(bytes, codec, beside(".journal"));
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && (one.isEmpty() || Arrays.equals(one.get(), other.get()));
    }
}
