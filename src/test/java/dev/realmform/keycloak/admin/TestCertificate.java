package dev.realmform.keycloak.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate, made by the JDK's keytool, and its key. */
record TestCertificate(Certificate certificate, PrivateKey key) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /** @param algorithm keytool's arguments, such as {@code -keyalg EC} */
    static TestCertificate make(Path folder, String name, String... algorithm) {
        try {
            Path file = folder.resolve(name + ".p12");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                    "it",
                    "-dname", "CN=" + name, "-ext", "SAN=IP:" + name, "-storetype", "PKCS12", "-storepass",
                    new String(PASSWORD), "-keystore", file.toString()));
            command.addAll(List.of(algorithm));
            Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new TestCertificate(store.getCertificate("it"), (PrivateKey) store.getKey("it", PASSWORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server that shows this certificate and trusts {@code client}. */
    SSLContext serving(TestCertificate client) {
        try {
            KeyStore own = empty();
            own.setKeyEntry("it", key, PASSWORD, new Certificate[]{certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            KeyStore trusted = empty();
            trusted.setCertificateEntry("client", client.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        return store;
    }

    Path certificateFile(Path folder) {
        try {
            return pem(Files.createTempFile(folder, "cert", ".pem"), "CERTIFICATE", certificate.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path keyFile(Path folder) {
        try {
            return pem(Files.createTempFile(folder, "key", ".pem"), "PRIVATE KEY", key.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path pem(Path file, String kind, byte[] content) {
        try {
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content) + "\n-----END " + kind
                    + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
