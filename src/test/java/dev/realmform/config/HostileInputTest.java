package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A branch that may change every file but the root one plays against the job that plans it. */
class HostileInputTest {

    private static final String CANARY = "canary-7f3a";

    private static final String ROOT = """
            realm: r
            realmform:
              server: {url: https://sso.example.com, login: {clientId: plan, clientSecret: $(secret:login)}}
              secrets: {login: {env: LOGIN}, smtp: {env: SMTP}, disk: {file: disk.secret}}
              vars: {hidden: $(secret:smtp), stage: prod}
              env: [CI_SHA, SMTP]
              state: {file: state/r.json}
            """;

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp.resolve("repo")).with("root.yaml", ROOT)
                .with("disk.secret", CANARY + "-disk\n")
                .env("LOGIN", CANARY + "-login")
                .env("SMTP", CANARY + "-smtp")
                .env("KEYCLOAK_TOKEN", CANARY + "-token")
                .env("AWS_KEY", CANARY + "-aws")
                .env("CI_SHA", "abc123");
    }

    private List<String> attack(String text) {
        return folder.with("branch.yaml", text).problems("root.yaml", "branch.yaml");
    }

    @Test
    void anIncludedFileCannotRedirectTheLogin() {
        assertThat(attack("realmform: {server: {url: https://evil.example}}\nenabled: true\n")).containsExactly(
                "the section realmform stands only in the root file\nbranch.yaml:1:1  realmform\n"
                        + "The root file is the first -f, here root.yaml: else whoever may change any one file could"
                        + " send the login to another server.");
    }

    @Test
    void aFileInTheRootFolderCannotRedirectTheLoginEither() {
        folder.with("d/root.yaml", ROOT).with("d/aaa.yaml", "realmform: {server: {url: https://evil.example}}\n");

        assertThat(folder.problems("d")).containsExactly("a second section realmform\nd/root.yaml:2:1  realmform\n"
                + "The first one is at d/aaa.yaml:1. One file has it, once: put both together.");
    }

    @Test
    void theFormatMarkMayStandInEveryFile() {
        folder.with("branch.yaml", "realmform: 1\nenabled: true\n");

        assertThat(folder.load("root.yaml", "branch.yaml").settings().server().url())
                .contains("https://sso.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(secret:smtp)", "$(secret:login)", "x $(secret:smtp) y", "$(var:hidden)",
        "x$(var:hidden)", "$(env:SMTP)", "$(env:LOGIN)", "$(env:KEYCLOAK_TOKEN)", "$(file:disk.secret)"})
    void aSecretCannotBePutWhereItCanBeRead(String reference) {
        assertThat(attack("displayName: \"" + reference + "\"\n")).containsExactly(reference
                + " is a secret and may not stand in displayName\nbranch.yaml:1:14  displayName\n"
                + "Whoever may read the realm, or this plan, would see it. Use a variable that is no secret.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayName: $(env:AWS_KEY)", "displayName: x$(env:AWS_KEY:-y)",
        "displayName: $(env:NO:-$(env:AWS_KEY))", "attributes: {a: $(env:AWS_KEY)}",
        "attributes: {my.secret: $(env:AWS_KEY)}", "clients: {a: {redirectUris: [$(env:AWS_KEY)]}}",
        "clients: [{clientId: $(env:AWS_KEY)}]", "users: {ada: {attributes: {a: [$(env:AWS_KEY)]}}}"})
    void aVariableThatTheRootFileDoesNotListCannotBeRead(String attack) {
        assertThat(attack(attack + "\n")).isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains(" may not be used in ").doesNotContain(CANARY));
    }

    @Test
    void aVariableThatTheRootFileListsCanBeRead() {
        folder.with("branch.yaml", "displayName: build $(env:CI_SHA)\n");

        assertThat(folder.realm("root.yaml", "branch.yaml").value().text("displayName")).contains("build abc123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../outside.txt", "../../../../../../../../etc/passwd", "/etc/passwd", "sub/../../outside.txt",
                "link.txt", "linked/outside.txt", "../repo/../outside.txt"})
    void aFileOutsideTheRootFolderCannotBeRead(String path) throws IOException {
        Files.writeString(temp.resolve("outside.txt"), CANARY);
        Files.createDirectories(temp.resolve("repo/sub"));
        Files.createSymbolicLink(temp.resolve("repo/link.txt"), temp.resolve("outside.txt"));
        Files.createSymbolicLink(temp.resolve("repo/linked"), temp);

        assertThat(attack("displayName: $(file:" + path + ")\n")).containsExactly("$(file:" + path
                + "): the file lies outside the root file's folder\nbranch.yaml:1:14  displayName\n"
                + "Move the file below that folder.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git/config", ".env", "sub/.netrc"})
    void aHiddenFileCannotBeRead(String path) {
        folder.with(path, CANARY);

        assertThat(attack("displayName: $(file:" + path + ")\n")).singleElement()
                .asString()
                .startsWith("$(file:" + path + "): hidden files are not read\n")
                .doesNotContain(CANARY);
    }

    @Test
    void whatIsNoSmallTextFileCannotBeRead() {
        folder.with("large.txt", "x".repeat((1 << 20) + 1)).with("bytes.txt", new byte[]{(byte) 0xff, 1});

        assertThat(attack("""
                displayName: $(file:large.txt)
                loginTheme: $(file:bytes.txt)
                emailTheme: $(file:.)
                """)).extracting(problem -> problem.lines().findFirst().orElse(""))
                .containsExactly(
                        "$(file:large.txt): the file is larger than 1 MiB", "$(file:bytes.txt): the file is not UTF-8",
                        "$(file:.): this is no regular file");
    }

    @Test
    void aLinkInAFolderCannotMakeUsReadAFileFromElsewhere() throws IOException {
        Files.writeString(temp.resolve("outside.yaml"), "password: " + CANARY + ": x\n");
        folder.with("d/a.yaml", "enabled: true\n");
        Files.createSymbolicLink(temp.resolve("repo/d/b.yaml"), temp.resolve("outside.yaml"));

        assertThat(folder.problems("root.yaml", "d")).containsExactly(
                "the file is a link that leads out of its folder\nd/b.yaml\n"
                        + "Replace the link by the file, or name it with an -f of its own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'$(var:a0)$(var:a0)'", "[$(var:a0), $(var:a0)]"})
    void variablesThatExplodeAreRefused(String doubling) {
        StringBuilder vars = new StringBuilder("  vars:\n    a0: " + "x".repeat(1000) + "\n");
        for (int i = 1; i < 60; i++) {
            vars.append("    a").append(i).append(": ").append(doubling.replace("a0", "a" + (i - 1))).append('\n');
        }
        folder.with("bomb.yaml", "realm: r\nrealmform:\n" + vars + "displayName: $(var:a59)\n");

        List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> folder.problems("bomb.yaml"));

        assertThat(problems).singleElement()
                .asString()
                .startsWith("the variables of these files grow without end\nbomb.yaml:");
    }

    @Test
    void aParserDoesNotQuoteTheSecretBesideAMistake() {
        for (String text : List.of("smtpServer: {password: " + CANARY + ": x}\n", "a: '" + CANARY,
                "smtpServer:\n  password: " + CANARY + "\n host: x\n", "users:\n  \tpassword: " + CANARY + "\n",
                "smtpServer: {password: [" + CANARY + "]}\n", "smtpServer: " + CANARY + "\n",
                "clients: {a: {secret: {x: " + CANARY + "}}}\n", "smtpServer: {password: &x " + CANARY + ", *x }\n")) {
            assertThat(attack(text)).isNotEmpty().allSatisfy(problem -> assertThat(problem).doesNotContain(CANARY));
        }
    }

    @Test
    void untrustedFilesDoNotDecideWhereThisRunConnects() {
        folder.untrusted().with("root.yaml", ROOT + "    # a branch changed the root file too\n");
        Settings settings = folder.load("root.yaml").settings();

        assertThat(settings.server().url()).isEmpty();
        assertThat(settings.server().login().clientSecret()).isEmpty();
        assertThat(settings.state()).isEmpty();
    }

    @Test
    void untrustedFilesAreToldWhereTheServerComesFrom() {
        folder.untrusted();

        assertThat(folder.load("root.yaml").notices()).singleElement()
                .extracting(notice -> notice.text())
                .isEqualTo(
                        "--untrusted: server and state of root.yaml are left aside; options and variables of the environment count");
    }

    @Test
    void optionsAndVariablesStillDecideForUntrustedFiles() {
        folder.untrusted().env("KEYCLOAK_URL", "https://real.example").setting("state.file", "s.json");
        Settings settings = folder.load("root.yaml").settings();

        assertThat(settings.server().url()).contains("https://real.example");
        assertThat(settings.server().login().token()).contains(Secret.of(CANARY + "-token", ""));
        assertThat(settings.state()).contains(new StatePlace.File("s.json"));
    }

    @Test
    void untrustedFilesCannotAllowThemselvesAVariable() {
        folder.untrusted().with("branch.yaml", "displayName: $(env:CI_SHA)\n");

        assertThat(folder.problems("root.yaml", "branch.yaml")).containsExactly(
                "$(env:CI_SHA) may not be used in displayName\nbranch.yaml:1:14  displayName\n"
                        + "With --untrusted the file cannot allow itself a variable;"
                        + " if it is no secret, give --allow-env CI_SHA.");
        assertThat(folder.allowEnv("CI_SHA").realm("root.yaml", "branch.yaml").value().text("displayName"))
                .contains("abc123");
    }

    @Test
    void untrustedFilesSeeNoSecret() {
        folder.untrusted().with("branch.yaml", """
                smtpServer: {password: $(secret:smtp)}
                clients: {a: {secret: $(env:AWS_KEY)}, b: {secret: x$(secret:disk)}}
                """);
        Value.MapOf realm = folder.realm("root.yaml", "branch.yaml").value();

        assertThat(realm.map("smtpServer").get("password")).contains(Secret.notGiven("$(secret:smtp)"));
        assertThat(realm.map("clients").map("a").get("secret")).contains(Secret.notGiven("$(env:AWS_KEY)"));
        assertThat(realm.map("clients").map("b").get("secret")).contains(Secret.notGiven("x$(secret:disk)"));
    }
}
