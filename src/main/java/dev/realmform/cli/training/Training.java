package dev.realmform.cli.training;

import dev.realmform.cli.Realmform;
import dev.realmform.cli.Shell;
import dev.realmform.cli.Shell.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the launcher runs once per build, for the JVM's AOT cache: what is loaded here, starts fast from then on, and what is
 * compiled here needs no counters. Plans and applies go to a server of its own on 127.0.0.1. How they end matters only in so far as
 * what comes after an error is not trained; {@code TrainingTest} looks.
 */
public final class Training {

    private static final List<String> AT_FIRST = List.of("plan", "apply --auto-approve", "validate", "plan --verbose",
            "plan --json", "drift");
    private static final List<String> LATER = List.of("apply --auto-approve", "plan --detailed-exitcode");

    private final PrintStream said;

    /** @param said where the commands print to */
    Training(PrintStream said) {
        this.said = said;
    }

    public static void main(String[] arguments) throws IOException {
        new Training(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)).run();
    }

    /** Runs all commands, and answers their exit codes. */
    List<Integer> run() throws IOException {
        Path folder = Files.createTempDirectory("realmform-training");
        try (TrainingServer server = TrainingServer.start()) {
            Shell shell = shell(server.url(), folder);
            List<Integer> codes = new ArrayList<>(run(AT_FIRST, new TrainingRealm("Training"), shell));
            codes.addAll(run(LATER, new TrainingRealm("Changed"), shell));
            return codes;
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static List<Integer> run(List<String> commands, TrainingRealm realm, Shell shell) throws IOException {
        Files.writeString(shell.folder().resolve("training.yaml"), realm.text());
        return commands.stream()
                .map(command -> new Realmform(shell).run((command + " -f training.yaml").split(" ")))
                .toList();
    }

    private Shell shell(URI url, Path folder) {
        return new Shell(said, said, new ByteArrayInputStream(new byte[0]),
                Map.of("KEYCLOAK_URL", url.toString(), "KEYCLOAK_USERNAME", "nobody", "KEYCLOAK_PASSWORD", "nothing",
                        "TRAINING_SECRET", "none"),
                folder, Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
    }
}
