package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of itself, and of a command line that is wrong. */
class CommandLineTest {

    private record Said(int code, String out, String err) {}

    private static Said run(String columns, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", columns), Path.of(""), Shell.Terminal.NONE, StandardCharsets.UTF_8,
                InstantSource.system(), new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "apply", "rotate", "destroy", "drift", "who", "why", "show", "state",
        "state list",
        "state show", "state rm", "state mv", "state pull", "state push", "state rebuild", "force-unlock", "demo",
        "completion", "version", "render", "render desired", "render osmo-values",
        "render osmo-roles", "render manifests", "render keycloak-values", "render drift-rbac", "verify", "token",
        "token decode", "demo osmo"})
    void everyCommandExplainsItselfWithinTheWidth(String command) {
        Said said = run("80", (command + " --help").split(" "));

        assertThat(said.code()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).startsWith("Usage: realmform " + command);
        assertThat(said.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theOptionsOfACommandStandInGroups() {
        assertThat(run("80", "apply", "--help").out()).containsSubsequence("PLAN", "Carrying out:", "--auto-approve",
                "Files:", "--file", "State:", "--state", "Server:", "--server", "Output:", "--color");
    }

    @Test
    void noCommandAtAllIsAnsweredWithTheHelp() {
        Said said = run("80");

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("Usage: realmform COMMAND", "plan ", "demo ", "Exit codes:");
    }

    @ParameterizedTest
    @CsvSource({"paln, there is no command \"paln\", Similar: plan.",
        "state lst, there is no command \"lst\", Similar: list. Help: realmform state --help",
        "plan --stat=x, realmform plan has no option --stat, Similar: --state.",
        "plan x.yaml, realmform plan does not know what to do with \"x.yaml\", Help: realmform plan --help",
        "plan, no desired-state file is given, Name it with -f FILE.",
        "plan -f x.yaml --var x, value for option '--var' (NAME=VALUE) should be in KEY=VALUE format, Help: realmform plan --help",
        "who, no pool or role is named, realmform who can use osmo-admin -f osmo.yaml",
        "why ada, no pool or role is named, realmform why ada can use osmo-admin -f osmo.yaml",
        "why, no user is named, realmform why ada can use osmo-admin -f osmo.yaml",
        "who osmo-admin, no realm is named, Give a file that names it with -f",
        "rotate -f x.yaml, missing required parameter: 'ADDRESS', Help: realmform rotate --help",
        "rotate client/osmo/web, no desired-state file is given, Name it with -f FILE.",
        "plan -f, missing required parameter for option '--file' (FILE), Help: realmform plan --help",
        "show, missing required parameter: 'PLAN', Help: realmform show --help",
        "plan -f x.yaml --json --markdown, --json and --markdown cannot both be printed, Give one of them a file",
        "drift -f x.yaml --json --junit=-, --json and --junit cannot both be printed, Give one of them a file",
        "plan -f x.yaml --markdown --gitlab-report=-, --markdown and --gitlab-report cannot both be printed, --markdown=FILE",
        "plan -f x.yaml --markdown=m.md --max-bytes 1000, --max-bytes 1000 holds no headline, at least 1024",
        "plan --json x.json, realmform plan does not know what to do with \"x.json\", Help: realmform plan --help",
        "apply x.plan -f x.yaml, a saved plan and -f exclude each other, The plan holds"})
    void aWrongCommandLineSaysWhatIsWrongAndWhatToDo(String line, String what, String remedy) {
        Said said = run("80", line.split(" "));

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).startsWith("error: " + what).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource({"--parallelism 65, --parallelism 65 is not from 1 to 64",
        "--parallelism 0, --parallelism 0 is not from 1",
        "--parallelism -1, --parallelism -1 is not from 1 to 64", "--timeout 5x, --timeout is no time: 5x",
        "--timeout 0s, --timeout 0 leaves no time for an answer", "--timeout -5s, --timeout is no time: -5s",
        "--wait=-1, --wait is no time: -1", "--rollout-timeout=-1, --rollout-timeout is no time: -1",
        "--max-destroy -1, --max-destroy -1 is less than nothing", "--lock-timeout -1, --lock-timeout is no time: -1"})
    void aValueThatAnOptionCannotHaveIsToldWithItsName(String option, String what) {
        Said said = run("80", ("apply --auto-approve -f examples/layers/base.yaml --server http://127.0.0.1:9 --state"
                + " target/none.json " + option).split(" "));

        assertThat(said.err()).startsWith("error: " + what);
        assertThat(said.code()).isEqualTo(64);
    }

    @Test
    void optionsOfOneGroupMayStandFarFromEachOther() {
        Said said = run("80", "validate", "-f", "examples/layers/base.yaml", "--full", "--var", "domain=example.org",
                "--color=never", "-f", "examples/layers/prod.yaml", "--allow-unknown", "a,b");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("in 2 files");
    }

    @Test
    void unknownFieldsAreAllowedAllAtOnceOrByName(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), "realm: r\nbrandNew: 1\ndisplaName: x\n");
        String[] line = {"validate", "-f", file.toString()};

        assertThat(run("80", line).err()).contains("unknown key \"brandNew\"", "unknown key \"displaName\"");
        assertThat(run("80", with(line, "--allow-unknown")).err()).contains("unknown key \"displaName\"")
                .doesNotContain("brandNew");
        assertThat(run("80", with(line, "--allow-unknown", "--allow-unknown=displaName")).out()).startsWith("Valid");
        assertThat(run("80", with(line, "--allow-unknown", "displaName,brandNew")).out()).startsWith("Valid");
    }

    private static String[] with(String[] line, String... more) {
        return Stream.concat(Stream.of(line), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void filesThatSayAllThereIsAreCheckedWhole(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), """
                realm: r
                identityProviders: {corp: {providerId: oidc, firstBrokerLoginFlowAlias: first brokr login}}
                """);

        Said open = run("80", "validate", "-f", file.toString());
        Said whole = run("80", "validate", "--complete", "-f", file.toString());

        assertThat(open.code()).isZero();
        assertThat(open.out()).contains("not declared, so a plan looks for it on the server: flow/r/first brokr login");
        assertThat(whole.code()).isEqualTo(1);
        assertThat(whole.err()).contains("flow/r/first brokr login is not declared", "r.yaml:2:",
                "firstBrokerLoginFlowAlias");
    }

    @Test
    void thePlanBehindAnOptionWithoutAFileIsNotTakenForItsFile() {
        assertThat(run("80", "show", "--json", "nowhere.plan").err()).contains("the plan cannot be read",
                "nowhere.plan");
        assertThat(run("80", "show", "--markdown", "nowhere.plan").err()).contains("the plan cannot be read");
    }

    @Test
    void whatTerraformUsersTypeApprovesToo() {
        assertThat(run("80", "apply", "-auto-approve", "nowhere.plan").err()).contains("the plan cannot be read");
    }

    @Test
    void aPathThatCanBeNoneIsAWrongPathAndNoDefect(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("area.yaml"), """
                realmform: {server: {caFile: "a\\0b"}}
                realm: area
                """);
        Said inFile = run("100", "validate", "-f", file.toString());
        assertThat(inFile.code()).isEqualTo(1);
        assertThat(inFile.err()).contains("this is no path: a").doesNotContain("defect");
        Said state = run("100", "state", "list", "--state", "a\0b");
        assertThat(state.code()).isEqualTo(1);
        assertThat(state.err()).contains("this is no path: a").doesNotContain("defect");
        Said option = run("100", "show", "a\0b");
        assertThat(option.code()).isEqualTo(64);
        assertThat(option.err()).contains("this is no path: a").doesNotContain("java.nio");
        Said stream = run("100", "apply", "--json", "--state", "a\0b", "-f", "-");
        assertThat(stream.out().lines().toList().getLast()).contains("apply_summary");
    }
}
