package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The values of Bitnami's chart {@value #CHART} that stand for {@code cluster.keycloak}, for those who stay with it. They hold
 * no password: each is in a Secret by its name.
 *
 * @param comments by path, why a value is as it is
 */
public record ChartValues(Value.MapOf values, SortedMap<Path, String> comments) {

    /** The chart and the version whose keys these are. */
    public static final String CHART = "bitnami/keycloak 24.4.9";

    static final String IMAGE = "bitnamilegacy/keycloak";
    static final String TAG = "26.1.1-debian-12-r0";
    static final String DATABASE_IMAGE = "bitnamilegacy/postgresql";

    private static final String FROZEN = "The versioned images of docker.io/bitnami moved here in 2025 and are frozen:"
            + " they get no security fixes.";

    public ChartValues {
        comments = Collections.unmodifiableSortedMap(new TreeMap<>(comments));
    }

    /** The values for a section {@code cluster}; what is wrong with it, {@code problems} is told. */
    public static ChartValues of(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        Keycloak keycloak = Keycloak.of(Part.of(cluster, origin, problems));
        KeycloakEnv env = new KeycloakEnv(keycloak);
        Value.MapOf values = Tree.map(
                "global", Tree.map("security", Tree.map("allowInsecureImages", true), "imagePullSecrets",
                        Value.texts(keycloak.part().texts("pullSecrets"))),
                "image", Tree.map("registry", "docker.io", "repository", IMAGE, "tag", TAG),
                "production", keycloak.isProduction(), "proxyHeaders", headers(keycloak),
                "tls", tls(keycloak), "auth", auth(keycloak), "ingress", ingress(keycloak, ""),
                "adminIngress", keycloak.adminUrl().isPresent() ? ingress(keycloak, "admin") : Tree.map(),
                "replicaCount", keycloak.isScaled() ? Optional.empty() : Optional.of(keycloak.replicas()),
                "autoscaling", autoscaling(keycloak),
                "resources", keycloak.part().part("resources").value(),
                "extraEnvVars", environment(keycloak, env));
        SortedMap<Path, String> comments = new TreeMap<>();
        comments.put(Path.of("image", "repository"), FROZEN);
        comments.put(Path.of("global", "security"), "The chart refuses any other image than its own without this.");
        keycloak.database().ifPresent(database -> comments.putAll(database(database)));
        Value.MapOf all = keycloak.database().map(database -> with(values, databaseValues(database))).orElse(values);
        return new ChartValues(all, comments);
    }

    private static Value.MapOf with(Value.MapOf values, Value.MapOf more) {
        SortedMap<String, Value> all = new TreeMap<>(values.fields());
        all.putAll(more.fields());
        return new Value.MapOf(all);
    }

    private static String headers(Keycloak keycloak) {
        String headers = keycloak.part().text("proxyHeaders", keycloak.ingress().isPresent() ? "xforwarded" : "none");
        return headers.equals("none") ? "" : headers;
    }

    private static Value.MapOf tls(Keycloak keycloak) {
        return keycloak.hasTls()
                ? Tree.map("enabled", true, "usePem", true, "existingSecret",
                        keycloak.part().part("tls").text("secretName"))
                : Tree.map("enabled", false);
    }

    private static Value.MapOf auth(Keycloak keycloak) {
        return keycloak.admin()
                .map(admin -> Tree.map("adminUser", KeycloakEnv.user(keycloak), "existingSecret", admin.secret(),
                        "passwordSecretKey", admin.key()))
                .orElseGet(Tree::map);
    }

    private static Value.MapOf ingress(Keycloak keycloak, String whose) {
        boolean admin = !whose.isEmpty();
        String suffix = admin ? "-admin" : "";
        Optional<Value.MapOf> object = new KeycloakIngress(keycloak).items()
                .stream()
                .map(Item::manifest)
                .filter(manifest -> manifest.map("metadata")
                        .text("name")
                        .equals(Optional.of(keycloak.app().name() + suffix)))
                .findFirst();
        if (object.isEmpty()) {
            return Tree.map("enabled", false);
        }
        Value.MapOf spec = object.get().map("spec");
        Value.MapOf annotations = object.get().map("metadata").map("annotations");
        SiteUrl url = (admin ? keycloak.adminUrl() : keycloak.url()).orElseThrow();
        // With an issuer the chart names a Secret itself, and would write a second one beside it.
        boolean issued = annotations.has(KeycloakIngress.ISSUER);
        return Tree.map("enabled", true, "ingressClassName", spec.text("ingressClassName"), "hostname", url.host(),
                "path", url.path(), "pathType", "Prefix", "annotations", annotations,
                "tls", url.text().startsWith("https:"),
                "extraTls", new Value.ListOf(issued ? List.of() : spec.list("tls")));
    }

    private static Value.MapOf autoscaling(Keycloak keycloak) {
        Part scaling = keycloak.part().part("autoscaling");
        return keycloak.isScaled()
                ? Tree.map("enabled", true, "minReplicas", scaling.number("min").orElse(2), "maxReplicas",
                        scaling.number("max").orElse(3), "targetCPU", scaling.number("cpu"), "targetMemory",
                        scaling.number("memory"))
                : Tree.map();
    }

    private static Value.MapOf databaseValues(Database database) {
        Optional<Credential> password = database.password();
        if (database.part().flag("builtin", false)) {
            return Tree.map("postgresql", Tree.map("enabled", true,
                    "image", Tree.map("repository", DATABASE_IMAGE),
                    "auth", Tree.map("username", database.user(), "database", database.name(),
                            "existingSecret", password.map(Credential::secret), "secretKeys",
                            Tree.map("userPasswordKey", password.map(Credential::key)))));
        }
        return Tree.map("postgresql", Tree.map("enabled", false), "externalDatabase", Tree.map(
                "host", database.host(), "port", database.port(), "user", database.user(), "database", database.name(),
                "existingSecret", password.map(Credential::secret),
                "existingSecretPasswordKey", password.map(Credential::key)),
                "extraVolumes", Tree.list(database.volume()), "extraVolumeMounts", Tree.list(database.mount()));
    }

    private static SortedMap<Path, String> database(Database database) {
        SortedMap<Path, String> comments = new TreeMap<>();
        if (database.part().flag("builtin", false)) {
            comments.put(Path.of("postgresql", "image"), FROZEN);
        }
        return comments;
    }

    /** What the chart has no key for: its image takes the options of Keycloak from the environment as well. */
    private static Value.ListOf environment(Keycloak keycloak, KeycloakEnv env) {
        List<Value> entries = new ArrayList<>();
        for (Value entry : env.list().items()) {
            String name = ((Value.MapOf) entry).text("name").orElse("");
            if (keycloak.part().part("env").has(name)
                    || (keycloak.path().length() > 1 && name.equals("KC_HTTP_RELATIVE_PATH"))) {
                entries.add(entry);
            }
        }
        keycloak.database()
                .flatMap(Database::urlProperties)
                .ifPresent(properties -> entries.add(Tree.map("name", "KEYCLOAK_JDBC_PARAMS", "value", properties)));
        return new Value.ListOf(entries);
    }
}
