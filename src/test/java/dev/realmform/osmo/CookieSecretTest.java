package dev.realmform.osmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key of OAuth2 Proxy's cookies, and the Secret that holds it. */
class CookieSecretTest {

    private static CookieSecret ofBytes(byte[] bytes) {
        return CookieSecret.ofData(Base64.getEncoder().encodeToString(bytes)).orElseThrow();
    }

    @Test
    void eachNewOneIsValidAndAnother() {
        Random random = new Random(7);
        CookieSecret first = CookieSecret.make(random);
        for (int i = 0; i < 500; i++) {
            CookieSecret made = CookieSecret.make(random);
            assertThat(made.isValid()).isTrue();
            assertThat(new String(Base64.getDecoder().decode(made.data().reveal()), StandardCharsets.UTF_8))
                    .matches("[A-Za-z0-9_-]{43}");
            assertThat(made).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"0123456789abcdef, true", "0123456789abcdef01234567, true", "0123456789abcdef0123456789abcdef, true",
        "0123456789abcde, false", "short, false",
        // As the proxy's own documents make it: 32 bytes for URLs, padded or not.
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=, true", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8, true",
        // What openssl rand -base64 32 makes, with and without what only that sort of base64 has.
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd/h8=, false", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd+h8=, false",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd_h8=, true"})
    void itIsJudgedAsTheProxyReadsIt(String text, boolean valid) {
        assertThat(CookieSecret.of(text).isValid()).isEqualTo(valid);
    }

    @Test
    void rawBytesAreKeptAsTheyAre() {
        byte[] bytes = new byte[32];
        new Random(3).nextBytes(bytes);
        CookieSecret raw = ofBytes(bytes);

        assertThat(raw.isValid()).isTrue();
        assertThat(ofBytes(new byte[]{1, 2, 3}).isValid()).isFalse();
        Value.MapOf object = new ProxySecret(Secret.of("c", ""), raw).objects().getLast();
        assertThat(ProxySecret.cookie(object)).contains(raw);
    }

    @Test
    void theObjectsAreANamespaceAndASecretInDataAlone() {
        List<Value.MapOf> objects = new ProxySecret(Secret.of("canary-client", ""), CookieSecret.of("0123456789abcdef"))
                .objects();

        assertThat(objects).allMatch(ProxySecret::isOne).hasSize(2);
        Value.MapOf secret = objects.getLast();
        assertThat(secret.has("stringData")).isFalse();
        assertThat(secret.map("data").text("client_secret")).contains("Y2FuYXJ5LWNsaWVudA==");
        assertThat(secret.map("metadata").text("namespace")).contains("osmo");
        assertThat(objects.getFirst().text("kind")).contains("Namespace");
    }

    @Test
    void aCookieSecretIsFoundInDataAndInStringDataOfThatSecretAlone() {
        Value.MapOf metadata = Value.EMPTY_MAP.with("name", Value.text("oauth2-proxy-secrets"));
        Value.MapOf secret = new Value.MapOf(Map.of("kind", Value.text("Secret"), "metadata", metadata));
        Value.MapOf plain = Value.EMPTY_MAP.with("cookie_secret", Value.text("0123456789abcdef"));

        assertThat(ProxySecret.cookie(secret)).isEmpty();
        assertThat(ProxySecret.cookie(secret.with("stringData", plain)).map(CookieSecret::isValid)).contains(true);
        assertThat(ProxySecret.cookie(secret.with("data",
                Value.EMPTY_MAP.with("cookie_secret", Value.text("no base64!"))))).map(CookieSecret::isValid)
                .isNotEqualTo(Optional.of(true));
        assertThat(ProxySecret.cookie(secret.with("stringData", plain)
                .with("metadata", Value.EMPTY_MAP.with("name", Value.text("other"))))).isEmpty();
    }
}
