package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before anybody is asked. */
class RotateTest {

    private static final String FILE = """
            cluster:
              namespace: keycloak
              keycloak: {production: false}
              secrets:
                proxy: {data: {cookie: "$(random:hex:16)", plain: text}}
                plain: {data: {plain: text}}
            """;

    @TempDir
    Path folder;

    private String refused(String... arguments) throws IOException {
        Files.writeString(folder.resolve("c.yaml"), FILE);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), InputStream.nullInputStream(),
                Map.of("COLUMNS", "200"), folder, Shell.Terminal.NONE, StandardCharsets.UTF_8,
                InstantSource.system(), new SecureRandom());
        assertThat(new Realmform(shell).run(arguments)).isEqualTo(1);
        return err.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Secret/keycloak/keycloak-admin|the password in Secret/keycloak/keycloak-admin is that of an account
            keycloak-admin|the password in Secret/keycloak/keycloak-admin is that of an account
            Secret/keycloak/plain|nothing of Secret/keycloak/plain is made by Keycloak or by chance
            StatefulSet/keycloak/keycloak|nothing of StatefulSet/keycloak/keycloak is made by Keycloak or by chance
            Secret/keycloak/porxy|Similar: Secret/keycloak/proxy""")
    void whatNobodyMakesIsNotMadeAnew(String address, String why) throws IOException {
        assertThat(refused("rotate", address, "-f", "c.yaml", "--auto-approve")).contains(why);
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aKeyThatIsNotMadeByChanceIsRefusedWithThoseThatAre() throws IOException {
        assertThat(refused("rotate", "Secret/keycloak/proxy", "-f", "c.yaml", "--auto-approve", "--key", "plain"))
                .contains("has no value plain that is made by chance", "It has cookie.");
    }
}
