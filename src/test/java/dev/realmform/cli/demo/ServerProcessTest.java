package dev.realmform.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ServerProcessTest {

    @TempDir
    Path folder;

    /** Starts a process, says its id, and waits to be killed. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] args) throws Exception {
            ServerProcess server = ServerProcess.start(List.of("sleep", "600"), Map.of(), Path.of(args[0]),
                    Boolean.parseBoolean(args[1]));
            System.out.println(server.pid());
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    @Test
    void itEndsWhenItsStarterIsKilled() throws Exception {
        ProcessHandle server = startAndKillTheStarter(false);

        server.onExit().get(10, TimeUnit.SECONDS);
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void itOutlivesItsStarterWhenItIsMeantTo() throws Exception {
        ProcessHandle server = startAndKillTheStarter(true);
        try {
            Thread.sleep(300);
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void oneThatEndsByItselfTellsItsExitCodeAndItsLastLines() throws Exception {
        ServerProcess server = ServerProcess.start(List.of("sh", "-c", "echo one; echo two; echo three >&2; exit 4"),
                Map.of(),
                folder, false);

        assertThat(server.await(Duration.ofSeconds(10))).contains(4);
        assertThat(server.lastLines(2)).isEqualTo("two\nthree");
    }

    @Test
    void oneThatIgnoresBeingAskedIsKilled() throws Exception {
        ServerProcess server = ServerProcess.start(List.of("sh", "-c", "trap '' TERM; touch ready; sleep 5"),
                Map.of(),
                folder, false);
        while (!Files.exists(folder.resolve("ready"))) {
            Thread.sleep(5);
        }

        server.terminate(Duration.ofMillis(200));

        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void settingsOfAnotherKeycloakDoNotReachIt() throws Exception {
        ServerProcess server = ServerProcess.start(List.of("sh", "-c", "env | grep ^KC_"), Map.of("KC_DB_URL", "here"),
                folder,
                false);

        assertThat(server.await(Duration.ofSeconds(10))).contains(0);
        assertThat(server.lastLines(9)).isEqualTo("KC_DB_URL=here");
    }

    private ProcessHandle startAndKillTheStarter(boolean outlives) throws IOException, InterruptedException {
        Process starter = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Starter.class.getName(), folder.toString(),
                String.valueOf(outlives)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String pid = starter.inputReader(StandardCharsets.UTF_8).readLine();
        ProcessHandle server = Optional.of(Long.parseLong(pid)).flatMap(ProcessHandle::of).orElseThrow();
        starter.destroyForcibly().waitFor();
        return server;
    }
}
