package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many pods of Keycloak there are, and how many may be away at once. */
record KeycloakScale(Keycloak keycloak) {

    List<Item> items() {
        List<Item> items = new ArrayList<>();
        if (keycloak.isScaled()) {
            items.add(new Item(scaler(keycloak.part().part("autoscaling")), Path.of("keycloak", "autoscaling")));
        }
        if (keycloak.most() > 1 && keycloak.part().flag("disruptionBudget", true)) {
            items.add(new Item(budget(), Path.of("keycloak")));
        }
        return items;
    }

    private Value.MapOf scaler(Part scaling) {
        Optional<Value.MapOf> memory = metric(scaling, "memory");
        Optional<Value.MapOf> cpu = metric(scaling, "cpu")
                .or(() -> memory.isPresent() ? Optional.empty() : Optional.of(metric("cpu", 80)));
        // A pod that goes hands its sessions on: one after the other.
        Value.MapOf slowly = Tree.map("stabilizationWindowSeconds", 300, "policies",
                Tree.list(Tree.map("type", "Pods", "value", 1, "periodSeconds", 120)));
        return keycloak.app()
                .object("autoscaling/v2", "HorizontalPodAutoscaler", "", Tree.map(
                        "scaleTargetRef",
                        Tree.map("apiVersion", "apps/v1", "kind", "StatefulSet", "name", keycloak.app().name()),
                        "minReplicas", scaling.number("min").orElse(2), "maxReplicas", scaling.number("max").orElse(3),
                        "metrics", Tree.list(cpu, memory), "behavior", Tree.map("scaleDown", slowly)));
    }

    private static Optional<Value.MapOf> metric(Part scaling, String resource) {
        return scaling.number(resource).map(share -> metric(resource, share));
    }

    private static Value.MapOf metric(String resource, int share) {
        return Tree.map("type", "Resource", "resource", Tree.map("name", resource, "target",
                Tree.map("type", "Utilization", "averageUtilization", share)));
    }

    private Value.MapOf budget() {
        return keycloak.app()
                .object("policy/v1", "PodDisruptionBudget", "", Tree.map("maxUnavailable", 1,
                        "selector", Tree.map("matchLabels", keycloak.app().selector())));
    }
}
