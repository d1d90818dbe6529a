package dev.realmform.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TimedRunTest {

    private static final URI SERVER = URI.create("http://127.0.0.1:1");

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRunTellsItsTimeItsMemoryAndItsRequests() throws Exception {
        Launcher.Ended ended = program("echo 'GET /admin/realms/r 200 3 ms' >&2; sleep 0.3").run(folder, SERVER,
                "plan");

        assertThat(ended.wall()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(60));
        assertThat(ended.peakKilobytes()).isPositive();
        assertThat(ended.log().calls()).containsExactly(new RequestLog.Call("GET", "/admin/realms/r", "200",
                Duration.ofMillis(3)));
    }

    @Test
    void aRunIsToldServerAndLoginAndToSayWhatItRequests() throws Exception {
        program("echo \"$KEYCLOAK_USERNAME $KEYCLOAK_PASSWORD $*\" >seen").run(folder, SERVER, "plan", "-f", "a.json");

        assertThat(folder.resolve("seen")).content()
                .isEqualTo("ada secret plan -f a.json --verbose --server http://127.0.0.1:1\n");
    }

    @Test
    void aRunThatFailsIsAnErrorWithItsLastWords() throws Exception {
        Launcher launcher = program("echo 'no such realm' >&2; exit 2");

        assertThatThrownBy(() -> launcher.run(folder, SERVER, "plan")).isInstanceOf(IOException.class)
                .hasMessageContaining("ended with 2")
                .hasMessageContaining("no such realm");
    }

    private Launcher program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Launcher(program, "ada", "secret");
    }
}
