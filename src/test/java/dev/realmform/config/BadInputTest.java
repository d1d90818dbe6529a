package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to get a file wrong: what is said, where, and what to do. */
class BadInputTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp);
    }

    private List<String> problems(String text) {
        return folder.with("r.yaml", text).problems("r.yaml");
    }

    private static String said(String what, String where, String remedy) {
        return what + "\n" + where + "\n" + remedy;
    }

    @Test
    void aTextIsNoDesiredState() {
        assertThat(problems("just a text\n")).containsExactly(said("the top level is a single value, not a map",
                "r.yaml:1:1", "A desired-state file holds keys such as realm: and clients:."));
    }

    @Test
    void aListIsNoDesiredState() {
        assertThat(problems("- a\n- b\n")).containsExactly(said("the top level is a list, not a map", "r.yaml:1:1",
                "A desired-state file holds keys such as realm: and clients:."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            realm: r\\na: b: c         | not YAML: a second colon on one line, or a wrong indentation | 2:5
            realm: r\\na: 'x           | a text in quotes is not closed                               | 2:4
            realm: r\\na: [1, 2\\nb: 3 | not YAML: a [ or { is not closed, or a comma is missing      | 3:2
            realm: r\\na: @x           | not YAML: a value cannot start with this character           | 2:4
            realm: r\\njunk\\nb: 1     | not YAML: a line that is neither a key nor part of a value   | 3:1
            realm: r\\na: "\\uZZZZ"    | not YAML, found while scanning a double-quoted scalar        | 2:7
            realm: r\\n? [a]\\n: b     | a key must be a plain text                                   | 2:4
            realm: r\\na: !x {b: 1}    | the YAML tag "x" means nothing here                          | 2:4  a
            realm: r\\na: *nope        | the alias *nope stands for nothing                           | 2:4  a
            realm: r\\na: &a [*a]      | the alias *a lies inside of what it stands for               | 2:8  a[0]
            realm: r\\na: {<<: 1}      | << takes a map, or a list of maps                            | 2:9  a.<<
            """)
    void whatIsNotYamlIsNamedByLine(String text, String what, String where) {
        assertThat(problems(text.replace("\\n", "\n"))).singleElement()
                .asString()
                .startsWith(what + "\nr.yaml:" + where + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"realm": "r", "a": }      | not JSON: unexpected character ('}' (code 125)                      | 1:21
            {"realm": "r",             | not JSON: the file ends before everything is closed                 | 1:15
            {"realm": hunter2}         | not JSON: a value is a text in quotes, a number, true, false or null | 1:11
            {"realm": "r", "realm": 1} | the key "realm" stands twice in one map                             | 1:16  realm
            """)
    void whatIsNotJsonIsNamedByLine(String text, String what, String where) {
        assertThat(folder.with("r.json", text).problems("r.json")).singleElement()
                .asString()
                .startsWith(what)
                .contains("\nr.json:" + where + "\n")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"realm: r\nclients:\n\ta: {}\n", "realm: r\nclients:\n  a:\n\t  name: x\n"})
    void aTabInTheIndentationIsNamed(String text) {
        assertThat(problems(text)).singleElement()
                .asString()
                .startsWith("a tab stands where only spaces may\nr.yaml:")
                .endsWith("YAML is indented with spaces: replace the tabs.");
    }

    @Test
    void aKeyThatStandsTwiceNamesBothLines() {
        assertThat(problems("realm: r\nclients:\n  a: {}\n  b: {}\n  a: {}\n")).containsExactly(
                said("the key \"a\" stands twice in one map", "r.yaml:5:3  clients.a",
                        "It stands at r.yaml:3 already. Remove one of the two."));
    }

    @Test
    void aNameThatStandsTwiceInAListNamesBothLines() {
        assertThat(problems("realm: r\nclients:\n  - clientId: a\n  - clientId: a\n")).containsExactly(
                said("\"a\" stands twice in one list", "r.yaml:4:5  clients[1]",
                        "It stands at r.yaml:3 already. Put both together."));
    }

    @Test
    void aValueThatStandsTwiceInASetNamesBothLines() {
        assertThat(problems("realm: r\nclients:\n  a:\n    redirectUris:\n    - x\n    - x\n")).containsExactly(
                said("the value stands twice in one list", "r.yaml:6:7  clients.a.redirectUris[1]",
                        "It stands at r.yaml:5 already. Remove one of the two."));
    }

    @Test
    void aGroupThatIsDeclaredByPathAndAsSubGroupNamesBothLines() {
        assertThat(problems("realm: r\ngroups:\n  /A: {subGroups: {B: {}}}\n  /A/B: {}\n")).containsExactly(
                said("the group \"/A/B\" is declared twice", "r.yaml:4:3  groups./A/B",
                        "It stands at r.yaml:3 already. Put both together."));
    }

    @Test
    void anAliasBombIsRefusedAtOnce() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++) {
            text.append("a%d: &a%d [%s]%n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)));
        }
        List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> problems(text.toString()));

        assertThat(problems).singleElement()
                .asString()
                .startsWith("the aliases of this file stand for more than 100000 values\nr.yaml:5:")
                .endsWith("Write the values out, or use realmform.vars.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void deepNestingIsRefused(String opening) {
        List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> problems("realm:\n  " + opening.repeat(20_000) + "\n"));

        assertThat(problems).singleElement()
                .asString()
                .startsWith("the file nests deeper than 100 levels\nr.yaml:2:")
                .endsWith("No realm document needs that: check the brackets and the indentation.");
    }

    @Test
    void deepNestingThroughAliasesIsRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d [[*a%d]]%n".formatted(i, i, i - 1));
        }

        assertThat(problems(text.toString())).singleElement()
                .asString()
                .startsWith("the file nests deeper than 100 levels\nr.yaml:");
    }

    @Test
    void deepJsonIsRefused() {
        assertThat(folder.with("r.json", "{\"a\": " + "[".repeat(20_000)).problems("r.json")).singleElement()
                .asString()
                .startsWith("the file nests deeper than 100 levels\nr.json:1:");
    }

    @Test
    void aFileOfFiftyMegabytesIsRefusedByItsSize() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(temp.resolve("r.yaml").toFile(), "rw")) {
            file.setLength(50L << 20);
        }
        List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(1), () -> folder.problems("r.yaml"));

        assertThat(problems).containsExactly(said("the file is too large: 50 MiB, where 32 MiB are the limit", "r.yaml",
                "Split it into several files, and pass their folder."));
    }

    @Test
    void bytesThatAreNotUtf8AreNamedByLine() {
        folder.with("r.yaml", "realm: r\ndisplayName: M\u00fcller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(folder.problems("r.yaml")).containsExactly(
                said("not UTF-8: byte 23 fits no character", "r.yaml:2:15", "Save the file as UTF-8."));
    }

    @Test
    void utf16IsNamed() {
        folder.with("r.yaml", "realm: r\n".getBytes(StandardCharsets.UTF_16));

        assertThat(folder.problems("r.yaml")).containsExactly(
                said("this is UTF-16, not UTF-8", "r.yaml:1:3", "Save the file as UTF-8."));
    }

    @Test
    void aByteOrderMarkIsAccepted() {
        assertThat(folder.with("r.yaml", "\ufeffrealm: r\n").realm("r.yaml").address()).hasToString("realm/r");
    }

    @Test
    void aBinaryFileIsNamed() {
        folder.with("r.yaml", new byte[]{'P', 'K', 3, 4, '\n', 0, 1});

        assertThat(folder.problems("r.yaml")).containsExactly(
                said("a NUL byte: this is no text file", "r.yaml:2:1", "Name a YAML or JSON file."));
    }

    @Test
    void aControlCharacterIsNamed() {
        assertThat(problems("realm: r\ndisplayName: a\u0001b\n")).containsExactly(
                said("the control character U+0001 is not text", "r.yaml:2:15",
                        "Remove it, or write it as \\x… in a text in double quotes."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n---\n"})
    void anEmptyFileIsRefused(String text) {
        assertThat(problems(text)).containsExactly(said("the file is empty", "r.yaml",
                "Remove it from the command line, or give --allow-empty if nothing is meant to be declared."));
    }

    @Test
    void anEmptySetIsRefusedUnlessAskedFor() {
        folder.with("r.yaml", "realmform: {vars: {a: 1}}\n").with("empty.yaml", "");

        assertThat(folder.problems("r.yaml")).containsExactly(said("the files declare nothing", "r.yaml",
                "An empty desired state would mean that everything we made shall go."
                        + " If that is meant, give --allow-empty."));
        assertThat(folder.allowEmpty().load("r.yaml", "empty.yaml").resources()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled: yes                           | enabled must be true or false, but is the text "yes"            | 10  enabled                 | Write true or false, without quotes.
            accessTokenLifespan: soon              | accessTokenLifespan must be a whole number, but is the text "soon" | 22  accessTokenLifespan | Write a whole number, without quotes.
            ssoSessionIdleTimeout: 1.5             | ssoSessionIdleTimeout must be a whole number, but is the number 1.5 | 24  ssoSessionIdleTimeout | Write a whole number, without quotes.
            displayName: [a]                       | displayName must be a text, but is a list                       | 14  displayName             | *
            clients: {a: {redirectUris: x}}        | redirectUris must be a list or a map, but is the text "x"       | 29  clients.a.redirectUris  | Write a list: [x].
            clients: {a: {redirectUris: [1]}}      | a member of redirectUris must be a text, but is the number 1    | 30  clients.a.redirectUris[0] | Write it in quotes.
            clients: {a: {secret: 12345}}          | secret must be a text, but is a number                          | 23  clients.a.secret        | Write it in quotes.
            users: {ada: }                         | ada must be a map, but is empty                                 | 13  users.ada               | Write {} for one without fields, or $delete: true to delete it.
            sslRequired: extrenal                  | sslRequired cannot be "extrenal"                                | 14  sslRequired             | It is one of none, external, all, NONE, EXTERNAL, ALL. Similar: EXTERNAL, external.
            groups: {/A: {$members: all}}          | $members cannot be the text "all"                               | 25  groups./A.$members      | *
            groups: {A: {}}                        | the key of a group is its path, and "A" is none                 | 10  groups.A                | Write "/A".
            clients: [{name: x}]                   | clientId is missing: it is the name of this member              | 11  clients[0]              | Add it.
            clients: [x]                           | a member of this list is a map with clientId                    | 11  clients[0]              | Write - clientId: x.
            clients: {a: {clientId: b}}            | clientId differs from the key "a", which is the name already    | 25  clients.a.clientId      | Remove it; $was renames.
            """)
    void aWrongTypeIsNamedWithItsPath(String line, String what, String where, String remedy) {
        assertThat(problems("realm: r\n" + line + "\n")).singleElement()
                .asString()
                .startsWith(what + "\nr.yaml:2:" + where + "\n" + (remedy.equals("*") ? "" : remedy));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            displaName: x                          | displaName  | 1  displaName               | Similar: displayName. Correct it, or remove it. If the server knows it: --allow-unknown displaName.
            clients: [{clientId: a, redirectUri: []}] | redirectUri | 25  clients[0].redirectUri | Similar: redirectUris. Correct it, or remove it. If the server knows it: --allow-unknown redirectUri.
            users: {ada: {firstname: A}}           | firstname   | 15  users.ada.firstname     | Similar: firstName, lastName. Correct it, or remove it. If the server knows it: --allow-unknown firstname.
            frobnicate: 1                          | frobnicate  | 1  frobnicate               | Correct it, or remove it. If the server knows it: --allow-unknown frobnicate.
            """)
    void anUnknownKeyIsADoubtWithWhatMayBeMeant(String line, String key, String where, String remedy) {
        assertThat(folder.with("r.yaml", "realm: r\n" + line + "\n").doubts("r.yaml"))
                .containsExactly(said("unknown key \"" + key + "\"", "r.yaml:2:" + where, remedy));
    }

    @Test
    void aDoubtNamesThePathWithinTheDocument() {
        folder.with("r.yaml", "realm: r\nclients: [{clientId: a, redirectUri: []}]\n");

        assertThat(folder.load("r.yaml").doubts()).singleElement()
                .extracting(doubt -> doubt.realm() + " " + doubt.path() + " " + doubt.source())
                .isEqualTo("r clients.a.redirectUri r.yaml:2");
    }

    @Test
    void anUnknownKeyThatIsAllowedIsKept() {
        folder.with("r.yaml", "realm: r\nrealmform: {allowUnknown: [one]}\none: 1\ntwo: 2\n").allowUnknown("two");

        assertThat(folder.doubts("r.yaml")).isEmpty();
        assertThat(folder.realm("r.yaml").value().fields()).containsKeys("one", "two");
    }

    @Test
    void anUnknownKeyOfOursIsAnErrorAtOnce() {
        assertThat(problems("realm: r\nclients: {a: {$wass: b}}\n")).containsExactly(said("unknown key \"$wass\"",
                "r.yaml:2:15  clients.a.$wass", "Similar: $was. Correct it, or remove it."));
    }

    @Test
    void missingVariablesFilesAndSecretsAreNamed() {
        assertThat(problems("""
                realm: r
                realmform: {vars: {domain: x}, env: [CI_SHA], secrets: {smtp: {env: SMTP}}}
                displayName: $(var:doman)
                loginTheme: $(env:CI_SHA)
                emailTheme: $(file:theme.txt)
                smtpServer: {password: $(secret:smpt)}
                """)).containsExactly(
                said("the variable \"doman\" is not defined", "r.yaml:3:14  displayName",
                        "Define it under realmform.vars in the root file, or give --var doman=…. Similar: domain."),
                said("the variable CI_SHA is not set in the environment", "r.yaml:4:13  loginTheme",
                        "Set it, or give a default: $(env:CI_SHA:-…)."),
                said("there is no file for $(file:theme.txt)", "r.yaml:5:13  emailTheme",
                        "The path starts at the root file's folder."),
                said("the secret \"smpt\" is not defined", "r.yaml:6:24  smtpServer.password",
                        "Define it under realmform.secrets in the root file: {smpt: {env: NAME}}. Similar: smtp."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a: $(env:X:-a,b)}", "{a: '$(var:x'}"})
    void aReferenceThatIsNotClosedSaysQuoteIt(String attributes) {
        assertThat(problems("realm: r\nattributes: " + attributes + "\n")).singleElement()
                .asString()
                .startsWith("the reference is not closed: $(")
                .contains("\nr.yaml:2:")
                .endsWith("Quote the whole value: YAML ends an unquoted one at a comma, a bracket or a #."
                        + " For a plain text write $$(.");
    }

    @Test
    void whatIsNoReferenceIsNamed() {
        assertThat(problems("realm: r\ndisplayName: $(vra:x)\nloginTheme: $(random:20)\n")).containsExactly(
                said("$(vra:x) is no reference that realmform knows", "r.yaml:2:14  displayName",
                        "References are $(var:…), $(env:…), $(file:…), $(secret:…), $(ref:…), $(random:…)."
                                + " For a plain text write $$(. Similar: var."),
                said("$(random:20) is possible only where the value can be kept: in a Kubernetes Secret,"
                        + " which comes later", "r.yaml:3:13  loginTheme", "Use $(secret:name)."));
    }

    @Test
    void variablesThatGoInCirclesAreNamed() {
        assertThat(problems("realm: r\nrealmform: {vars: {a: $(var:b), b: x$(var:a)}}\ndisplayName: $(var:a)\n"))
                .containsExactly(said("the variable \"a\" refers to itself: a -> b -> a",
                        "r.yaml:2:23  realmform.vars.a", "Break the circle."));
    }

    @Test
    void aMaskedSecretIsRefusedWithTheRemedy() {
        assertThat(problems("""
                realm: r
                clients: [{clientId: a, secret: "**********"}]
                components: {x: [{config: {secret: ["**********"]}}]}
                """)).containsExactly(said("\"**********\" is the mask that an export holds, not a secret",
                "r.yaml:2:33  clients[0].secret",
                "Remove the line to leave the live secret alone, or use $(secret:name)."));
    }

    @Test
    void aMaskThatALaterLayerCoversIsNoProblem() {
        folder.with("export.yaml", "realm: r\nclients: {a: {secret: '**********'}}\n")
                .with("over.yaml", "clients: {a: {secret: s}}\n");

        assertThat(folder.load("export.yaml", "over.yaml").resources()).hasSize(1);
    }

    @Test
    void whatComesLaterSaysSo() {
        assertThat(problems("""
                realm: r
                osmo: {domain: x}
                cluster: {}
                $templates: {}
                realmform: {environments: {}, realms: {}, teams: {}}
                clients: {a: {$like: b, $secretTo: c}}
                groups: {/A: {$members: [{user: ada, until: 2027-01-01}]}}
                """)).hasSize(9)
                .allSatisfy(problem -> assertThat(problem)
                        .matches("(?s)[$a-zA-Z]+ comes later: this version of realmform does not know it yet\n"
                                + "r.yaml:\\d+:\\d+  .*\nRemove it\\."));
    }

    @Test
    void valuesThatContradictEachOtherInOneFolderNameBothLines() {
        folder.with("d/a.yaml", "realm: r\naccessTokenLifespan: 300\n").with("d/b.yaml", "accessTokenLifespan: 600\n");

        assertThat(folder.problems("d"))
                .containsExactly(said("two values for accessTokenLifespan contradict each other",
                        "d/b.yaml:1:22  accessTokenLifespan", "The other one is at d/a.yaml:2. Keep one of them,"
                                + " or give each file an -f of its own: then the later one wins."));
    }

    @Test
    void errorsInTheSettingsAreNamed() {
        assertThat(problems("""
                realm: r
                realmform:
                  server: {ulr: x, timeout: soon, concurrency: 100, login: {passwrd: hunter2}}
                  manage: {clients: some}
                """)).containsExactly(
                said("unknown key \"ulr\"", "r.yaml:3:12  realmform.server.ulr",
                        "Similar: url. Correct it, or remove it."),
                said("timeout cannot be the text \"soon\"", "r.yaml:3:29  realmform.server.timeout",
                        "How long one request may take: a number with ms, s or m, or seconds as a plain number."),
                said("concurrency is too large", "r.yaml:3:48  realmform.server.concurrency", "It is at most 64."),
                said("unknown key \"passwrd\"", "r.yaml:3:61  realmform.server.login.passwrd",
                        "Similar: password. Correct it, or remove it."),
                said("clients cannot be the text \"some\"", "r.yaml:4:21  realmform.manage.clients",
                        "Clients, matched by client id."));
    }

    @Test
    void anotherFormatIsRefused() {
        assertThat(problems("realm: r\nrealmform: 2\n")).containsExactly(
                said("realmform takes a map of settings, or the number 1", "r.yaml:2:12  realmform",
                        "Write realmform: 1, or settings below it."));
    }

    @Test
    void allErrorsComeAtOnceInTheOrderOfFilesAndLines() {
        folder.with("b.yaml", "loginTheme: $(var:no)\nenabled: maybe\n")
                .with("a.yaml", "realm: r\nclients: {x: {publicClient: 1}}\nfrobnicate: 1\n");

        assertThat(folder.problems("b.yaml", "a.yaml")).extracting(text -> text.lines().skip(1).findFirst().orElse(""))
                .containsExactly("a.yaml:2:29  clients.x.publicClient", "a.yaml:3:1  frobnicate",
                        "b.yaml:1:13  loginTheme", "b.yaml:2:10  enabled");
    }

    @Test
    void theFirstFiftyErrorsAreShownAndTheRestIsCounted() {
        StringBuilder text = new StringBuilder("realm: r\nclients:\n");
        for (int i = 0; i < 60; i++) {
            text.append("  c").append(i).append(": {enabled: maybe}\n");
        }
        List<String> problems = problems(text.toString());

        assertThat(problems).hasSize(51);
        assertThat(problems.getLast()).isEqualTo("10 more problems are not shown\n\nCorrect these first.");
    }
}
