package dev.realmform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run in a clone whose Maven and whose JDK are scripts that note what they were asked. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final String FAKE_JAVA = """
            #!/bin/sh
            for argument; do
                case $argument in
                    -XX:AOTCacheOutput=*) echo train >>"$LOG"; echo cache >"${argument#*=}" ;;
                esac
                printf '%s\\n' "$argument"
            done
            echo 'a word to stderr' >&2
            exit 7
            """;

    private static final String FAKE_MAVEN = """
            #!/bin/sh
            echo "build with $JAVA_HOME" >>"$LOG"
            [ -z "$FAIL" ] || { echo 'Compilation failure'; exit 1; }
            sleep 0.2
            mkdir -p target
            echo jar >target/realmform.jar
            """;

    private record Result(int exit, String out, String err) {}

    @TempDir
    Path temp;

    private Path clone;
    private Path jdk;
    private Path log;

    @BeforeEach
    void makeClone() throws IOException {
        clone = Files.createDirectories(temp.resolve("a clone, with spaces"));
        log = temp.resolve("log");
        Files.copy(Path.of("realmform"), clone.resolve("realmform"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.createDirectories(clone.resolve("src/main/java"));
        Files.writeString(clone.resolve("src/main/java/A.java"), "class A {}");
        script(clone.resolve("mvnw"), FAKE_MAVEN);
        jdk = makeJdk("jdk-25", "25.0.1");
    }

    @Test
    void theWidthOfTheTerminalArrives() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).as("util-linux makes the terminal").isExecutable();
        script(jdk.resolve("bin/java"), "#!/bin/sh\necho \"columns: ${COLUMNS-none}\"\n");
        String launcher = "'" + clone.resolve("realmform") + "'";

        assertThat(inTerminal("stty cols 83; unset COLUMNS; " + launcher)).contains("columns: 83");
        assertThat(inTerminal("stty cols 83; COLUMNS=70 " + launcher)).contains("columns: 70");
        assertThat(inTerminal("unset COLUMNS; " + launcher + " | cat")).contains("columns: none");
    }

    private String inTerminal(String command) throws IOException, InterruptedException {
        return finish(start(Path.of("/usr/bin/script"), Map.of(), "-qec", command, "/dev/null")).out();
    }

    @Test
    void argumentsArriveUnchangedAndTheExitCodeComesBack() throws Exception {
        Result result = run("plan", "-f", "two words.yaml", "$(not run)", "");

        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.out()).endsWith("plan\n-f\ntwo words.yaml\n$(not run)\n\n");
    }

    @Test
    void theFirstStartBuildsAndTrainsOnce() throws Exception {
        Result first = run("version");
        run("version");

        assertThat(first.err()).contains("building first");
        assertThat(log).content().isEqualTo("build with " + jdk + "\ntrain\n");
        assertThat(run("version").err()).isEqualTo("a word to stderr\n");
    }

    @Test
    void onlyTheProgramSpeaksOnStdout() throws Exception {
        Result first = run("version");

        assertThat(first.out()).startsWith("-XX:+UseParallelGC\n")
                .endsWith("version\n")
                .doesNotContain("AOTCacheOutput");
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        run("version");
        Files.setLastModifiedTime(clone.resolve("src/main/java/A.java"), FileTime.from(Instant.now().plusSeconds(5)));
        run("version");

        assertThat(log).content().contains("build").hasLineCount(4);
    }

    @Test
    void aBuildThatLeavesTheJarAloneIsNotRepeated() throws Exception {
        run("version");
        script(clone.resolve("mvnw"), "#!/bin/sh\necho again >>\"$LOG\"\n");
        Files.setLastModifiedTime(clone.resolve("target/realmform.jar"), FileTime.from(Instant.EPOCH));
        Files.deleteIfExists(clone.resolve("target/realmform.built"));
        run("version");
        run("version");

        assertThat(Files.readAllLines(log)).filteredOn("again"::equals).hasSize(1);
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(clone.resolve("realmform"), Map.of(), "version"));
        }
        for (Process start : starts) {
            assertThat(finish(start).exit()).isEqualTo(7);
        }

        assertThat(log).content().isEqualTo("build with " + jdk + "\ntrain\n");
    }

    @Test
    void aLockWhoseOwnerDiedIsTakenOver() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(clone.resolve("target/realmform.lock"));
        Files.writeString(clone.resolve("target/realmform.lock/pid"), dead.pid() + "\n");

        assertThat(run("version").exit()).isEqualTo(7);
        assertThat(clone.resolve("target/realmform.lock")).doesNotExist();
    }

    @Test
    void aFailedBuildEndsWithOneAndItsOutputOnStderr() throws Exception {
        Result result = finish(start(clone.resolve("realmform"), Map.of("FAIL", "yes"), "version"));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("Compilation failure").endsWith("what is wrong stands above\n");
        assertThat(clone.resolve("target/realmform.lock")).doesNotExist();
    }

    @Test
    void itIsFoundThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("one"), Path.of("../a clone, with spaces/realmform"));
        Files.createSymbolicLink(bin.resolve("rf"), bin.resolve("one"));

        Result result = finish(start(bin.resolve("rf"), Map.of(), "version"));

        assertThat(result.out()).contains("-Drealmform.home=" + clone.toRealPath() + "\n");
    }

    @Test
    void aNewerJdkInAUsualFolderIsTakenWhenJavaHomeIsOld() throws Exception {
        Path old = makeJdk("jdk-17", "17.0.15");
        makeJdk("home/.jdks/jdk-999", "999");

        finish(start(clone.resolve("realmform"), Map.of("REALMFORM_JAVA_HOME", "", "JAVA_HOME", old.toString()),
                "version"));

        assertThat(log).content().startsWith("build with /").doesNotContain(old.toString());
    }

    @Test
    void aJdkThatWasNamedButIsTooOldIsRefusedInOneLine() throws Exception {
        Path old = makeJdk("jdk-17", "17.0.15");

        Result result = finish(
                start(clone.resolve("realmform"), Map.of("REALMFORM_JAVA_HOME", old.toString()), "plan"));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("realmform: REALMFORM_JAVA_HOME is not a JDK 25 or newer: " + old + "\n");
    }

    private Path makeJdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(temp.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), FAKE_JAVA);
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"),
                "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"" + version + "+9\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return finish(start(clone.resolve("realmform"), Map.of(), arguments));
    }

    private Process start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("REALMFORM"));
        builder.environment()
                .putAll(Map.of("LOG", log.toString(), "FAIL", "", "HOME", temp.resolve("home").toString(),
                        "REALMFORM_JAVA_HOME", jdk.toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }
}
