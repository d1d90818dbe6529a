package dev.realmform.osmo.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.ProblemException;
import dev.realmform.osmo.token.KeySet.Outcome;
import dev.realmform.testing.SignedTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a signature is believed. */
class KeySetTest {

    private static final String CLAIMS = "{\"sub\": \"1\"}";

    private static KeySet keys(String json) {
        return KeySet.parse(json.getBytes(StandardCharsets.UTF_8), "keys.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "PS256", "PS384", "ES256", "ES384", "ES512"})
    void aSignatureOfTheIssuerIsBelievedAndOneOfSomebodyElseOrOfAnotherTokenIsNot(String algorithm)
            throws GeneralSecurityException {
        SignedTokens issuer = new SignedTokens(algorithm);
        KeySet keys = keys(issuer.keySet());
        String token = issuer.token(CLAIMS);

        assertThat(keys.check(Jwt.parse(token))).isEqualTo(new Outcome.Signed("one"));
        assertThat(keys.check(Jwt.parse(new SignedTokens(algorithm).token(CLAIMS))))
                .isInstanceOf(Outcome.Refused.class);
        String[] parts = token.split("\\.", -1);
        String other = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\": \"2\"}".getBytes(
                        StandardCharsets.UTF_8));
        assertThat(keys.check(Jwt.parse(parts[0] + "." + other + "." + parts[2])))
                .isEqualTo(new Outcome.Refused("the signature is not of key one"));
        assertThat(keys.check(Jwt.parse(parts[0] + "." + parts[1] + ".AAAA"))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aSecretThatBothShareCannotBeCheckedWithPublicKeys() throws GeneralSecurityException {
        SignedTokens issuer = new SignedTokens("RS256");

        assertThat(keys(issuer.keySet()).check(Jwt.parse(issuer.token("{\"alg\": \"HS256\"}", CLAIMS))))
                .isInstanceOfSatisfying(Outcome.Open.class, open -> assertThat(open.why()).contains("HS256", "secret"));
    }

    @Test
    void aTokenMayNotChooseAnAlgorithmThatTheKeyIsNotFor() throws GeneralSecurityException {
        SignedTokens issuer = new SignedTokens("RS256");
        KeySet keys = keys(issuer.keySet());

        for (String algorithm : new String[]{"none", "", "PS256", "ES256", "XS1"}) {
            Jwt token = Jwt.parse(issuer.token("{\"alg\": \"" + algorithm + "\", \"kid\": \"one\"}", CLAIMS));
            assertThat(keys.check(token)).as(algorithm).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(keys.check(Jwt.parse(issuer.token("{\"alg\": \"RS256\", \"kid\": \"gone\"}", CLAIMS))))
                .isEqualTo(new Outcome.Refused("no key gone for RS256 in the set: one (RS256)"));
        assertThat(keys("{\"keys\": [{\"kid\": \"one\", \"alg\": \"RS256\", \"kty\": \"RSA\"}]}")
                .check(Jwt.parse(issuer.token(CLAIMS))))
                .isEqualTo(new Outcome.Refused("the key one cannot be used: it does not fit RS256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "canary.canary.canary", "a.b.c.d.e", "eyJhIjoxfQ.canary!.x", "e30.W10.x",
        "e30.e30.!"})
    void whatIsNoTokenIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> Jwt.parse(text)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("this is no token")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aTokenIsReadWithWhatStandsBeforeItInAHeader() throws GeneralSecurityException {
        String token = new SignedTokens("ES256").token("{\"sub\": \"1\", \"exp\": 60, \"nbf\": 1e300, \"iat\": \"x\"}");

        Jwt read = Jwt.parse("Authorization: Bearer " + token + "\n");

        assertThat(read.claims().text("sub")).contains("1");
        assertThat(read.time("exp")).contains(java.time.Instant.ofEpochSecond(60));
        assertThat(read.time("nbf")).isEmpty();
        assertThat(read.time("iat")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{}"})
    void whatIsNoKeySetIsRefused(String text) {
        assertThatThrownBy(() -> keys(text)).isInstanceOf(ProblemException.class).hasMessageContaining("no key set");
    }
}
