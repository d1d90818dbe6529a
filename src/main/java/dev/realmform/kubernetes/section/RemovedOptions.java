package dev.realmform.kubernetes.section;

import java.util.Map;
import java.util.Optional;

/**
 * Environment variables that Keycloak 26 does not heed any more, and what took their place. The server starts with them all the
 * same and logs one line, so nobody notices.
 *
 * <p>Those of {@code KC_}: the options of "hostname v1", which the server still looks for to complain of them
 * ({@code HostnameV2PropertyMappers}). The others: of the images before Keycloak 17 and of the first administrator before 26.
 */
final class RemovedOptions {

    private static final String HOSTNAME = "Write the whole URL as cluster.keycloak.hostname, such as"
            + " https://auth.example.com.";
    private static final String PROXY = "Write cluster.keycloak.proxyHeaders: xforwarded, which is what it is behind an"
            + " ingress by itself.";
    private static final String ADMIN = "Write cluster.keycloak.admin: {user: …, password: …}.";
    private static final String DATABASE = "Write cluster.database.";

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("KC_PROXY", PROXY),
            Map.entry("KC_HOSTNAME_STRICT_HTTPS", HOSTNAME),
            Map.entry("KC_HOSTNAME_URL", HOSTNAME),
            Map.entry("KC_HOSTNAME_PATH", HOSTNAME),
            Map.entry("KC_HOSTNAME_PORT", HOSTNAME),
            Map.entry("KC_HOSTNAME_ADMIN_URL", "Write cluster.keycloak.adminHostname."),
            Map.entry("KC_HOSTNAME_STRICT_BACKCHANNEL",
                    "Its place has KC_HOSTNAME_BACKCHANNEL_DYNAMIC, with the opposite"
                            + " meaning: true lets services inside the cluster use other addresses."),
            Map.entry("KEYCLOAK_ADMIN", ADMIN),
            Map.entry("KEYCLOAK_ADMIN_PASSWORD", ADMIN),
            Map.entry("KEYCLOAK_USER", ADMIN),
            Map.entry("KEYCLOAK_PASSWORD", ADMIN),
            Map.entry("KEYCLOAK_FRONTEND_URL", HOSTNAME),
            Map.entry("KEYCLOAK_HOSTNAME", HOSTNAME),
            Map.entry("PROXY_ADDRESS_FORWARDING", PROXY),
            Map.entry("DB_VENDOR", DATABASE),
            Map.entry("DB_ADDR", DATABASE),
            Map.entry("DB_PORT", DATABASE),
            Map.entry("DB_DATABASE", DATABASE),
            Map.entry("DB_USER", DATABASE),
            Map.entry("DB_PASSWORD", DATABASE));

    private RemovedOptions() {}

    /** What to do in place of the variable; empty for one that Keycloak heeds. */
    static Optional<String> instead(String variable) {
        return Optional.ofNullable(INSTEAD.get(variable));
    }

    static Iterable<String> names() {
        return INSTEAD.keySet();
    }
}
