package dev.realmform.kubernetes.section;

import dev.realmform.model.Value;
import java.util.List;

/** What the pods of all sections have in common: as little as the strictest pod security standard allows. */
final class Pods {

    private Pods() {}

    static Value.MapOf account(int id) {
        return Tree.map("runAsNonRoot", true, "runAsUser", id, "runAsGroup", id, "fsGroup", id,
                "seccompProfile", Tree.map("type", "RuntimeDefault"));
    }

    static Value.MapOf confined() {
        return Tree.map("allowPrivilegeEscalation", false,
                "capabilities", Tree.map("drop", Value.texts(List.of("ALL"))));
    }

    /** The names of the Secrets with which images are fetched from a registry that asks for a login. */
    static Value.ListOf pullSecrets(Part section) {
        return new Value.ListOf(
                section.texts("pullSecrets").stream().<Value>map(name -> Tree.map("name", name)).toList());
    }
}
