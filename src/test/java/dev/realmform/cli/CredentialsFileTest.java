package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.Address;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.state.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsFileTest {

    @TempDir
    Path folder;

    private static Address user(String name) {
        return Address.of("user", "r", name);
    }

    private Path path() {
        return folder.resolve("passwords.csv");
    }

    private CredentialsFile with(String... names) {
        CredentialsFile file = CredentialsFile.create(path());
        for (String name : names) {
            file.note(user(name), Secret.of("pw-" + name, ""));
        }
        return file;
    }

    private String rights() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
    }

    @Test
    void aPasswordStandsInTheFileAsSoonAsItIsNotedAndOnlyItsOwnerMayReadIt() throws IOException {
        try (CredentialsFile file = with("lin", "ada")) {
            assertThat(path()).hasContent("realm,username,password\nr,lin,pw-lin\nr,ada,pw-ada");
            assertThat(rights()).isEqualTo("rw-------");
            assertThat(file.count()).isEqualTo(2);
        }
        assertThat(path()).hasContent("realm,username,password\nr,lin,pw-lin\nr,ada,pw-ada");
    }

    @Test
    void whatWasTakenBackIsOutOfItInTheEnd() throws IOException {
        try (CredentialsFile file = with("ada", "bo", "cyd")) {
            file.strike(user("bo"));
        }
        assertThat(path()).hasContent("realm,username,password\nr,ada,pw-ada\nr,cyd,pw-cyd");
        assertThat(rights()).isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileWithoutPasswordsDoesNotStay() {
        try (CredentialsFile file = with("ada")) {
            file.strike(user("ada"));
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void aFileThatIsThereIsRefusedAndUntouchedAndSoIsALink() throws IOException {
        Files.writeString(path(), "mine");
        Path link = folder.resolve("link.csv");
        Files.createSymbolicLink(link, folder.resolve("nowhere"));

        for (Path old : new Path[]{path(), link}) {
            assertThatThrownBy(() -> CredentialsFile.create(old)).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("is there already");
            assertThatThrownBy(() -> DurableFile.refuseOld(old)).isInstanceOf(ProblemException.class);
        }
        assertThat(path()).hasContent("mine");
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> CredentialsFile.create(folder.resolve("no/passwords.csv")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("cannot make");
    }

    @Test
    void aNameThatCsvWouldReadOtherwiseIsQuoted() throws IOException {
        with("a,\"b\"").close();

        assertThat(Files.readString(path())).contains("r,\"a,\"\"b\"\"\",\"pw-a,\"\"b\"\"\"\n");
    }
}
