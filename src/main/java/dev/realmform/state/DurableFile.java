package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is replaced as a whole or not at all, whatever happens in between, and that only its owner may read.
 *
 * @param opener how files are opened; another one in tests
 */
public record DurableFile(Path path, Opener opener) {

    /** Opens a file for writing. */
    @FunctionalInterface
    public interface Opener {
        FileChannel open(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException;
    }

    public DurableFile(Path path) {
        this(path, FileChannel::open);
    }

    /**
     * The content; empty if there is no such file.
     *
     * @throws ProblemException if there is one that cannot be read
     */
    public Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Problem.failed("cannot read " + path + ": " + reason(e), "",
                    "Make it readable for this user, or name another file.").causedBy(e).asException();
        }
    }

    /**
     * Replaces the content: written beside it, synced, renamed, and the rename synced.
     *
     * @throws ProblemException if that fails; then the file is as it was
     */
    public void replace(byte[] content) {
        try {
            Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath();
            Files.createDirectories(directory(target));
            Path beside = target.resolveSibling(target.getFileName() + ".tmp");
            writeNew(beside, content);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(target);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    /**
     * A file that is there from now on, to be written into; for its owner alone from the first moment on.
     *
     * @throws ProblemException if there is one already, or none can be made
     */
    public FileChannel begin() {
        try {
            FileChannel channel = opener.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    ownerOnly(path));
            syncDirectory(path.toAbsolutePath());
            return channel;
        } catch (FileAlreadyExistsException e) {
            throw isThere().causedBy(e).asException();
        } catch (IOException e) {
            throw Problem.failed("cannot make " + path + ": " + reason(e), "",
                    "Name a file in a folder that is there and that you may write to.").causedBy(e).asException();
        }
    }

    /** That there must not be such a file. */
    private Problem isThere() {
        return Problem.refused(path + " is there already, and is not written over", "",
                "Name another file, or put that one away first.");
    }

    /** Refuses a file that is there, before anybody has waited for what shall be in it. */
    public static void refuseOld(Path path) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new DurableFile(path).isThere().asException();
        }
    }

    /** Writes on in an open file; what was written is durable when this returns. */
    public void append(FileChannel channel, byte[] content) {
        try {
            writeAll(channel, content);
            channel.force(true);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    /** Deletes the file, if it is there. */
    public void delete() {
        try {
            if (Files.deleteIfExists(path)) {
                syncDirectory(path.toAbsolutePath());
            }
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    FileChannel open(Set<? extends OpenOption> options) throws IOException {
        return opener.open(path, options);
    }

    private void writeNew(Path beside, byte[] content) throws IOException {
        Files.deleteIfExists(beside);
        try (FileChannel channel = opener.open(beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(beside))) {
            writeAll(channel, content);
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    static void writeAll(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Read and write for the owner, nothing for others, from the first moment on; nothing where there are no such rights. */
    static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
    }

    /** A rename is only durable once the directory is. Elsewhere than on POSIX a directory cannot be opened. */
    private static void syncDirectory(Path file) throws IOException {
        if (isPosix(file)) {
            try (FileChannel channel = FileChannel.open(directory(file), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent != null ? parent : file.toAbsolutePath();
    }

    static ProblemException cannotWrite(Path path, IOException e) {
        return Problem.failed("cannot write " + path + ": " + reason(e), "",
                "What was in it before is untouched. Free some space or correct the rights of the folder, then run the same"
                        + " command again.")
                .causedBy(e)
                .asException();
    }

    static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case FileAlreadyExistsException exists -> "not a folder: " + exists.getFile();
            case FileSystemException on when on.getReason() != null -> on.getReason();
            default -> e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
        };
    }
}
