package dev.realmform.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds that Kubernetes itself brings. Their addresses have no group: {@code StatefulSet/osmo/keycloak}; all others do:
 * {@code Certificate.cert-manager.io/osmo/web}. So an address always means the same kind, whatever a cluster has installed.
 */
final class KnownKinds {

    private static final String RBAC_GROUP = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private static final Map<String, String> GROUPS = Map.ofEntries(
            core("Namespace"), core("ServiceAccount"), core("Secret"), core("ConfigMap"),
            core("PersistentVolumeClaim"), core("PersistentVolume"), core("Service"), core("Pod"),
            core("ReplicationController"), core("LimitRange"), core("ResourceQuota"), core("Endpoints"),
            core("Node"),
            Map.entry("Deployment", "apps"), Map.entry("StatefulSet", "apps"), Map.entry("DaemonSet", "apps"),
            Map.entry("ReplicaSet", "apps"),
            Map.entry("Job", "batch"), Map.entry("CronJob", "batch"),
            Map.entry("Ingress", "networking.k8s.io"), Map.entry("IngressClass", "networking.k8s.io"),
            Map.entry("NetworkPolicy", "networking.k8s.io"),
            Map.entry("HorizontalPodAutoscaler", "autoscaling"),
            Map.entry("PodDisruptionBudget", "policy"),
            Map.entry("Role", RBAC_GROUP), Map.entry("RoleBinding", RBAC_GROUP),
            Map.entry("ClusterRole", RBAC_GROUP), Map.entry("ClusterRoleBinding", RBAC_GROUP),
            Map.entry("CustomResourceDefinition", "apiextensions.k8s.io"),
            Map.entry("StorageClass", "storage.k8s.io"),
            Map.entry("PriorityClass", "scheduling.k8s.io"),
            Map.entry("RuntimeClass", "node.k8s.io"),
            Map.entry("Lease", "coordination.k8s.io"),
            Map.entry("ValidatingAdmissionPolicy", ADMISSION), Map.entry("ValidatingAdmissionPolicyBinding", ADMISSION),
            Map.entry("ValidatingWebhookConfiguration", ADMISSION),
            Map.entry("MutatingWebhookConfiguration", ADMISSION),
            Map.entry("APIService", "apiregistration.k8s.io"));

    private static final Set<String> IN_NO_NAMESPACE = Set.of("Namespace", "PersistentVolume", "Node", "ClusterRole",
            "ClusterRoleBinding", "CustomResourceDefinition", "StorageClass", "PriorityClass", "RuntimeClass",
            "IngressClass", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService");

    private static final Set<String> HOLDS_DATA = Set.of("Namespace", "StatefulSet", "PersistentVolumeClaim",
            "PersistentVolume", "Secret", "CustomResourceDefinition");

    private KnownKinds() {}

    private static Map.Entry<String, String> core(String kind) {
        return Map.entry(kind, "");
    }

    /** The first part of an address. */
    static String type(String apiVersion, String kind) {
        String group = Kind.group(apiVersion);
        return group.equals(GROUPS.get(kind)) ? kind : kind + "." + group;
    }

    /** The kind's own name. */
    static String kind(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }

    /** The API group. */
    static String group(String type) {
        int dot = type.indexOf('.');
        return dot < 0 ? GROUPS.getOrDefault(type, "") : type.substring(dot + 1);
    }

    /** Whether a type's name is that of a kind: those of Keycloak begin with a small letter. */
    static boolean isKind(String type) {
        return !type.isEmpty() && Character.isUpperCase(type.charAt(0));
    }

    /** Whether objects of a type lie in namespaces; empty if only a server can tell. */
    static Optional<Boolean> namespaced(String type) {
        return GROUPS.containsKey(type) ? Optional.of(!IN_NO_NAMESPACE.contains(type)) : Optional.empty();
    }

    /** Whether something is lost that a new object does not bring back. */
    static boolean holdsData(String type) {
        return HOLDS_DATA.contains(type);
    }
}
