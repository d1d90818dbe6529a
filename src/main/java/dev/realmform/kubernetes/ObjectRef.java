package dev.realmform.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One object on the server.
 *
 * @param namespace empty for what lies in none
 */
public record ObjectRef(Kind kind, String namespace, String name) {

    /** Its path on the server. */
    public String path() {
        return collection(kind, namespace) + "/" + escaped(name);
    }

    /** The path of all objects of a kind, in one namespace or, with an empty one, wherever they are. */
    static String collection(Kind kind, String namespace) {
        String within = kind.namespaced() && !namespace.isEmpty() ? "/namespaces/" + escaped(namespace) : "";
        return Kind.root(kind.apiVersion()) + within + "/" + kind.plural();
    }

    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
