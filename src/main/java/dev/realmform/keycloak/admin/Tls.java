package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom a connection trusts, and by which certificate it shows itself. */
final class Tls {

    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** Empty if the JDK's own settings are all that is asked for; building one from scratch costs start-up time. */
    static Optional<SSLContext> context(Connection connection) {
        if (connection.caFile().isEmpty() && connection.identity().isEmpty() && !connection.insecureTls()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = connection.insecureTls() ? new TrustManager[]{new TrustAnyone()}
                    : trust(connection);
            context.init(keys(connection.identity()), trust, new SecureRandom());
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw Problem.invalid("TLS cannot be set up: " + e.getMessage(), "realmform.server",
                    "Check caFile, clientCert and clientKey: does the key belong to the certificate?")
                    .causedBy(e)
                    .asException();
        }
    }

    /** Whom a connection trusts: the JDK's authorities, and those in the file. */
    static List<Certificate> trusted(Connection connection) {
        try {
            List<Certificate> all = new ArrayList<>();
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    all.addAll(List.of(known.getAcceptedIssuers()));
                }
            }
            connection.caFile().ifPresent(file -> all.addAll(Pem.certificates(file, "realmform.server.caFile")));
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has certificate authorities", e);
        }
    }

    private static TrustManager[] trust(Connection connection) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate authority : trusted(connection)) {
            store.setCertificateEntry("trusted" + number++, authority);
        }
        return managers(store);
    }

    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Optional<Connection.Identity> identity)
            throws GeneralSecurityException, IOException {
        if (identity.isEmpty()) {
            return new KeyManager[0];
        }
        List<Certificate> chain = Pem.certificates(identity.get().certificate(), "realmform.server.clientCert");
        KeyStore store = empty();
        store.setKeyEntry("identity", Pem.privateKey(identity.get().key(), "realmform.server.clientKey"), NO_PASSWORD,
                chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
