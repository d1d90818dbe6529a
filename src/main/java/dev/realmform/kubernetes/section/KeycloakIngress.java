package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How Keycloak is reached from outside: one Ingress for people, and one for administrators if they have a place of their own. */
record KeycloakIngress(Keycloak keycloak) {

    static final String ISSUER = "cert-manager.io/cluster-issuer";

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    private static final String ALB = "alb.ingress.kubernetes.io/";

    /** What logins need; the console of administrators and its API are not among them. */
    private static final List<String> FOR_PEOPLE = List.of("/realms/", "/resources/", "/.well-known/");

    List<Item> items() {
        Optional<Part> ingress = keycloak.ingress();
        if (ingress.isEmpty() || keycloak.url().isEmpty()) {
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        items.add(people(ingress.get(), keycloak.url().get()));
        keycloak.adminUrl().ifPresent(admin -> items.add(administrators(ingress.get(), admin)));
        return items;
    }

    private Item people(Part ingress, SiteUrl url) {
        String host = ingress.text("hostname", url.host());
        List<String> paths = ingress.has("path") ? List.of(ingress.text("path", "/"))
                : keycloak.adminUrl().isPresent() ? FOR_PEOPLE.stream().map(url::under).toList() : List.of(url.path());
        List<Value> rules = paths.stream().<Value>map(path -> path(path, ingress.text("pathType", "Prefix"))).toList();
        return new Item(object(ingress, "", host, rules, annotations(ingress)), Path.of("keycloak", "ingress"));
    }

    /** A path that is not Keycloak's own has to be cut off on the way: it never sees it. */
    private Item administrators(Part people, SiteUrl admin) {
        Part ingress = people.under(keycloak.part().part("adminIngress"));
        SortedMap<String, String> annotations = annotations(ingress);
        Value rule = path(admin.path(), "Prefix");
        if (!admin.path().equals(keycloak.path())) {
            if (!preset(ingress).equals("nginx")) {
                keycloak.part()
                        .part("adminHostname")
                        .complain("only nginx can cut the path off the requests",
                                "Give administrators a host of their own, or write ingress.preset: nginx.");
            }
            annotations.put(NGINX + "use-regex", "true");
            annotations.put(NGINX + "rewrite-target", (keycloak.path().equals("/") ? "" : keycloak.path()) + "/$2");
            rule = path(admin.path() + "(/|$)(.*)", "ImplementationSpecific");
        }
        return new Item(object(ingress, "-admin", admin.host(), List.of(rule), annotations),
                Path.of("keycloak", "adminHostname"));
    }

    private Value.MapOf object(Part ingress, String suffix, String host, List<Value> rules,
            Map<String, String> annotations) {
        return Tree.map("apiVersion", "networking.k8s.io/v1", "kind", "Ingress",
                "metadata", keycloak.app().metadata(suffix, annotations),
                "spec", Tree.map("ingressClassName", ingress.text("class"),
                        "tls", tls(ingress, suffix, host),
                        "rules", Tree.list(Tree.map("host", host, "http",
                                Tree.map("paths", new Value.ListOf(rules))))));
    }

    private Value.MapOf path(String path, String type) {
        return Tree.map("path", path, "pathType", type, "backend", Tree.map("service",
                Tree.map("name", keycloak.app().name(), "port",
                        Tree.map("name", keycloak.hasTls() ? "https" : "http"))));
    }

    /** Without a Secret the load balancer has the certificate itself. */
    private Value.ListOf tls(Part ingress, String suffix, String host) {
        Part tls = ingress.part("tls");
        boolean here = tls.has("secretName") || tls.has("issuer");
        return here ? Tree.list(Tree.map("hosts", Value.texts(List.of(host)), "secretName",
                tls.text("secretName", keycloak.app().name() + suffix + "-tls"))) : Tree.list();
    }

    private String preset(Part ingress) {
        String named = ingress.text("class", "");
        return ingress.text("preset", named.equals("nginx") || named.equals("alb") ? named : "none");
    }

    private SortedMap<String, String> annotations(Part ingress) {
        SortedMap<String, String> annotations = new TreeMap<>();
        switch (preset(ingress)) {
            case "nginx" -> nginx(annotations);
            case "alb" -> alb(ingress, annotations);
            default -> {
                // Another controller: what it needs the section says itself.
            }
        }
        ingress.part("tls")
                .text("issuer")
                .ifPresent(issuer -> annotations.put(ISSUER, issuer));
        annotations.putAll(ingress.textMap("annotations"));
        return annotations;
    }

    /** The headers of a login, cookies and all, are longer than the 4k that nginx has room for: it would answer 502. */
    private void nginx(SortedMap<String, String> annotations) {
        annotations.put(NGINX + "proxy-buffer-size", "16k");
        annotations.put(NGINX + "proxy-buffers-number", "8");
        if (keycloak.hasTls()) {
            annotations.put(NGINX + "backend-protocol", "HTTPS");
        }
    }

    /** Keycloak answers / with a redirect, which the load balancer takes for a sick pod: it asks the management port. */
    private void alb(Part ingress, SortedMap<String, String> annotations) {
        String protocol = keycloak.hasTls() ? "HTTPS" : "HTTP";
        annotations.put(ALB + "target-type", "ip");
        annotations.put(ALB + "backend-protocol", protocol);
        annotations.put(ALB + "healthcheck-protocol", protocol);
        annotations.put(ALB + "healthcheck-port", String.valueOf(Keycloak.MANAGEMENT));
        annotations.put(ALB + "healthcheck-path", "/health/ready");
        annotations.put(ALB + "listen-ports", "[{\"HTTP\": 80}, {\"HTTPS\": 443}]");
        annotations.put(ALB + "ssl-redirect", "443");
        ingress.part("tls")
                .text("certificateArn")
                .ifPresent(arn -> annotations.put(ALB + "certificate-arn", arn));
    }
}
