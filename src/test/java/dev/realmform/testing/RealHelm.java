package dev.realmform.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The helm of this machine, for tests that take a real one: the one that {@code -Dhelm.program=FILE} names, else that of PATH. */
public final class RealHelm {

    /** The system property. */
    public static final String PROGRAM = "helm.program";

    /** Said where there is none. */
    public static final String HOW = "there is no helm; to run what takes one: .ci/run -Dhelm.program=FILE";

    private RealHelm() {}

    /** Where it is; empty if there is none. */
    public static Optional<Path> find() {
        return Optional.ofNullable(System.getProperty(PROGRAM))
                .map(Path::of)
                .or(() -> Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, "helm"))
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    /** For {@code @EnabledIf}. */
    public static boolean isThere() {
        return find().isPresent();
    }
}
