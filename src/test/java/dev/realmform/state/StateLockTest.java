package dev.realmform.state;

import static dev.realmform.state.States.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateLockTest {

    @TempDir
    Path folder;

    @Test
    void whoHoldsItAndHowFarItIsStandsInTheRefusal() throws IOException, InterruptedException {
        Process other = startHolder();
        Problem problem = refusal();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.what())
                .endsWith("retail.json is held by grace@other since 2026-01-02T12:01:00Z: apply, 14 of 90 done");
        assertThat(problem.remedy()).contains("--lock-timeout", "process " + other.pid());
        other.getOutputStream().close();
        assertThat(other.waitFor()).isZero();
        assertThat(folder.resolve("retail.json.holder")).doesNotExist();
        store().lock(Duration.ZERO, ADA).close();
    }

    @Test
    void theLockOfAKilledProcessIsFree() throws IOException, InterruptedException {
        Process other = startHolder();
        refusal();
        other.destroyForcibly().waitFor();
        assertThat(folder.resolve("retail.json.holder")).exists();
        store().lock(Duration.ZERO, ADA).close();
    }

    @Test
    void waitingEndsWhenTheHolderLetsGo() throws IOException, InterruptedException {
        Process other = startHolder();
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(Duration.ofMillis(300));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            other.destroyForcibly();
        });
        List<String> told = new ArrayList<>();
        store().lock(Duration.ofSeconds(30), ADA, told::add).close();
        assertThat(told).singleElement(STRING).contains("retail.json is held by grace@other");
        assertThat(other.waitFor()).isNotZero();
    }

    @Test
    void waitingEndsWhenPatienceDoes() {
        try (StateLock held = store().lock(Duration.ZERO, ADA)) {
            long start = System.nanoTime();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> store().lock(Duration.ofMillis(250), ADA));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
            held.progress("still here");
        }
    }

    @Test
    void anAttemptOfTheSameProcessNeitherGetsNorLosesTheLock() throws IOException, InterruptedException {
        try (StateLock held = store().lock(Duration.ZERO, ADA)) {
            assertThat(refusal().what()).contains("ada@build-7");
            held.progress("1 of 2 done");
            assertThat(refusal().what()).contains("1 of 2 done");
            Process other = start();
            assertThat(other.waitFor()).as("the other process must still be locked out").isNotZero();
        }
    }

    @Test
    void aHolderThatWroteNothingYetIsAnotherRun() throws IOException, InterruptedException {
        Process other = startHolder();
        Files.writeString(folder.resolve("retail.json.holder"), "{\"who\": \"gr");
        assertThat(refusal().what()).endsWith("is held by another run");
        other.destroyForcibly().waitFor();
    }

    @Test
    void lookingNeedsNoLock() {
        store().store(States.state());
        try (StateLock held = store().lock(Duration.ZERO, ADA)) {
            held.progress("busy");
            assertThat(store().load()).isPresent();
        }
    }

    private FileStateStore store() {
        return States.store(folder.resolve("retail.json"));
    }

    private Problem refusal() {
        try (StateLock unexpected = store().lock(Duration.ZERO, ADA)) {
            unexpected.progress("");
            throw new AssertionError("not refused");
        } catch (ProblemException e) {
            return e.problems().getFirst();
        }
    }

    private Process startHolder() throws IOException {
        Process other = start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("held");
        return other;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LockingProgram.class.getName(),
                folder.resolve("retail.json").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
