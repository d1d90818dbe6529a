package dev.realmform.kubernetes.section;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keycloak as {@code cluster.keycloak} says it, as far as several of its objects depend on it.
 *
 * @param url      where people reach it; empty only if it is not for production
 * @param adminUrl where its administrators do, if that is another place
 * @param database empty for the file in the pod that Keycloak uses outside production
 */
record Keycloak(Part part, App app, Optional<SiteUrl> url, Optional<SiteUrl> adminUrl, Optional<Database> database,
        Optional<Credential> admin) {

    static final int HTTP = 8080;
    static final int HTTPS = 8443;
    static final int MANAGEMENT = 9000;
    static final int CLUSTERING = 7800;

    /** What is wrong with a text that {@link #readsOtherwise}. */
    static final String EXPRESSIONS = "Keycloak would read ${, $$ or \\$ in it as an expression, and take another text";

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{|\\$\\$|\\\\\\$");

    /** Whether an option of Keycloak cannot have this value: in each one it looks for expressions, also in a password. */
    static boolean readsOtherwise(String text) {
        return EXPRESSION.matcher(text).find();
    }

    static Keycloak of(Part cluster) {
        Part part = cluster.part("keycloak");
        App app = Names.of(cluster).server();
        Optional<SiteUrl> url = part.get("hostname")
                .or(() -> part.part("ingress").get("hostname"))
                .flatMap(SiteUrl::of);
        Optional<Database> database = cluster.has("database") ? Optional.of(Database.of(cluster.silent()))
                : Optional.empty();
        Keycloak keycloak = new Keycloak(part, app, url, part.get("adminHostname").flatMap(SiteUrl::of), database,
                admin(part, app.name() + "-admin"));
        keycloak.check();
        return keycloak;
    }

    /** Without a word there is one, with a password that is made once and kept. */
    private static Optional<Credential> admin(Part part, String secretName) {
        Part admin = part.part("admin");
        return admin.isOff() ? Optional.empty()
                : Credential.in(admin, secretName).or(() -> Optional.of(Credential.generated(admin, secretName)));
    }

    private void check() {
        if (isProduction() && !part.has("hostname") && !part.part("ingress").has("hostname")) {
            part.complain("Keycloak lacks hostname",
                    "Write hostname: and the host or URL under which people reach it.");
        }
        if (isProduction() && database.isEmpty()) {
            part.complain("Keycloak has no database",
                    "Write cluster.database, with the host of your PostgreSQL server or"
                            + " with builtin: true for trials.");
        }
        checkScale();
        admin.ifPresent(credential -> credential.checkForKeycloak(part.part("admin")));
        if (hasTls() && part.part("tls").text("secretName").isEmpty()) {
            part.part("tls")
                    .complain("tls lacks secretName",
                            "Name a Secret of the type kubernetes.io/tls, as cert-manager makes them.");
        }
    }

    private void checkScale() {
        Part scaling = part.part("autoscaling");
        if (isScaled() && part.has("replicas")) {
            part.part("replicas")
                    .complain("with autoscaling the number of pods is not yours to say",
                            "Write autoscaling.min in its place.");
        }
        if (isScaled() && scaling.number("max").orElse(3) < scaling.number("min").orElse(2)) {
            scaling.complain("max is less than min", "Write how many pods there may be at most.");
        }
        if (most() > 1 && clustering().equals("none")) {
            part.part("clustering")
                    .complain("several pods that know nothing of each other would lose logins",
                            "Leave clustering out, or have one pod.");
        }
        if (most() > 1 && database.isEmpty()) {
            part.complain("several pods need one database", "Write cluster.database.");
        }
        if (isScaled() && part.has("resources")) {
            List.of("cpu", "memory").forEach(this::checkRequest);
        }
    }

    private void checkRequest(String resource) {
        Part scaling = part.part("autoscaling");
        boolean counts = scaling.has(resource) || (resource.equals("cpu") && !scaling.has("memory"));
        if (counts && !part.part("resources").part("requests").has(resource)) {
            scaling.part(resource)
                    .complain(resource + " is a share of what the pods request, and they request none",
                            "Write resources: {requests: {" + resource + ": …}}.");
        }
    }

    boolean isProduction() {
        return part.flag("production", true);
    }

    boolean hasTls() {
        return part.get("tls").filter(tls -> !tls.isOff()).isPresent();
    }

    Optional<Part> ingress() {
        return part.get("ingress").filter(ingress -> !ingress.isOff());
    }

    boolean isScaled() {
        return part.get("autoscaling").filter(scaling -> !scaling.isOff()).isPresent();
    }

    /** How many pods there can be. */
    int most() {
        return isScaled() ? part.part("autoscaling").number("max").orElse(3) : replicas();
    }

    int replicas() {
        return part.number("replicas").orElse(1);
    }

    String clustering() {
        return part.text("clustering", "jdbc-ping");
    }

    /** The way to Keycloak on its host. */
    String path() {
        return url.map(SiteUrl::path).orElse("/");
    }

    String headless() {
        return app.name() + "-headless";
    }
}
