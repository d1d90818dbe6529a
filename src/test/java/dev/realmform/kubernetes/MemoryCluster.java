package dev.realmform.kubernetes;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.testing.AppliedFields;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A cluster in memory that says no where a real one would, in its words, and wherever a test wants it to. */
final class MemoryCluster implements ClusterPort {

    private static final List<Kind> KINDS = List.of(new Kind("v1", "Namespace", "namespaces", false),
            new Kind("v1", "Secret", "secrets", true), new Kind("v1", "ConfigMap", "configmaps", true),
            new Kind("v1", "Service", "services", true), new Kind("v1", "Pod", "pods", true),
            new Kind("apps/v1", "Deployment", "deployments", true),
            new Kind("apps/v1", "StatefulSet", "statefulsets", true),
            new Kind("apps/v1", "DaemonSet", "daemonsets", true), new Kind("batch/v1", "Job", "jobs", true),
            new Kind("gateway.example.com/v1", "HTTPRoute", "httproutes", true),
            new Kind("gateway.example.com/v1alpha2", "TCPRoute", "tcproutes", true));

    private final Map<String, Value.MapOf> objects = new TreeMap<>();
    private final AppliedFields fields = new AppliedFields();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private Function<String, Optional<ClusterAnswer>> faults = call -> Optional.empty();
    private int uids;
    private int versions;

    /**
     * What goes wrong from now on, by call: {@code try ConfigMap/osmo/a}, {@code apply …}, {@code get …}, {@code merge …},
     * {@code delete …}, {@code list ConfigMap/osmo}.
     */
    void faults(Function<String, Optional<ClusterAnswer>> which) {
        faults = which;
    }

    static ClusterAnswer refused(int code, String message, String... field) {
        return new ClusterAnswer.Refused(code, message, field.length == 0 ? List.of()
                : List.of(new ClusterAnswer.Cause("FieldValueInvalid", message, field[0])));
    }

    static ClusterAnswer away() {
        return new ClusterAnswer.Trouble(new Problem(Problem.Kind.UNREACHABLE, "the cluster cannot be reached", "", "",
                Optional.empty()));
    }

    static ObjectRef ref(String kind, String namespace, String name) {
        return new ObjectRef(KINDS.stream().filter(one -> one.name().equals(kind)).findFirst().orElseThrow(), namespace,
                name);
    }

    /** As somebody else puts an object there, or changes it. */
    void put(ObjectRef ref, Value.MapOf object) {
        Value.MapOf metadata = object.map("metadata").with("name", Value.text(ref.name()));
        if (ref.kind().namespaced()) {
            metadata = metadata.with("namespace", Value.text(ref.namespace()));
        }
        String uid = Optional.ofNullable(objects.get(ref.path())).map(Manifests::uid).orElseGet(() -> "uid-" + ++uids);
        objects.put(ref.path(), object.with("apiVersion", Value.text(ref.kind().apiVersion()))
                .with("kind", Value.text(ref.kind().name()))
                .with("metadata", metadata.with("uid", Value.text(uid))
                        .with("resourceVersion", Value.text("" + ++versions))));
    }

    Optional<Value.MapOf> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref.path()));
    }

    void remove(ObjectRef ref) {
        objects.remove(ref.path());
        fields.forget(ref.path());
    }

    @Override
    public Optional<Kind> kind(String apiVersion, String name) {
        return KINDS.stream().filter(one -> one.apiVersion().equals(apiVersion) && one.name().equals(name)).findFirst();
    }

    @Override
    public List<String> versions(String group) {
        return KINDS.stream().filter(kind -> kind.group().equals(group)).map(Kind::apiVersion).distinct().toList();
    }

    @Override
    public List<Kind> inNamespaces() {
        return KINDS.stream().filter(Kind::namespaced).toList();
    }

    private Optional<ClusterAnswer> called(String verb, ObjectRef ref) {
        String call = verb + " " + ref.kind().name() + (ref.namespace().isEmpty() ? "/" : "/" + ref.namespace() + "/")
                + ref.name();
        calls.add(call);
        return faults.apply(call);
    }

    @Override
    public synchronized ClusterAnswer get(ObjectRef ref) {
        return called("get", ref).orElseGet(() -> find(ref).<ClusterAnswer>map(ClusterAnswer.Done::new)
                .orElseGet(() -> refused(404, ref.kind().plural() + " \"" + ref.name() + "\" not found")));
    }

    @Override
    public synchronized ClusterAnswer list(Kind kind, String namespace, String labels) {
        Optional<ClusterAnswer> fault = faults.apply("list " + kind.name() + "/" + namespace);
        if (fault.isPresent()) {
            return fault.get();
        }
        List<Value> found = new ArrayList<>();
        objects.forEach((path, object) -> {
            if (path.startsWith(ObjectRef.collection(kind, namespace) + "/")) {
                found.add(object);
            }
        });
        return new ClusterAnswer.Done(Value.EMPTY_MAP.with("items", new Value.ListOf(found)));
    }

    @Override
    public synchronized ClusterAnswer apply(ObjectRef ref, Value.MapOf manifest, Mode mode, Others others) {
        Optional<ClusterAnswer> fault = called(mode == Mode.DRY_RUN ? "try" : "apply", ref);
        if (fault.isPresent()) {
            return fault.get();
        }
        boolean homeless = ref.kind().namespaced()
                && !objects.containsKey(ref("Namespace", "", ref.namespace()).path());
        if (homeless) {
            return refused(404, "namespaces \"" + ref.namespace() + "\" not found");
        }
        Optional<Value.MapOf> live = find(ref);
        return switch (fields.apply(ref.path(), live, plain(manifest), "realmform", others == Others.OVERRULE,
                mode == Mode.DRY_RUN)) {
            case AppliedFields.Result.Conflicts(List<AppliedFields.Conflict> all) -> new ClusterAnswer.Refused(409,
                    "Apply failed", all.stream()
                            .map(one -> new ClusterAnswer.Cause("FieldManagerConflict", one.message(), one.field()))
                            .toList());
            case AppliedFields.Result.Applied(Value.MapOf merged) -> stored(ref, live, merged, mode);
        };
    }

    @Override
    public synchronized ClusterAnswer merge(ObjectRef ref, Value.MapOf part) {
        Optional<ClusterAnswer> fault = called("merge", ref);
        if (fault.isPresent()) {
            return fault.get();
        }
        Optional<Value.MapOf> live = find(ref);
        if (live.isEmpty()) {
            return refused(404, ref.kind().plural() + " \"" + ref.name() + "\" not found");
        }
        put(ref, merged(live.get(), part));
        return new ClusterAnswer.Done(find(ref).orElseThrow());
    }

    private static Value.MapOf merged(Value.MapOf live, Value.MapOf part) {
        Value.MapOf merged = live;
        for (Map.Entry<String, Value> field : part.fields().entrySet()) {
            merged = merged.with(field.getKey(), field.getValue() instanceof Value.MapOf below
                    ? merged(live.map(field.getKey()), below)
                    : field.getValue());
        }
        return merged;
    }

    /** What goes over the wire has no secrets any more. */
    private static Value.MapOf plain(Value.MapOf manifest) {
        return (Value.MapOf) Json
                .parse(Json.compact(manifest, Json.Secrets.REVEAL));
    }

    private ClusterAnswer stored(ObjectRef ref, Optional<Value.MapOf> live, Value.MapOf merged, Mode mode) {
        boolean moved = live.isPresent()
                && !live.get().map("spec").get("serviceName").equals(merged.map("spec").get("serviceName"));
        if (moved) {
            return refused(422, "StatefulSet.apps \"" + ref.name()
                    + "\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden",
                    "spec");
        }
        if (mode == Mode.DRY_RUN) {
            return new ClusterAnswer.Done(merged);
        }
        if (!merged.equals(live.orElse(null))) {
            put(ref, merged);
        }
        return new ClusterAnswer.Done(find(ref).orElseThrow());
    }

    @Override
    public synchronized ClusterAnswer delete(ObjectRef ref, Precondition precondition) {
        Optional<ClusterAnswer> fault = called("delete", ref);
        if (fault.isPresent()) {
            return fault.get();
        }
        Optional<Value.MapOf> live = find(ref);
        if (live.isEmpty()) {
            return refused(404, "not found");
        }
        if (precondition.uid().filter(uid -> !uid.equals(Manifests.uid(live.get()))).isPresent()) {
            return refused(409, "Precondition failed: UID in precondition");
        }
        remove(ref);
        if (ref.kind().name().equals("Namespace")) {
            for (Iterator<String> paths = objects.keySet().iterator(); paths.hasNext();) {
                if (paths.next().contains("/namespaces/" + ref.name() + "/")) {
                    paths.remove();
                }
            }
        }
        return new ClusterAnswer.Done(live.get());
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
