package dev.realmform.kubernetes.section;

import dev.realmform.model.Path;
import java.util.Optional;

/**
 * What the objects of the sections are called, and where they lie.
 *
 * @param namespace of Keycloak and of its database
 * @param keycloak  what its objects are called after
 */
record Names(String namespace, String keycloak) {

    static Names of(Part cluster) {
        Part section = cluster.part("keycloak");
        return new Names(section.text("namespace").or(() -> cluster.text("namespace")).orElse("keycloak"),
                section.text("name", "keycloak"));
    }

    App server() {
        return new App(namespace, keycloak, "keycloak", "server");
    }

    App database() {
        return new App(namespace, keycloak + "-database", "postgresql", "database");
    }

    /** The namespace itself, unless it is one that every cluster has, or that somebody else is to make. */
    Optional<Item> namespace(Part section) {
        boolean given = namespace.equals("default") || namespace.startsWith("kube-")
                || !section.flag("createNamespace", true);
        return given ? Optional.empty()
                : Optional.of(new Item(Tree.map("apiVersion", "v1", "kind", "Namespace", "metadata",
                        Tree.map("name", namespace, "labels",
                                Tree.map("app.kubernetes.io/managed-by", "realmform"))),
                        section.path().isRoot() ? Path.ROOT : section.path()));
    }
}
