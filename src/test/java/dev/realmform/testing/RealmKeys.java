package dev.realmform.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * The keys of the realms that the tests get ready-made: a pair of one run, for all of them. A server that is told none makes two
 * RSA pairs for each realm, which was more than half of all the work it did for the tests (sampled on 26.7.3).
 */
final class RealmKeys {

    private static final String PASSWORD = "changeit";

    private RealmKeys() {}

    /** The section {@code components} of a new realm. */
    static String components() {
        return Made.COMPONENTS_OF_THIS_RUN;
    }

    private static final class Made {
        static final String COMPONENTS_OF_THIS_RUN = make();

        private static String make() {
            try {
                Path folder = Files.createTempDirectory("realmform-test-keys");
                Path store = folder.resolve("keys.p12");
                try {
                    generate(store);
                    return read(store);
                } finally {
                    Files.deleteIfExists(store);
                    Files.delete(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while keys were made", e);
            }
        }

        /** The JDK can sign a certificate by its tool alone. */
        private static void generate(Path store) throws IOException, InterruptedException {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", "realm", "-keyalg", "RSA", "-keysize", "2048", "-validity", "3650",
                    "-dname", "CN=test", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        }

        private static String read(Path store) throws IOException, GeneralSecurityException {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Base64.Encoder base64 = Base64.getEncoder();
            String pair = "\"privateKey\": [\"%s\"], \"certificate\": [\"%s\"]".formatted(
                    base64.encodeToString(keys.getKey("realm", PASSWORD.toCharArray()).getEncoded()),
                    base64.encodeToString(keys.getCertificate("realm").getEncoded()));
            // The providers that a new realm has by itself, with what they would have made.
            return """
                    {"org.keycloak.keys.KeyProvider": [
                      {"name": "rsa-generated", "providerId": "rsa-generated", "config": {"priority": ["100"], %1$s}},
                      {"name": "rsa-enc-generated", "providerId": "rsa-enc-generated",
                       "config": {"priority": ["100"], "algorithm": ["RSA-OAEP"], %1$s}},
                      {"name": "hmac-generated-hs512", "providerId": "hmac-generated",
                       "config": {"priority": ["100"], "algorithm": ["HS512"]}},
                      {"name": "aes-generated", "providerId": "aes-generated",
                       "config": {"priority": ["100"]}}]}""".formatted(pair);
        }
    }
}
