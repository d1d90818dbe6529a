package dev.realmform.config;

import java.time.Duration;
import java.util.Optional;

/**
 * Which Keycloak, and how to reach and enter it.
 *
 * @param url         empty if nobody named one
 * @param realm       the realm to log in to
 * @param caFile      paths are absolute if the root file named them, else relative to the working directory
 * @param timeout     for one request
 * @param concurrency how many requests at once
 * @param isForwarded whether the way there is a port-forward that realmform opens itself
 */
public record Server(Optional<String> url, String realm, Login login, Optional<String> caFile,
        Optional<String> clientCert, Optional<String> clientKey, boolean insecureTls, Duration timeout,
        int concurrency, Optional<String> version, boolean isForwarded) {

    /** How many requests may be asked for at once. */
    public static final int MOST_AT_ONCE = 64;

    /** The same server under another address. */
    public Server at(String otherUrl) {
        return new Server(Optional.of(otherUrl), realm, login, caFile, clientCert, clientKey, insecureTls, timeout,
                concurrency, version, isForwarded);
    }
}
