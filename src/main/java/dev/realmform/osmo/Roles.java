package dev.realmform.osmo;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The two clients of OSMO and the roles that it has itself, as in its sample realm.
 *
 * <p>A token holds the roles of one client alone, so what counts in the web UI and on the command line stands on both. That
 * {@code grafana-*} and {@code dashboard-*} stand on the one and {@code osmo-backend} on the other is meant.
 */
final class Roles {

    /** The client of the web UI. */
    static final String BROWSER = "osmo-browser-flow";

    /** The client of the command line and of backends. */
    static final String DEVICE = "osmo-device";

    static final List<String> CLIENTS = List.of(BROWSER, DEVICE);

    static final String ADMIN = "/Admin";
    static final String USER = "/User";
    static final String BACKEND_OPERATOR = "/Backend Operator";

    /** Roles that mean something to OSMO before anybody defines them. */
    static final Set<String> OF_OSMO = Set.of("osmo-admin", "osmo-user", "osmo-backend", "osmo-default", "osmo-ctrl");

    /** By client the roles of the sample realm, with what it says about them. */
    static final Map<String, Map<String, String>> STANDARD = Map.of(
            BROWSER, new TreeMap<>(Map.of(
                    "osmo-user", "A regular user of osmo who can submit and query workflows",
                    "osmo-admin", "Admin access to the osmo service",
                    "grafana-user", "Able to view dashboards in grafana",
                    "grafana-admin", "",
                    "dashboard-user", "Able to view the kubernetes dashboard",
                    "dashboard-admin", "Able to make change to the kubernetes dashboard")),
            DEVICE, new TreeMap<>(Map.of(
                    "osmo-user", "",
                    "osmo-admin", "Admin access to the osmo service",
                    "osmo-backend", "")));

    /** By group and client the roles of the sample realm's groups. */
    static final Map<String, Map<String, List<String>>> GROUPS = new TreeMap<>(Map.of(
            ADMIN, Map.of(BROWSER, List.of("osmo-admin", "osmo-user"), DEVICE, List.of("osmo-admin", "osmo-user")),
            USER, Map.of(BROWSER, List.of("dashboard-user", "grafana-user", "osmo-user"), DEVICE,
                    List.of("osmo-user")),
            BACKEND_OPERATOR, Map.of(DEVICE, List.of("osmo-backend"))));

    private Roles() {}

    /** The clients that a role stands on. */
    static List<String> clients(String role) {
        List<String> standard = CLIENTS.stream()
                .filter(client -> STANDARD.getOrDefault(client, Map.of()).containsKey(role))
                .toList();
        return standard.isEmpty() ? CLIENTS : standard;
    }
}
