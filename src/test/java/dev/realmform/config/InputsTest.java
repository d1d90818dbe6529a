package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {

    @TempDir
    private Path temp;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temp).with("root.yaml", "realm: r\nrealmform: {vars: {a: b}}\n")
                .with("d/a.yaml", "enabled: true\n")
                .with("d/b.yml", "displayName: x\n")
                .with("d/c.json", "{\"loginTheme\": \"y\"}\n")
                .with("d/.hidden.yaml", "nonsense: [")
                .with("d/notes.txt", "nonsense: [")
                .with("d/deep/e.yaml", "emailTheme: z\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            d/a.yaml    | root.yaml, d/a.yaml
            d           | root.yaml, d/a.yaml, d/b.yml, d/c.json
            d/          | root.yaml, d/a.yaml, d/b.yml, d/c.json
            d/*.y*ml    | root.yaml, d/a.yaml, d/b.yml
            d/**/*.yaml | root.yaml, d/a.yaml, d/deep/e.yaml
            d/{a,b}.*   | root.yaml, d/a.yaml, d/b.yml
            root.yaml   | root.yaml
            """)
    void anArgumentMeansItsFilesInTheOrderOfTheirNames(String argument, String files) {
        assertThat(folder.load("root.yaml", argument).files()).containsExactly(files.split(", ", -1));
    }

    @Test
    void aListOfDocumentsIsReadAsTheDocuments() {
        folder.with("all.json",
                "[{\"realm\": \"a\", \"enabled\": true}, {\"realm\": \"b\"}]");

        assertThat(folder.load("all.json").resources().keySet()).extracting(Address::toString)
                .containsExactly("realm/a", "realm/b");
    }

    @Test
    void theStandardInputIsReadAsYamlOrJson() {
        assertThat(folder.stdin("displayName: in\n").realm("root.yaml", "-").value().text("displayName"))
                .contains("in");
        assertThat(folder.stdin("{\n\t\"displayName\": \"in\"}").realm("root.yaml", "-").value().text("displayName"))
                .contains("in");
        assertThat(folder.stdin("displayName: in\n").realm("root.yaml", "-", "-").value().text("displayName"))
                .contains("in");
        assertThat(folder.stdin("").problems("root.yaml", "-")).singleElement()
                .asString()
                .startsWith("the file is empty\n(stdin):1:1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no.yaml  | there is no file no.yaml
            d/no*    | no file matches d/no*
            d/[      | this is no glob: d/[
            empty    | the folder holds no desired-state file
            """)
    void anArgumentThatMeansNothingIsAnError(String argument, String what) {
        folder.with("empty/notes.txt", "x");

        assertThat(folder.problems("root.yaml", argument)).singleElement()
                .asString()
                .startsWith(what + "\n" + argument + "\n");
    }

    @Test
    void noArgumentIsAnError() {
        assertThat(folder.problems()).containsExactly("no desired-state file is given\n\n"
                + "Name one with -f: a file, a folder, a glob, or - for the standard input.");
    }

    @Test
    void theFileOfAFolderThatHasTheSettingsIsTheRootFile() {
        folder.with("e/a.yaml", "realm: r\nenabled: true\n")
                .with("e/z/secret.txt", "x")
                .with("e/m.yaml", "realmform: {server: {url: https://x}}\n");

        assertThat(folder.load("e").settings().server().url()).contains("https://x");
    }

    @Test
    void settingsInAnotherDocumentOfTheRootFileCount() {
        folder.with("m.yaml", "realmform: {server: {url: https://x}}\n---\nrealm: r\nenabled: true\n");

        assertThat(folder.load("m.yaml").settings().server().url()).contains("https://x");
    }

    @Test
    void severalUnreadableFilesAreNamedAtOnce() {
        folder.with("x.yaml", "a: [").with("y.yaml", "b: {");

        assertThat(folder.problems("x.yaml", "y.yaml")).hasSize(2);
    }
}
