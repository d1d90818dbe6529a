package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which other objects an object speaks of: its namespace, what its pods mount and run as, where an ingress leads, what an
 * autoscaler scales, and what its manifest says it comes after. Order follows from it, and from nothing else.
 */
final class ObjectReferences {

    private static final List<Path> POD_SPECS = List.of(Path.of("spec", "template", "spec"),
            Path.of("spec", "jobTemplate", "spec", "template", "spec"));

    private final Resource resource;
    private final Value.MapOf value;
    private final String namespace;
    private final Set<Reference> found = new HashSet<>();

    ObjectReferences(Resource resource) {
        this.resource = resource;
        this.value = resource.value();
        this.namespace = Manifests.namespace(resource.address());
    }

    Set<Reference> all() {
        if (!namespace.isEmpty()) {
            add(Address.of(ObjectType.NAMESPACE, namespace), Path.ROOT);
        }
        after();
        POD_SPECS.forEach(path -> value.at(path)
                .filter(Value.MapOf.class::isInstance)
                .ifPresent(spec -> pods((Value.MapOf) spec, path)));
        Value.MapOf spec = value.map("spec");
        switch (resource.address().type()) {
            case "Pod" -> pods(spec, Path.of("spec"));
            case "StatefulSet" -> name("Service", spec.text("serviceName"), Path.of("spec", "serviceName"));
            case "Ingress" -> ingress(spec);
            case "HorizontalPodAutoscaler" -> {
                Value.MapOf target = spec.map("scaleTargetRef");
                target.text("kind")
                        .ifPresent(kind -> name(
                                KnownKinds.type(target.text("apiVersion").orElse("v1"), kind), target.text("name"),
                                Path.of("spec", "scaleTargetRef")));
            }
            case "RoleBinding", "ClusterRoleBinding" -> binding();
            default -> {
                // Speaks of nothing else.
            }
        }
        return found;
    }

    private void after() {
        value.map("metadata").map("annotations").text(Marks.AFTER).ifPresent(list -> {
            for (String one : list.split(",", -1)) {
                if (!one.isBlank()) {
                    add(Address.parse(one.strip()), Path.of("metadata", "annotations", Marks.AFTER));
                }
            }
        });
    }

    private void pods(Value.MapOf spec, Path path) {
        name("ServiceAccount", spec.text("serviceAccountName"), path.then("serviceAccountName"));
        maps(spec, "imagePullSecrets").forEach(one -> name("Secret", one.text("name"), path.then("imagePullSecrets")));
        for (Value.MapOf volume : maps(spec, "volumes")) {
            volume(volume, path.then("volumes"));
            maps(volume.map("projected"), "sources").forEach(source -> volume(source, path.then("volumes")));
        }
        for (String list : List.of("initContainers", "containers")) {
            for (Value.MapOf container : maps(spec, list)) {
                maps(container, "env").forEach(env -> keys(env.map("valueFrom"), path.then(list), "Key"));
                maps(container, "envFrom").forEach(source -> keys(source, path.then(list), ""));
            }
        }
    }

    private void volume(Value.MapOf volume, Path path) {
        name("Secret", volume.map("secret").text("secretName").or(() -> volume.map("secret").text("name")), path);
        name("ConfigMap", volume.map("configMap").text("name"), path);
        name("PersistentVolumeClaim", volume.map("persistentVolumeClaim").text("claimName"), path);
    }

    private void keys(Value.MapOf from, Path path, String key) {
        name("Secret", from.map("secret" + key + "Ref").text("name"), path);
        name("ConfigMap", from.map("configMap" + key + "Ref").text("name"), path);
    }

    private void ingress(Value.MapOf spec) {
        List<Value.MapOf> backends = new ArrayList<>(List.of(spec.map("defaultBackend")));
        for (Value.MapOf rule : maps(spec, "rules")) {
            maps(rule.map("http"), "paths").forEach(path -> backends.add(path.map("backend")));
        }
        backends.forEach(
                backend -> name("Service", backend.map("service").text("name"), Path.of("spec", "rules")));
        maps(spec, "tls").forEach(tls -> name("Secret", tls.text("secretName"), Path.of("spec", "tls")));
    }

    private void binding() {
        Value.MapOf role = value.map("roleRef");
        Optional<String> name = role.text("name").filter(text -> !text.isEmpty());
        boolean everywhere = role.text("kind").filter("ClusterRole"::equals).isPresent();
        name.ifPresent(text -> add(
                everywhere ? Address.of("ClusterRole", text) : Address.of("Role", namespace, text),
                Path.of("roleRef")));
        for (Value.MapOf subject : maps(value, "subjects")) {
            if (subject.text("kind").filter("ServiceAccount"::equals).isPresent()) {
                String in = subject.text("namespace").filter(text -> !text.isEmpty()).orElse(namespace);
                subject.text("name")
                        .filter(text -> !text.isEmpty() && !in.isEmpty())
                        .ifPresent(text -> add(Address.of("ServiceAccount", in, text), Path.of("subjects")));
            }
        }
    }

    private static List<Value.MapOf> maps(Value.MapOf object, String list) {
        return object.list(list)
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .toList();
    }

    private void name(String type, Optional<String> name, Path at) {
        name.filter(text -> !text.isEmpty() && !namespace.isEmpty())
                .ifPresent(text -> add(Address.of(type, namespace, text), at));
    }

    private void add(Address to, Path at) {
        if (!to.equals(resource.address())) {
            found.add(new Reference(to, at));
        }
    }
}
