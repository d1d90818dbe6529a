package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An account in the cluster for the pipeline that looks for drift: it may do what a comparison by the server itself needs,
 * which is a dry run of a write, and an admission policy sees to it that nothing but dry runs comes of that.
 *
 * @param namespace where the account lies
 * @param name      what it and all that belongs to it is called
 */
public record DriftAccount(String namespace, String name) {

    private static final List<String> VERBS = List.of("get", "list", "watch", "patch", "create");
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    /** The objects: policy and its binding, account, roles and their bindings for what is declared. */
    public List<Value.MapOf> objects(Collection<Address> declared) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> wanted = new TreeMap<>();
        declared.stream()
                .filter(address -> KnownKinds.isKind(address.type()))
                .forEach(address -> wanted.computeIfAbsent(Manifests.namespace(address), ignored -> new TreeMap<>())
                        .computeIfAbsent(KnownKinds.group(address.type()), ignored -> new TreeSet<>())
                        .add(plural(KnownKinds.kind(address.type()))));
        List<Value.MapOf> objects = new ArrayList<>();
        // First, so that whoever applies this in its order never gives the rights without the limit.
        objects.add(policy());
        objects.add(object(ADMISSION + "/v1", "ValidatingAdmissionPolicyBinding", "", Map.of("spec",
                map("policyName", text(name), "validationActions", Value.texts(List.of("Deny"))))));
        objects.add(object("v1", "ServiceAccount", namespace, Map.of()));
        wanted.forEach((place, kinds) -> {
            boolean everywhere = place.isEmpty();
            objects.add(
                    object(RBAC + "/v1", everywhere ? "ClusterRole" : "Role", place, Map.of("rules", rules(kinds))));
            objects.add(binding(place));
        });
        return objects;
    }

    /** What the API calls many of a kind; as the makers of custom kinds do by default, too. */
    static String plural(String kind) {
        String word = kind.toLowerCase(java.util.Locale.ROOT);
        if (word.equals("endpoints")) {
            return word;
        }
        if (word.endsWith("s") || word.endsWith("x") || word.endsWith("ch")) {
            return word + "es";
        }
        boolean consonant = word.length() > 1 && word.endsWith("y")
                && "aeiou".indexOf(word.charAt(word.length() - 2)) < 0;
        return consonant ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }

    private static Value rules(SortedMap<String, SortedSet<String>> kinds) {
        List<Value> rules = new ArrayList<>();
        kinds.forEach((group, resources) -> rules.add(map("apiGroups", Value.texts(List.of(group)), "resources",
                Value.texts(resources), "verbs", Value.texts(VERBS))));
        return new Value.ListOf(rules);
    }

    private Value.MapOf binding(String place) {
        boolean everywhere = place.isEmpty();
        return object(RBAC + "/v1", everywhere ? "ClusterRoleBinding" : "RoleBinding", place, Map.of(
                "roleRef", map("apiGroup", text(RBAC), "kind", text(everywhere ? "ClusterRole" : "Role"), "name",
                        text(name)),
                "subjects", new Value.ListOf(List.of(map("kind", text("ServiceAccount"), "name", text(name),
                        "namespace", text(namespace))))));
    }

    private Value.MapOf policy() {
        Value.MapOf everything = map("apiGroups", Value.texts(List.of("*")), "apiVersions", Value.texts(List.of("*")),
                "operations", Value.texts(List.of("CREATE", "UPDATE", "DELETE", "CONNECT")), "resources",
                Value.texts(List.of("*/*")));
        String account = "system:serviceaccount:" + namespace + ":" + name;
        return object(ADMISSION + "/v1", "ValidatingAdmissionPolicy", "", Map.of("spec", map(
                "failurePolicy", text("Fail"),
                "matchConstraints", map("resourceRules", new Value.ListOf(List.of(everything))),
                "matchConditions", new Value.ListOf(List.of(map("name", text("drift-account"), "expression",
                        text("request.userInfo.username == '" + account + "'")))),
                "validations", new Value.ListOf(List.of(map("expression",
                        text("has(request.dryRun) && request.dryRun"), "message",
                        text("This account may look for drift and change nothing: dry runs only.")))))));
    }

    private Value.MapOf object(String apiVersion, String kind, String place, Map<String, Value> more) {
        Value.MapOf metadata = map("name", text(name), "labels", map("app.kubernetes.io/managed-by", text("realmform"),
                "app.kubernetes.io/name", text("realmform"), "app.kubernetes.io/component", text("drift")));
        SortedMap<String, Value> fields = new TreeMap<>(more);
        fields.put("apiVersion", text(apiVersion));
        fields.put("kind", text(kind));
        fields.put("metadata", place.isEmpty() ? metadata : metadata.with("namespace", text(place)));
        return new Value.MapOf(fields);
    }

    private static Value text(String text) {
        return Value.text(text);
    }

    private static Value.MapOf map(Object... fields) {
        SortedMap<String, Value> map = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], (Value) fields[i + 1]);
        }
        return new Value.MapOf(map);
    }
}
