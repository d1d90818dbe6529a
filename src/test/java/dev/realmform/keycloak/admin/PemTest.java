package dev.realmform.keycloak.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.ProblemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {

    /** What PKCS#8 puts before the PKCS#1 form of a 2048 bit RSA key. */
    private static final int BEFORE_PKCS1 = 26;

    @TempDir
    private Path folder;

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }

    private Path file(String kind, byte[] content) {
        return TestCertificate.pem(folder.resolve("key.pem"), kind, content);
    }

    @Test
    void rsaKeysAreReadInBothForms() throws GeneralSecurityException {
        KeyPair pair = pair("RSA", 2048);
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, BEFORE_PKCS1, pkcs8.length);

        assertThat(Pem.privateKey(file("PRIVATE KEY", pkcs8), "key")).isEqualTo(pair.getPrivate());
        assertThat(Pem.privateKey(file("RSA PRIVATE KEY", pkcs1), "key")).isEqualTo(pair.getPrivate());
    }

    @Test
    void ecKeysAreReadInBothForms() throws GeneralSecurityException {
        KeyPair pair = pair("EC", 256);
        String number = "%064x".formatted(((ECPrivateKey) pair.getPrivate()).getS());
        byte[] sec1 = HexFormat.of().parseHex("3031020101" + "0420" + number + "a00a" + "06082a8648ce3d030107");

        assertThat(((ECPrivateKey) Pem.privateKey(file("PRIVATE KEY", pair.getPrivate().getEncoded()), "key")).getS())
                .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
        assertThat(((ECPrivateKey) Pem.privateKey(file("EC PRIVATE KEY", sec1), "key")).getS())
                .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
    }

    @Test
    void edwardsKeysAreRead() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();

        assertThat(Pem.privateKey(file("PRIVATE KEY", pair.getPrivate().getEncoded()), "key").getEncoded())
                .isEqualTo(pair.getPrivate().getEncoded());
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Pem.privateKey(file("ENCRYPTED PRIVATE KEY", new byte[]{1, 2}), "key"))
                .isInstanceOfSatisfying(ProblemException.class,
                        e -> assertThat(e.problems().getFirst().remedy()).contains("openssl pkcs8"));
    }

    @Test
    void anythingElseIsRefusedByName() {
        assertThatThrownBy(() -> Pem.privateKey(file("PRIVATE KEY", new byte[]{1, 2, 3}), "clientKey"))
                .isInstanceOfSatisfying(ProblemException.class,
                        e -> assertThat(e.problems().getFirst().where()).endsWith("key.pem"));
        assertThatThrownBy(() -> Pem.privateKey(folder.resolve("none.pem"), "clientKey"))
                .isInstanceOfSatisfying(ProblemException.class,
                        e -> assertThat(e.problems().getFirst().remedy()).contains("clientKey"));
    }
}
