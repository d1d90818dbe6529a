package dev.realmform.config;

import static dev.realmform.config.Folder.said;
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

/** Files that are no document at all: neither YAML nor JSON, not UTF-8, too large, too deep, empty. */
class UnreadableFileTest {

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
            realm: r\\na: "\\uZZZZ"    | not YAML: this escape does not exist in double quotes        | 2:7
            realm: r\\na: - c         | not YAML: a list item cannot stand here                      | 2:4
            realm: r\\na: & x         | not YAML: a text that starts with & or *                     | 2:5
            realm: r\\na: >x          | not YAML: what stands behind &verbar; or > is no text yet    | 2:5
            realm: r\\n? [a]\\n: b     | a key must be a plain text                                   | 2:4
            realm: r\\na: !x {b: 1}    | the YAML tag "x" means nothing here                          | 2:4  a
            realm: r\\na: *nope        | the alias *nope stands for nothing                           | 2:4  a
            realm: r\\na: &a [*a]      | the alias *a lies inside of what it stands for               | 2:8  a[0]
            realm: r\\na: {<<: 1}      | << takes a map, or a list of maps                            | 2:9  a.<<
            """)
    void whatIsNotYamlIsNamedByLine(String text, String what, String where) {
        assertThat(problems(text.replace("\\n", "\n"))).singleElement()
                .asString()
                .startsWith(what.replace("&verbar;", "|") + "\nr.yaml:" + where + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"realm": "r", "a": }      | not JSON: unexpected character '}'                                  | 1:21
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
    void aLineThatYamlWouldReadForMinutesIsRefused() {
        List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> problems("realm: r\ndisplayName: " + "x".repeat(10 << 20) + "\n"));

        assertThat(problems).containsExactly(said("the line is longer than 262144 characters", "r.yaml:2:262145",
                "Break it into several. A file of JSON may be one line if it is named .json."));
        assertThat(folder.with("r.json", "{\"realm\": \"r\", \"displayName\": \"" + "x".repeat(10 << 20) + "\"}")
                .load("r.json")
                .resources()).hasSize(1);
    }

    @Test
    void aGroupPathThatIsDeeperThanAnyTreeIsRefused() {
        assertThat(problems("realm: r\ngroups: {" + "/a".repeat(300) + ": {}}\n")).singleElement()
                .asString()
                .startsWith("the path of this group has 300 levels, where 50 are the limit\nr.yaml:2:10");
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
        assertThat(problems(text)).containsExactly(said("the file is empty", "r.yaml:1:1",
                "Remove it from the command line, or give --allow-empty if nothing is meant to be declared."));
    }

    @Test
    void anEmptySetIsRefusedUnlessAskedFor() {
        folder.with("r.yaml", "realmform: {vars: {a: 1}}\n").with("empty.yaml", "");

        assertThat(folder.problems("r.yaml")).containsExactly(said("the files declare nothing", "r.yaml:1:1",
                "An empty desired state would mean that everything we made shall go."
                        + " If that is meant, give --allow-empty."));
        assertThat(folder.allowEmpty().load("r.yaml", "empty.yaml").resources()).isEmpty();
    }
}
