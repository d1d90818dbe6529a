package dev.realmform.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole realm in a file, users and secrets too, as {@code kc.sh export} writes it while the server is stopped. */
public final class RealmExport {

    private static final Duration TIME = Duration.ofMinutes(3);

    private RealmExport() {}

    /** Stops the server, exports, and starts it again: same port, same data. */
    public static void write(KeycloakServer server, KeycloakDistribution distribution, String realm, Path file)
            throws IOException, InterruptedException {
        server.stop();
        try {
            List<String> arguments = List.of("export", "--optimized", "--realm", realm, "--file", file.toString(),
                    "--users", "same_file");
            ServerProcess export = ServerProcess.start(distribution.command(List.of("-Xmx1g"), arguments),
                    Map.of("KC_DB_URL", KeycloakDistribution.databaseUrl(server.folder())), server.folder(), false);
            Optional<Integer> code = export.await(TIME);
            assertThat(code).as(() -> "the export's exit code" + last(export)).contains(0);
            assertThat(Files.size(file)).isPositive();
        } finally {
            server.startAgain();
        }
    }

    private static String last(ServerProcess export) {
        try {
            return "\n" + export.lastLines(20);
        } catch (IOException e) {
            return "; " + e;
        }
    }
}
