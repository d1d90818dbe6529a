package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The environment of Keycloak's pods: the options that follow from the section, then what the section adds. */
final class KeycloakEnv {

    private static final String JAVA = "JAVA_OPTS_APPEND";

    /** Which key of the section sets an option, for whoever sets it by hand as well. */
    private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("KC_HOSTNAME", "hostname"),
            Map.entry("KC_HOSTNAME_ADMIN", "adminHostname"),
            Map.entry("KC_HTTP_RELATIVE_PATH", "hostname"),
            Map.entry("KC_HTTP_ENABLED", "tls"),
            Map.entry("KC_HTTPS_CERTIFICATE_FILE", "tls"),
            Map.entry("KC_HTTPS_CERTIFICATE_KEY_FILE", "tls"),
            Map.entry("KC_PROXY_HEADERS", "proxyHeaders"),
            Map.entry("KC_METRICS_ENABLED", "metrics"),
            Map.entry("KC_CACHE", "clustering"),
            Map.entry("KC_CACHE_STACK", "clustering"),
            Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin.user"),
            Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin.password"));

    private final Keycloak keycloak;
    private final Env env = new Env();
    private final SortedMap<String, Value> secrets = new TreeMap<>();

    KeycloakEnv(Keycloak keycloak) {
        this.keycloak = keycloak;
        address();
        health();
        clustering();
        keycloak.admin()
                .ifPresent(admin -> env.put("KC_BOOTSTRAP_ADMIN_USERNAME", user(keycloak))
                        .secret("KC_BOOTSTRAP_ADMIN_PASSWORD", admin));
        keycloak.database().ifPresent(database -> database.tellKeycloak(env));
        keycloak.part().part("env").fields().forEach(this::add);
    }

    static String user(Keycloak keycloak) {
        return keycloak.part().part("admin").text("user", "admin");
    }

    private void address() {
        env.put("KC_HOSTNAME", keycloak.url().map(SiteUrl::text))
                .put("KC_HOSTNAME_ADMIN", keycloak.adminUrl().map(SiteUrl::text))
                .put("KC_HTTP_ENABLED", !keycloak.hasTls());
        if (!keycloak.path().equals("/")) {
            env.put("KC_HTTP_RELATIVE_PATH", keycloak.path());
        }
        if (keycloak.hasTls()) {
            env.put("KC_HTTPS_CERTIFICATE_FILE", KeycloakPods.CERTIFICATE + "/tls.crt")
                    .put("KC_HTTPS_CERTIFICATE_KEY_FILE", KeycloakPods.CERTIFICATE + "/tls.key");
        }
        String headers = keycloak.part().text("proxyHeaders", keycloak.ingress().isPresent() ? "xforwarded" : "none");
        env.put("KC_PROXY_HEADERS", Optional.of(headers).filter(it -> !it.equals("none")));
    }

    private void health() {
        // The path of the probes must not move with that of the pages.
        env.put("KC_HEALTH_ENABLED", true).put("KC_HTTP_MANAGEMENT_RELATIVE_PATH", "/");
        if (keycloak.part().flag("metrics", false)) {
            env.put("KC_METRICS_ENABLED", true);
        }
    }

    private void clustering() {
        if (keycloak.clustering().equals("none") || keycloak.database().isEmpty()) {
            env.put("KC_CACHE", "local");
        } else if (keycloak.clustering().equals("dns")) {
            env.put("KC_CACHE", "ispn").put("KC_CACHE_STACK", "kubernetes").put(JAVA, dns());
        } else {
            env.put("KC_CACHE", "ispn").put("KC_CACHE_STACK", "jdbc-ping");
        }
    }

    private String dns() {
        return "-Djgroups.dns.query=" + keycloak.headless() + "." + keycloak.app().namespace();
    }

    private void add(Part variable) {
        String name = variable.path().last();
        Optional<String> removed = RemovedOptions.instead(name);
        if (removed.isPresent()) {
            variable.complain("Keycloak does not heed " + name + " any more", removed.get());
        } else if (name.equals(JAVA) && variable.text().isPresent()) {
            env.put(name, env.has(JAVA) ? dns() + " " + variable.text().get() : variable.text().get());
        } else if (env.has(name)) {
            variable.complain("cluster." + key(name) + " sets " + name + " already", "Say there what it should be.");
        } else if (variable.value() instanceof Value.MapOf entry) {
            env.put(name, entry.with("name", Value.text(name)));
        } else if (variable.value() instanceof Value.Text(String text)) {
            env.put(name, text);
        } else if (variable.text().isPresent()) {
            env.put(name, variable.text());
        } else {
            secrets.put(name, variable.value());
            env.secret(name, keycloak.app().name() + "-env", name);
        }
    }

    private static String key(String name) {
        return name.startsWith("KC_DB") ? "database" : "keycloak." + KEYS.getOrDefault(name, "hostname");
    }

    Value.ListOf list() {
        return env.list();
    }

    /** The Secret with those of the variables that are secret. */
    Optional<Item> secret() {
        return secrets.isEmpty() ? Optional.empty()
                : Optional.of(new Item(App.secret(keycloak.app().metadata("-env"), new Value.MapOf(secrets)),
                        Path.of("keycloak", "env")));
    }
}
