package dev.realmform.keycloak;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of components: Keycloak names them by a class; addresses name the kinds that Keycloak itself has by the last part
 * of it. A kind of somebody else keeps its whole name, so that no two are ever called the same.
 */
final class ComponentKinds {

    static final String USER_STORAGE = "UserStorageProvider";
    static final String KEYS = "KeyProvider";
    static final String REGISTRATION = "ClientRegistrationPolicy";
    static final String PROFILE = "UserProfileProvider";
    static final String LDAP_MAPPER = "LDAPStorageMapper";
    static final String WORKFLOW = "WorkflowProvider";

    private static final Map<String, String> FULL = List.of(
            "org.keycloak.storage.UserStorageProvider",
            "org.keycloak.storage.ldap.mappers.LDAPStorageMapper",
            "org.keycloak.storage.client.ClientStorageProvider",
            "org.keycloak.storage.clientscope.ClientScopeStorageProvider",
            "org.keycloak.storage.group.GroupStorageProvider",
            "org.keycloak.storage.role.RoleStorageProvider",
            "org.keycloak.keys.KeyProvider",
            "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
            "org.keycloak.userprofile.UserProfileProvider",
            "org.keycloak.models.workflow.WorkflowProvider")
            .stream()
            .collect(Collectors.toMap(ComponentKinds::lastPart, Function.identity()));

    /** Kinds that are resources of types of their own, though exports have them as components. */
    private static final Set<String> OTHER_TYPES = Set.of(PROFILE, WORKFLOW);

    private ComponentKinds() {}

    /** As addresses name it, whichever way it is written. */
    static String name(String kind) {
        return Optional.ofNullable(FULL.get(lastPart(kind))).filter(kind::equals).isPresent() ? lastPart(kind) : kind;
    }

    /** As Keycloak names it. */
    static String full(String kind) {
        return FULL.getOrDefault(kind, kind);
    }

    /** Whether components of a kind, whichever way it is written, are resources of another type. */
    static boolean isOfOtherType(String kind) {
        return OTHER_TYPES.contains(name(kind));
    }

    /** Whether it is one of Keycloak's own, as addresses name it. */
    static boolean isKnown(String name) {
        return FULL.containsKey(name);
    }

    private static String lastPart(String kind) {
        return kind.substring(kind.lastIndexOf('.') + 1);
    }
}
