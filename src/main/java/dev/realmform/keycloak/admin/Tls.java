package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
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
public final class Tls {

    private static final String SERVER = "realmform.server";
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** Empty if the JDK's own settings are all that is asked for; building one from scratch costs start-up time. */
    static Optional<SSLContext> context(Connection connection) {
        return context(connection.caFile(), connection.identity(), connection.insecureTls(), SERVER);
    }

    /**
     * The same for any connection.
     *
     * @param where the settings that say so, for messages
     */
    public static Optional<SSLContext> context(Optional<Path> caFile, Optional<Connection.Identity> identity,
            boolean insecure, String where) {
        if (caFile.isEmpty() && identity.isEmpty() && !insecure) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust = insecure ? new TrustManager[]{new TrustAnyone()} : trust(caFile, where);
            context.init(keys(identity, where), trust, new SecureRandom());
            return Optional.of(context);
        } catch (GeneralSecurityException | IOException e) {
            throw Problem.invalid("TLS cannot be set up: " + e.getMessage(), where,
                    "Check caFile, clientCert and clientKey: does the key belong to the certificate?")
                    .causedBy(e)
                    .asException();
        }
    }

    /** Whom a connection trusts: the JDK's authorities, and those in the file. */
    static List<Certificate> trusted(Connection connection) {
        return trusted(connection.caFile(), SERVER);
    }

    private static List<Certificate> trusted(Optional<Path> caFile, String where) {
        try {
            List<Certificate> all = new ArrayList<>();
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager known) {
                    all.addAll(List.of(known.getAcceptedIssuers()));
                }
            }
            caFile.ifPresent(file -> all.addAll(Pem.certificates(file, where + ".caFile")));
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has certificate authorities", e);
        }
    }

    private static TrustManager[] trust(Optional<Path> caFile, String where)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate authority : trusted(caFile, where)) {
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

    private static KeyManager[] keys(Optional<Connection.Identity> identity, String where)
            throws GeneralSecurityException, IOException {
        if (identity.isEmpty()) {
            return new KeyManager[0];
        }
        List<Certificate> chain = Pem.certificates(identity.get().certificate(), where + ".clientCert");
        KeyStore store = empty();
        store.setKeyEntry("identity", Pem.privateKey(identity.get().key(), where + ".clientKey"), NO_PASSWORD,
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
