package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;

/** The ways to Keycloak: its services, and who may use which port. */
record KeycloakDoors(Keycloak keycloak) {

    /** FD_SOCK of JGroups, by which pods notice that another one is gone, listens this far above the port of the messages. */
    private static final int WATCH_OFFSET = 50_000;

    private static final Path FROM = Path.of("keycloak");

    List<Item> items() {
        List<Item> items = new ArrayList<>(
                List.of(new Item(service(), keycloak.part().has("service") ? FROM.then("service") : FROM),
                        new Item(headless(), FROM)));
        if (keycloak.part().flag("networkPolicy", true)) {
            items.add(new Item(policy(), FROM));
        }
        items.addAll(new KeycloakIngress(keycloak).items());
        return items;
    }

    private Value.MapOf service() {
        App app = keycloak.app();
        Part service = keycloak.part().part("service");
        return Tree.map("apiVersion", "v1", "kind", "Service",
                "metadata", app.metadata("", service.textMap("annotations")),
                "spec", Tree.map("type", service.text("type", "ClusterIP"), "selector", app.selector(),
                        "ports", Tree.list(main())));
    }

    private Value.MapOf main() {
        String name = keycloak.hasTls() ? "https" : "http";
        return Tree.map("name", name, "port", keycloak.hasTls() ? 443 : 80, "targetPort", name, "protocol", "TCP");
    }

    /** By which pods find each other, ready or not: one that starts joins those that run before it is ready. */
    private Value.MapOf headless() {
        return keycloak.app()
                .object("v1", "Service", "-headless", Tree.map("clusterIP", "None",
                        "publishNotReadyAddresses", true, "selector", keycloak.app().selector(),
                        "ports",
                        Tree.list(Tree.map("name", "jgroups", "port", Keycloak.CLUSTERING, "targetPort", "jgroups",
                                "protocol", "TCP"))));
    }

    private Value.MapOf policy() {
        App app = keycloak.app();
        Value.MapOf everybody = Tree.map("ports",
                Tree.list(port(keycloak.hasTls() ? Keycloak.HTTPS : Keycloak.HTTP), port(Keycloak.MANAGEMENT)));
        Value.MapOf peers = Tree.map("from",
                Tree.list(Tree.map("podSelector", Tree.map("matchLabels", app.selector()))),
                "ports", Tree.list(port(Keycloak.CLUSTERING), port(Keycloak.CLUSTERING + WATCH_OFFSET)));
        return app.object("networking.k8s.io/v1", "NetworkPolicy", "", Tree.map(
                "podSelector", Tree.map("matchLabels", app.selector()),
                "policyTypes", Value.texts(List.of("Ingress")), "ingress", Tree.list(everybody, peers)));
    }

    private static Value.MapOf port(int number) {
        return Tree.map("port", number, "protocol", "TCP");
    }
}
