package dev.realmform.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the files that values name, and none outside the root file's folder. */
final class FileBox {

    private static final int LARGEST = 1024 * 1024;
    private static final Pattern MANIFEST = Pattern.compile("[^.].*\\.(ya?ml|json)");

    private final Path folder;

    FileBox(Path folder) {
        this.folder = folder;
    }

    sealed interface Content {}

    /** What the file holds, without its last line break. */
    record Text(String text) implements Content {}

    record Missing() implements Content {}

    /** Refused or unreadable. */
    record Wrong(String what, String remedy) implements Content {}

    /** Reads a file in the folder, for {@code $(file:…)}: anybody who may edit a value may name it. */
    Content inside(String name) {
        try {
            Path base = folder.toAbsolutePath().normalize();
            Path path = base.resolve(name).normalize();
            if (!path.startsWith(base)) {
                return outside();
            }
            Path root = base.toRealPath();
            Path real = path.toRealPath();
            if (!real.startsWith(root)) {
                return outside();
            }
            for (Path part : root.relativize(real)) {
                if (part.toString().startsWith(".")) {
                    return new Wrong("hidden files are not read",
                            "Name a file whose path has no part that starts with a dot.");
                }
            }
            return read(real);
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IOException | InvalidPathException e) {
            return new Wrong("the file cannot be read", "Check its path and its rights.");
        }
    }

    /**
     * The manifests that lie in a folder, sorted, each as {@link #inside} takes it; empty if there is no such folder. Links are
     * followed no further than that allows.
     */
    Optional<List<String>> names(String name) {
        try {
            Path base = folder.toAbsolutePath().normalize();
            Path path = base.resolve(name).normalize();
            if (!path.startsWith(base) || !Files.isDirectory(path)) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(path)) {
                return Optional.of(files.filter(file -> MANIFEST.matcher(file.getFileName().toString()).matches())
                        .map(file -> base.relativize(file).toString())
                        .sorted()
                        .toList());
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Reads a file that the root file itself names under {@code realmform.secrets}: it may lie anywhere. */
    Content anywhere(String name) {
        try {
            return read(folder.resolve(name).toRealPath());
        } catch (NoSuchFileException e) {
            return new Missing();
        } catch (IOException | InvalidPathException e) {
            return new Wrong("the file cannot be read", "Check its path and its rights.");
        }
    }

    private static Wrong outside() {
        return new Wrong("the file lies outside the root file's folder", "Move the file below that folder.");
    }

    private static Content read(Path real) throws IOException {
        if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            return new Wrong("this is no regular file", "Name a text file.");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(real)) {
            bytes = stream.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            return new Wrong("the file is larger than 1 MiB", "Name a smaller file.");
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Text(text.replaceFirst("\\r?\\n\\z", ""));
        } catch (CharacterCodingException e) {
            return new Wrong("the file is not UTF-8", "Save it as UTF-8.");
        }
    }
}
