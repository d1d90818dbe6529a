package dev.realmform.kubernetes;

import dev.realmform.model.Path;
import dev.realmform.model.Value;

/** What realmform writes on objects of its own, and what their files may say to it. */
public final class Marks {

    /** Who writes: the field manager, which never changes. */
    public static final String MANAGER = "realmform";

    /** Who restarts workloads: a field manager beside the other, whose applies do not mention what this one writes. */
    public static final String RESTARTER = MANAGER + "-restart";

    /** The label that says whose an object is. */
    public static final Path MANAGED_BY = Path.of("metadata", "labels", "app.kubernetes.io/managed-by");

    private static final String PREFIX = "realmform.dev/";

    /** Addresses, with commas between them, after which an object is made. */
    public static final String AFTER = PREFIX + "after";

    /** {@code true}: fields that others hold are taken over. */
    public static final String TAKE_OVER = PREFIX + "take-over";

    /** {@code true}: the object may be deleted and made anew, although it holds data. */
    public static final String REPLACE = PREFIX + "replace";

    /** {@code false}: nobody waits until a workload has rolled out. */
    public static final String WAIT = PREFIX + "wait";

    /** What whoever plans the object has to know of it; the plan says it. */
    public static final String NOTICE = PREFIX + "notice";

    /** What becomes of the administrator that a Keycloak makes at its first start: {@code replaced} or {@code kept}. */
    public static final String FIRST_ADMINISTRATOR = PREFIX + "first-administrator";

    private Marks() {}

    static boolean isOurs(Value.MapOf object) {
        return object.at(MANAGED_BY).filter(Value.text(MANAGER)::equals).isPresent();
    }

    static boolean says(Value.MapOf object, String annotation, String word) {
        return object.map("metadata").map("annotations").text(annotation).filter(word::equals).isPresent();
    }
}
