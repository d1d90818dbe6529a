package dev.realmform.keycloak.admin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach a server and log in.
 *
 * @param url         the server's address, with the path it is served under; user, query and fragment are ignored
 * @param realm       the realm of the login, which need not be a managed one
 * @param caFile      certificates (PEM) that are trusted beside the JDK's own
 * @param identity    the client certificate for mutual TLS
 * @param insecureTls trust any certificate for any name; only when asked
 * @param timeout     for connecting, and for each wait for data
 * @param concurrency calls in flight at once
 * @param retries     how often a call is sent again, at most
 * @param proxy       an HTTP proxy on the way; empty for what the JDK's own properties say ({@code https.proxyHost})
 * @param patience    for how long a call is sent again, beyond its retries, while no server answers: it may be starting anew
 */
public record Connection(URI url, String realm, Login login, Optional<Path> caFile, Optional<Identity> identity,
        boolean insecureTls, Duration timeout, int concurrency, int retries,
        Optional<URI> proxy, Duration patience) {

    public static final Duration TIMEOUT = Duration.ofSeconds(30);
    public static final int CONCURRENCY = 4;
    public static final int RETRIES = 3;

    public Connection {
        if (concurrency < 1 || retries < 0 || timeout.isNegative() || timeout.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("concurrency, retries, timeout or patience out of range");
        }
    }

    /** A client certificate and its private key, both PEM. */
    public record Identity(Path certificate, Path key) {}

    /** A connection with all defaults. */
    public static Connection of(URI url, String realm, Login login) {
        return new Connection(url, realm, login, Optional.empty(), Optional.empty(), false, TIMEOUT, CONCURRENCY,
                RETRIES, Optional.empty(), Duration.ZERO);
    }

    public Connection withConcurrency(int calls) {
        return new Connection(url, realm, login, caFile, identity, insecureTls, timeout, calls, retries, proxy,
                patience);
    }

    public Connection withTimeout(Duration wait) {
        return new Connection(url, realm, login, caFile, identity, insecureTls, wait, concurrency, retries, proxy,
                patience);
    }

    public Connection trusting(Path certificates) {
        return new Connection(url, realm, login, Optional.of(certificates), identity, insecureTls, timeout,
                concurrency, retries, proxy,
                patience);
    }

    public Connection as(Identity certificate) {
        return new Connection(url, realm, login, caFile, Optional.of(certificate), insecureTls, timeout, concurrency,
                retries, proxy,
                patience);
    }

    public Connection insecure() {
        return new Connection(url, realm, login, caFile, identity, true, timeout, concurrency, retries, proxy,
                patience);
    }

    /** By the proxy that the environment names for this address ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}). */
    public Connection through(Map<String, String> environment) {
        return new Connection(url, realm, login, caFile, identity, insecureTls, timeout, concurrency, retries,
                EnvironmentProxy.of(url, environment), patience);
    }

    public Connection withPatience(Duration time) {
        return new Connection(url, realm, login, caFile, identity, insecureTls, timeout, concurrency, retries, proxy,
                time);
    }
}
