package dev.realmform.kubernetes;

import dev.realmform.model.Resource;
import dev.realmform.model.Value;

/** What definitions of kinds say of these: {@code CustomResourceDefinition}. */
final class Definitions {

    private static final String TYPE = "CustomResourceDefinition";

    private Definitions() {}

    static boolean isOne(Resource object) {
        return object.address().type().equals(TYPE);
    }

    /** The type of the objects that a definition is about, as in their addresses. */
    static String type(Resource definition) {
        Value.MapOf spec = definition.value().map("spec");
        return spec.map("names").text("kind").orElse("") + "." + spec.text("group").orElse("");
    }

    /** Whether these objects lie in namespaces. */
    static boolean isNamespaced(Resource definition) {
        return !definition.value().map("spec").text("scope").filter("Cluster"::equals).isPresent();
    }
}
