package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A state in a file, with its previous version ({@code .backup}), its journal and its lock beside it.
 *
 * <p>A journal belongs to the version of the state that it names by lineage and serial. Once it is folded in, the state names
 * its run: what a crash left between writing the state and dropping the journal is not folded twice.
 */
public final class FileStateStore implements StateStore {

    private static final int ATTEMPTS = 5;

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
    public StateLock lock(Duration patience, Holder holder) {
        return FileStateLock.take(this, patience, holder);
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
        return stateFile().read().map(this::parsed);
    }

    /** Writes the state; what was there stays as the backup. */
    void store(State state) {
        stateFile().read().ifPresent(previous -> new DurableFile(beside(".backup"), opener).replace(previous));
        stateFile().replace(codec.page().apply(StateFormat.write(state)).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Loaded> fitted(Optional<State> stored, Optional<Replay> journal) {
        if (journal.isEmpty()) {
            return stored.map(state -> new Loaded(state, java.util.List.of()));
        }
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

    private State parsed(byte[] bytes) {
        try {
            if (isOtherText(bytes)) {
                throw foreign();
            }
            Fields fields = Fields.of(codec.parse().apply(bytes), "");
            if (!fields.has(StateFormat.MARK)) {
                throw foreign();
            }
            if (fields.number(StateFormat.MARK) > StateFormat.VERSION) {
                throw Problem.invalid(path + " was written by a newer realmform: state format "
                        + fields.number(StateFormat.MARK) + ", and this one reads " + StateFormat.VERSION, "",
                        "Use that newer version. There is no way back to the older format.").asException();
            }
            return StateFormat.read(fields);
        } catch (ProblemException e) {
            throw named(e.problems().getFirst(), bytes);
        }
    }

    private ProblemException foreign() {
        return Problem.invalid(path + " is not a state of realmform", "",
                "Check --state and realmform.state: it names some other file, which is left as it is.").asException();
    }

    private static boolean isOtherText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        return !text.isEmpty() && !text.startsWith("{");
    }

    /** A problem of the content becomes one of the file, with the way out. */
    private ProblemException named(Problem problem, byte[] bytes) {
        if (!problem.remedy().isEmpty()) {
            return problem.asException();
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String how = text.isEmpty() ? "is empty" : text.endsWith("}") ? "is damaged" : "is cut off";
        Path backup = beside(".backup");
        return Problem.invalid("the state " + path + " " + how + ": " + problem.what(),
                problem.where().isEmpty() ? "" : path + ", " + problem.where(),
                "Its version before the last change is " + backup
                        + ", if that is there: look at it with \"realmform state"
                        + " list --state " + backup + "\", then copy it to " + path
                        + ". What the last run made is then planned as an adoption.")
                .asException();
    }

    private Optional<Replay> replayed(byte[] bytes) {
        return Replay.of(bytes, codec, beside(".journal"));
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && (one.isEmpty() || Arrays.equals(one.get(), other.get()));
    }
}
