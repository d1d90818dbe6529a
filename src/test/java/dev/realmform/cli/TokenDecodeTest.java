package dev.realmform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.SignedTokens;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token is taken apart where it is, and never printed. */
class TokenDecodeTest {

    private static final String ISSUER = "https://auth-osmo.example.com/realms/osmo";

    @TempDir
    Path folder;

    private String token;

    private record Said(int code, String out, String err) {}

    private Said run(String typed, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), Map.of("COLUMNS", "80"), folder,
                Shell.Terminal.NONE, StandardCharsets.UTF_8, () -> Instant.ofEpochSecond(1_000_000),
                new SecureRandom());
        int code = new Realmform(shell).run(arguments);
        Said said = new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        String signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(said.out() + said.err()).doesNotContain(signature, token.substring(0, 40));
        return said;
    }

    @BeforeEach
    void issued() throws GeneralSecurityException, IOException {
        SignedTokens issuer = new SignedTokens("RS256");
        token = issuer.token("""
                {"iss": "%s", "aud": "osmo-browser-flow", "typ": "ID", "exp": 1000250, "iat": 999950,
                 "preferred_username": "ada", "name": "A\\u001b[2J", "roles": ["osmo-user", "osmo-group1"]}"""
                .formatted(ISSUER));
        Files.writeString(folder.resolve("token.txt"), token + "\n");
        Files.writeString(folder.resolve("keys.json"), issuer.keySet());
        Files.writeString(folder.resolve("osmo.yaml"),
                "osmo: {domain: osmo.example.com, layout: \"6.2\", teams: {group1: {pools: [group1-a], members: [ada]}}}\n");
    }

    @Test
    void whatStandsInATokenAndWhatOsmoMakesOfItIsPrinted() {
        Said said = run(token, "token", "decode", "--jwks", "keys.json", "-f", "osmo.yaml");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEqualTo("""
                header
                  alg: RS256
                  kid: one
                  typ: JWT

                claims
                  aud: osmo-browser-flow
                  exp: 1000250                              1970-01-12T13:50:50Z
                  iat: 999950                               1970-01-12T13:45:50Z
                  iss: https://auth-osmo.example.com/realms/osmo
                  name: A\\x1b[2J
                  preferred_username: ada
                  roles: ["osmo-user","osmo-group1"]
                  typ: ID

                ✓ signature: made with the issuer's key one
                ✓ time: expires in 4 min 10 s
                ✓ accepted as: web UI (osmo-browser-flow)
                ✓ x-osmo-user: ada
                ✓ x-osmo-roles: osmo-user,osmo-group1 (OSMO adds osmo-default)

                OSMO would take it.
                """);
    }

    @Test
    void aFileAndStandardInputAreTheSame() {
        String typed = run(token, "token", "decode").out();

        assertThat(run("", "token", "decode", "token.txt").out()).isEqualTo(typed).contains("signature: not checked");
        assertThat(run(token, "token", "decode", "-").out()).isEqualTo(typed);
    }

    @Test
    void aTokenOnTheCommandLineIsRefusedAndNotRepeated() {
        Said said = run("", "token", "decode", token);

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("everybody on this machine can read a command line");
        assertThat(run("", "token", "decode", "Bearer " + token).code()).isEqualTo(64);
    }

    @Test
    void whatIsWrongEndsWithTwoAndWhatIsNoTokenWithOne() throws IOException, GeneralSecurityException {
        Said other = run(token, "token", "decode", "--issuer", "https://sso.example.com/realms/osmo");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.out()).contains("✗ accepted by nobody (401)", "cause: the issuer is", "things do not work.");

        Files.writeString(folder.resolve("keys.json"), new SignedTokens("RS256").keySet());
        Said forged = run(token, "token", "decode", "--jwks", "keys.json");
        assertThat(forged.code()).isEqualTo(2);
        assertThat(forged.out()).contains("✗ signature", "cause: the signature is not of key one");

        assertThat(run("nothing", "token", "decode").code()).isEqualTo(1);
        assertThat(run("", "token", "decode", "nowhere.txt").err()).contains("the token cannot be read", "nowhere.txt");
    }

    @Test
    void keysAreFetchedFromNobodyWhomOnlyTheTokenNames() {
        Said said = run(token, "token", "decode", "--fetch-keys");

        assertThat(said.code()).isEqualTo(64);
        assertThat(said.err()).contains("nobody says from which issuer to fetch keys");
    }

    @Test
    void programsGetTheSame() {
        String text = run(token, "token", "decode", "--json", "--jwks", "keys.json").out();
        JsonNode said = AdminApi.json(text);

        PublishedSchema.PROOF.accepts(text);
        PublishedSchema.PROOF.refuses(text.replace("\"remedy\"", "\"help\"").replace("\"faults\"", "\"fault\""));
        assertThat(said.path("holds").asBoolean()).isTrue();
        assertThat(said.path("claims").path("preferred_username").asText()).isEqualTo("ada");
        assertThat(said.path("checks").findValuesAsText("about")).contains("signature", "x-osmo-roles");
    }
}
