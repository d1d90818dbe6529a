package dev.realmform.state;

import dev.realmform.model.Fields;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The operating system's lock on {@code <state>.lock}; who holds it stands in {@code <state>.holder}. */
final class FileStateLock implements StateLock {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final int LOOKS = 5;

    /**
     * What this process holds. The one static of the package: POSIX frees a lock as soon as the process closes any channel on
     * that file, so a second attempt within the process must not even open it.
     */
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final FileStateStore store;
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final Holder holder;
    private boolean closed;

    private FileStateLock(FileStateStore store, Path path, FileChannel channel, FileLock lock, Holder holder) {
        this.store = store;
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.holder = holder;
    }

    static FileStateLock take(FileStateStore store, Duration patience, Holder holder, Consumer<String> waiting) {
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            Optional<FileStateLock> taken = attempt(store, holder);
            if (taken.isPresent()) {
                taken.get().progress("");
                return taken.get();
            }
            if (System.nanoTime() - start >= patience.toNanos()) {
                throw held(store);
            }
            if (!told) {
                told = true;
                waiting.accept(heldBy(store, holder(store)));
            }
            pause();
        }
    }

    private static Optional<FileStateLock> attempt(FileStateStore store, Holder holder) {
        Path file = store.beside(".lock").toAbsolutePath();
        try {
            Path folder = DurableFile.directory(file);
            Files.createDirectories(folder);
            Path path = folder.toRealPath().resolve(file.getFileName());
            synchronized (HELD_HERE) {
                if (!HELD_HERE.add(path)) {
                    return Optional.empty();
                }
                Optional<FileStateLock> taken = Optional.empty();
                try {
                    taken = attempt(store, path, holder);
                } finally {
                    if (taken.isEmpty()) {
                        HELD_HERE.remove(path);
                    }
                }
                return taken;
            }
        } catch (IOException e) {
            throw Problem.failed("cannot lock " + file + ": " + DurableFile.reason(e), "",
                    "The folder of the state has to be writable, on a file system that knows locks.")
                    .causedBy(e)
                    .asException();
        }
    }

    private static Optional<FileStateLock> attempt(FileStateStore store, Path path, Holder holder) throws IOException {
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                DurableFile.ownerOnly(path));
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new FileStateLock(store, path, channel, lock, holder));
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    new Problem(Problem.Kind.INTERRUPTED, "interrupted while waiting for the lock", "",
                            "Nothing was changed.", Optional.of(e)));
        }
    }

    /** It writes who it is as soon as it has the lock. */
    private static Optional<Holder> holder(FileStateStore store) {
        Optional<Holder> holder = readHolder(store);
        for (int i = 0; i < LOOKS && holder.isEmpty(); i++) {
            pause();
            holder = readHolder(store);
        }
        return holder;
    }

    private static String heldBy(FileStateStore store, Optional<Holder> holder) {
        return "the state " + store.name() + " is held by " + holder.map(Holder::toString).orElse("another run");
    }

    private static ProblemException held(FileStateStore store) {
        Optional<Holder> holder = holder(store);
        String end = holder.map(known -> "process " + known.pid()).orElse("that run");
        return Problem.refused(heldBy(store, holder), "",
                "Wait until it is done, or give --lock-timeout 10m to wait here. The lock frees itself when " + end
                        + " ends: there is nothing to unlock by hand.")
                .asException();
    }

    /** Only informs: a text that is missing or half written is none. */
    private static Optional<Holder> readHolder(FileStateStore store) {
        try {
            return new DurableFile(store.beside(".holder")).read()
                    .map(bytes -> Holder.of(Fields.of(store.codec().parse().apply(bytes), "")));
        } catch (ProblemException | DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public Journal journal(State base, List<Pending> pending) {
        return new FileJournal(store, base, pending);
    }

    @Override
    public State put(Loaded whole) {
        store.store(whole);
        store.journalFile().delete();
        return whole.state();
    }

    @Override
    public void progress(String text) {
        byte[] line = store.codec().line().apply(holder.at(text).toValue()).getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(store.beside(".holder"), Set.of(StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING), DurableFile.ownerOnly(path))) {
            DurableFile.writeAll(out, line);
        } catch (IOException e) {
            // It only informs. The disk that is full here is reported by the journal, which matters.
            return;
        }
    }

    @Override
    public Optional<String> leftBehind() {
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (HELD_HERE) {
            if (closed) {
                return;
            }
            closed = true;
            try (channel) {
                Files.deleteIfExists(store.beside(".holder"));
                lock.release();
            } catch (IOException e) {
                throw DurableFile.cannotWrite(path, e);
            } finally {
                HELD_HERE.remove(path);
            }
        }
    }
}
