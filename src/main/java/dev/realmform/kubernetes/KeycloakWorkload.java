package dev.realmform.kubernetes;

import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A declared workload that runs Keycloak, and what it says about the server: whoever wrote it, realmform, a chart or a person. */
public record KeycloakWorkload(Resource workload) {

    private static final Path CONTAINERS = Path.of("spec", "template", "spec", "containers");
    private static final Path SELECTOR = Path.of("spec", "selector", "matchLabels");
    private static final String BOOTSTRAP = "KC_BOOTSTRAP_ADMIN_";
    private static final int HTTP = 8080;

    /** The first one of these. */
    public static Optional<KeycloakWorkload> in(Collection<Resource> declared) {
        return declared.stream().filter(KubernetesProvider::runsKeycloak).findFirst().map(KeycloakWorkload::new);
    }

    String namespace() {
        return Manifests.namespace(workload.address());
    }

    /** For people. */
    String name() {
        return workload.address().toString();
    }

    /** By which labels its pods are found. */
    Map<String, String> selector() {
        Map<String, String> labels = new TreeMap<>();
        if (workload.value().at(SELECTOR).orElse(Value.NULL) instanceof Value.MapOf map) {
            map.fields().keySet().forEach(key -> map.text(key).ifPresent(text -> labels.put(key, text)));
        }
        return labels;
    }

    /** The port of its pods that speaks plain HTTP: the one of that name, else Keycloak's usual one. */
    int port() {
        return containers().flatMap(container -> maps(container.list("ports")))
                .filter(port -> port.text("name").filter("http"::equals).isPresent())
                .flatMap(port -> port.get("containerPort").stream())
                .filter(Value.Num.class::isInstance)
                .map(number -> ((Value.Num) number).value())
                .map(BigDecimal::intValue)
                .findFirst()
                .orElse(HTTP);
    }

    /** Whether its pods speak plain HTTP at all. */
    public boolean speaksHttp() {
        return !text("KC_HTTP_ENABLED").filter("false"::equals).isPresent();
    }

    /** The path that Keycloak is under, without a slash at its end; empty for none. */
    public String path() {
        return text("KC_HTTP_RELATIVE_PATH").map(path -> path.replaceAll("/+$", "")).orElse("");
    }

    /** The administrator that it makes at its very first start, if its pods are told of one by a Secret. */
    public Optional<BootstrapAdmin> admin() {
        Optional<BootstrapAdmin.Told.InSecret> password = told(BOOTSTRAP + "PASSWORD")
                .filter(BootstrapAdmin.Told.InSecret.class::isInstance)
                .map(BootstrapAdmin.Told.InSecret.class::cast);
        return told(BOOTSTRAP + "USERNAME")
                .flatMap(user -> password.map(secret -> new BootstrapAdmin(namespace(), user, secret, fate())));
    }

    private BootstrapAdmin.Fate fate() {
        return Marks.says(workload.value(), Marks.FIRST_ADMINISTRATOR, "replaced") ? BootstrapAdmin.Fate.REPLACED
                : Marks.says(workload.value(), Marks.FIRST_ADMINISTRATOR, "kept") ? BootstrapAdmin.Fate.KEPT
                        : BootstrapAdmin.Fate.OPEN;
    }

    private Optional<String> text(String name) {
        return variables().filter(variable -> variable.text("name").filter(name::equals).isPresent())
                .flatMap(variable -> variable.text("value").stream())
                .findFirst();
    }

    private Optional<BootstrapAdmin.Told> told(String name) {
        return variables().filter(variable -> variable.text("name").filter(name::equals).isPresent())
                .findFirst()
                .flatMap(KeycloakWorkload::told);
    }

    private static Optional<BootstrapAdmin.Told> told(Value.MapOf variable) {
        Value.MapOf secret = variable.map("valueFrom").map("secretKeyRef");
        return secret.text("name").<BootstrapAdmin
                .Told>flatMap(
                        name -> secret.text("key").map(key -> new BootstrapAdmin.Told.InSecret(name, key)))
                .or(() -> variable.text("value").map(BootstrapAdmin.Told.AsText::new));
    }

    private Stream<Value.MapOf> variables() {
        return containers().flatMap(container -> maps(container.list("env")));
    }

    private Stream<Value.MapOf> containers() {
        return workload.value().at(CONTAINERS).orElse(Value.NULL) instanceof Value.ListOf(List<Value> items)
                ? maps(items)
                : Stream.empty();
    }

    private static Stream<Value.MapOf> maps(List<Value> items) {
        return items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast);
    }
}
