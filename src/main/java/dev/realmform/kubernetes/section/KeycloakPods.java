package dev.realmform.kubernetes.section;

import dev.realmform.kubernetes.Marks;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pods of Keycloak: a StatefulSet, since logins are kept in the memory of pods that know each other. */
record KeycloakPods(Keycloak keycloak, KeycloakEnv env) {

    static final String IMAGE = "quay.io/keycloak/keycloak:26.7.3";
    static final String CERTIFICATE = "/etc/realmform/tls";

    /** Whom the official image runs Keycloak as. */
    private static final int ACCOUNT = 1000;

    Value.MapOf workload() {
        App app = keycloak.app();
        Part part = keycloak.part();
        Value.MapOf object = app.object("apps/v1", "StatefulSet", "", Tree.map(
                "serviceName", keycloak.headless(),
                // With an autoscaler the number is its own: who sends one too takes it back each time.
                "replicas", keycloak.isScaled() ? Optional.empty() : Optional.of(keycloak.replicas()),
                "podManagementPolicy", "Parallel",
                "selector", Tree.map("matchLabels", app.selector()),
                "template", Tree.map("metadata",
                        Tree.map("labels", app.labels(), "annotations", part.textMap("podAnnotations")), "spec",
                        pod())));
        Map<String, String> annotations = new TreeMap<>();
        keycloak.database().flatMap(Database::readyAfter).ifPresent(address -> annotations.put(Marks.AFTER, address));
        if (keycloak.admin().isPresent()) {
            annotations.put(Marks.FIRST_ADMINISTRATOR, part.flag("keepBootstrapAdmin", false) ? "kept" : "replaced");
        }
        return object.with("metadata", app.metadata("", annotations));
    }

    private Value.MapOf pod() {
        Part part = keycloak.part();
        return Tree.map("automountServiceAccountToken", false,
                "imagePullSecrets", Pods.pullSecrets(part),
                "securityContext", Pods.account(ACCOUNT),
                "nodeSelector", part.textMap("nodeSelector"),
                "tolerations", part.part("tolerations").value(),
                "affinity", part.part("affinity").value(),
                "priorityClassName", part.text("priorityClassName"),
                "topologySpreadConstraints", keycloak.most() > 1 ? Tree.list(spread()) : Tree.list(),
                "containers", Tree.list(container()),
                "volumes", Tree.list(certificate(), keycloak.database().flatMap(Database::volume)));
    }

    private Value.MapOf spread() {
        return Tree.map("maxSkew", 1, "topologyKey", "kubernetes.io/hostname", "whenUnsatisfiable", "ScheduleAnyway",
                "labelSelector", Tree.map("matchLabels", keycloak.app().selector()));
    }

    private Optional<Value.MapOf> certificate() {
        return keycloak.hasTls()
                ? Optional.of(Tree.map("name", "tls", "secret",
                        Tree.map("secretName", keycloak.part().part("tls").text("secretName"))))
                : Optional.empty();
    }

    private Value.MapOf container() {
        Part part = keycloak.part();
        return Tree.map("name", "keycloak", "image", part.text("image", IMAGE),
                "imagePullPolicy", part.text("imagePullPolicy"),
                "args", Value.texts(arguments()),
                "env", env.list(),
                "ports", Tree.list(port("http", Keycloak.HTTP, !keycloak.hasTls()),
                        port("https", Keycloak.HTTPS, keycloak.hasTls()),
                        port("management", Keycloak.MANAGEMENT, true), port("jgroups", Keycloak.CLUSTERING, true)),
                // The first start compiles and makes the tables.
                "startupProbe", probe("started", 5, 120),
                "livenessProbe", probe("live", 10, 3),
                "readinessProbe", probe("ready", 10, 3),
                "resources", part.get("resources").map(Part::value).orElseGet(KeycloakPods::resources),
                "securityContext", Pods.confined(),
                "volumeMounts", Tree.list(keycloak.hasTls()
                        ? Optional.of(Tree.map("name", "tls", "mountPath", CERTIFICATE, "readOnly", true))
                        : Optional.empty(), keycloak.database().flatMap(Database::mount)));
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(keycloak.isProduction() ? "start" : "start-dev"));
        if (keycloak.isProduction() && keycloak.part().flag("optimized", false)) {
            arguments.add("--optimized");
        }
        return arguments;
    }

    private static Optional<Value.MapOf> port(String name, int number, boolean there) {
        return there ? Optional.of(Tree.map("name", name, "containerPort", number, "protocol", "TCP"))
                : Optional.empty();
    }

    private Value.MapOf probe(String what, int period, int failures) {
        return Tree.map("httpGet", Tree.map("path", "/health/" + what, "port", "management",
                // The management port speaks as the main one does.
                "scheme", keycloak.hasTls() ? "HTTPS" : "HTTP"),
                "periodSeconds", period, "timeoutSeconds", 5, "failureThreshold", failures);
    }

    /** What Keycloak's own sizing guide starts from. */
    private static Value resources() {
        return Tree.map("requests", Tree.map("cpu", "500m", "memory", "1250Mi"), "limits", Tree.map("memory", "2Gi"));
    }
}
