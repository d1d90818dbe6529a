package dev.realmform.testing;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * fabric8's mock of an API server on 127.0.0.1, with what it lacks and a planner needs: server-side apply, dry runs, discovery,
 * namespaces that have to be there and take their contents along, and deletions that look at the uid.
 */
public final class ApplyingMock implements AutoCloseable {

    private static final Pattern OBJECT = Pattern
            .compile(
                    "(?<collection>(?<version>/api/v1|/apis/[^/]+/[^/]+)(?:/namespaces/(?<namespace>[^/]+))?/[^/]+)/(?<name>[^/]+)");

    /** API version, kind, plural, and whether it lies in namespaces. */
    private static final List<String[]> KINDS = List.of(
            new String[]{"v1", "Namespace", "namespaces", ""},
            new String[]{"v1", "Secret", "secrets", "in"},
            new String[]{"v1", "ConfigMap", "configmaps", "in"},
            new String[]{"v1", "Service", "services", "in"},
            new String[]{"v1", "ServiceAccount", "serviceaccounts", "in"},
            new String[]{"v1", "Pod", "pods", "in"},
            new String[]{"v1", "PersistentVolumeClaim", "persistentvolumeclaims", "in"},
            new String[]{"apps/v1", "Deployment", "deployments", "in"},
            new String[]{"apps/v1", "StatefulSet", "statefulsets", "in"},
            new String[]{"batch/v1", "Job", "jobs", "in"},
            new String[]{"networking.k8s.io/v1", "Ingress", "ingresses", "in"},
            new String[]{"networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "in"},
            new String[]{"policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "in"},
            new String[]{"autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "in"});

    private final KubernetesCrudDispatcher behind = new KubernetesCrudDispatcher();
    private final AppliedFields fields = new AppliedFields();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final KubernetesMockServer server;
    private volatile Optional<Integer> forwarded = Optional.empty();
    private volatile Function<String, Optional<MockResponse>> faults = request -> Optional.empty();

    public ApplyingMock() {
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answered(request);
            }
        }, false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        String kubeSystem = "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"kube-system\"}}";
        behind.handleCreate(request(HttpMethod.POST, "/api/v1/namespaces", kubeSystem));
    }

    /** Writes a kubeconfig that leads here, with the context {@code mock}. */
    public Path kubeconfig(Path folder) {
        try {
            return Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: mock
                    contexts: [{name: mock, context: {cluster: mock, user: mock}}]
                    clusters: [{name: mock, cluster: {server: "%s"}}]
                    users: [{name: mock, user: {}}]
                    """.formatted(server.url("/")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was asked: {@code GET /api/v1/namespaces/x}, with the query. */
    public List<String> requests() {
        return requests;
    }

    /** What goes wrong from now on, by request. */
    public void faults(Function<String, Optional<MockResponse>> which) {
        faults = which;
    }

    /** From now on ports of all pods lead to this one of this machine. */
    public void forwardTo(int port) {
        forwarded = Optional.of(port);
    }

    /** A refusal as the server writes one. */
    public static MockResponse refusal(int code, String message) {
        return answer(code, status(code, message));
    }

    private static Value.MapOf status(int code, String message) {
        return Value.EMPTY_MAP.with("kind", Value.text("Status"))
                .with("apiVersion", Value.text("v1"))
                .with("status", Value.text("Failure"))
                .with("message", Value.text(message))
                .with("code", Value.num(code));
    }

    private static MockResponse answer(int code, Value body) {
        return new MockResponse().setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(Json.compact(body, Json.Secrets.HIDE));
    }

    private MockResponse answered(RecordedRequest request) {
        String asked = request.getMethod() + " " + request.getPath();
        requests.add(asked);
        Optional<MockResponse> fault = faults.apply(asked);
        if (fault.isPresent()) {
            return fault.get();
        }
        String path = request.getPath().replaceFirst("\\?.*", "");
        if (request.getMethod().equals("GET") && discovery(path).isPresent()) {
            return answer(200, discovery(path).get());
        }
        if (path.endsWith("/portforward") && forwarded.isPresent()) {
            return new MockResponse().withWebSocketUpgrade(new ForwardedPort(forwarded.get()));
        }
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        if (request.getMethod().equals("PATCH") && type.startsWith("application/apply-patch")) {
            return applied(path, request.getPath(), request.getUtf8Body());
        }
        return request.getMethod().equals("DELETE") ? deleted(path, request) : behind.dispatch(request);
    }

    private static Optional<Value> discovery(String path) {
        if (path.equals("/apis")) {
            return Optional.of(Value.EMPTY_MAP.with("groups", new Value.ListOf(KINDS.stream()
                    .map(kind -> kind[0])
                    .filter(version -> version.contains("/"))
                    .distinct()
                    .map(version -> (Value) group(version))
                    .toList())));
        }
        for (String[] kind : KINDS) {
            if (path.equals("/apis/" + kind[0].replaceFirst("/.*", "")) && kind[0].contains("/")) {
                return Optional.of(group(kind[0]));
            }
        }
        List<Value> resources = KINDS.stream()
                .filter(kind -> path.equals((kind[0].contains("/") ? "/apis/" : "/api/") + kind[0]))
                .map(kind -> (Value) Value.EMPTY_MAP.with("name", Value.text(kind[2]))
                        .with("kind", Value.text(kind[1]))
                        .with("namespaced", Value.bool(!kind[3].isEmpty()))
                        .with("verbs", Value.texts(List.of("get", "list"))))
                .toList();
        return resources.isEmpty() ? Optional.empty()
                : Optional.of(Value.EMPTY_MAP.with("resources", new Value.ListOf(resources)));
    }

    private static Value.MapOf group(String version) {
        return Value.EMPTY_MAP.with("name", Value.text(version.replaceFirst("/.*", "")))
                .with("preferredVersion", Value.EMPTY_MAP.with("groupVersion", Value.text(version)));
    }

    private Optional<Value.MapOf> live(String path) {
        MockResponse found = behind.handleGet(path);
        return found.code() == 200 ? Optional.of((Value.MapOf) Json.parse(found.getBody().readUtf8()))
                : Optional.empty();
    }

    private MockResponse applied(String path, String asked, String body) {
        Matcher object = OBJECT.matcher(path);
        if (!object.matches()) {
            return refusal(404, "the server could not find the requested resource");
        }
        String namespace = object.group("namespace");
        if (namespace != null && live("/api/v1/namespaces/" + namespace).isEmpty()) {
            return refusal(404, "namespaces \"" + namespace + "\" not found");
        }
        Value.MapOf manifest = (Value.MapOf) Json.parse(body);
        if (manifest.has("bogus") || manifest.map("spec").has("bogus")) {
            return refusal(500, "failed to create typed patch object (" + path
                    + "): .spec.bogus: field not declared in schema");
        }
        Optional<Value.MapOf> live = live(path);
        String manager = asked.replaceFirst(".*fieldManager=([^&]*).*", "$1");
        boolean dryRun = asked.contains("dryRun=All");
        return switch (fields.apply(path, live, manifest, manager, asked.contains("force=true"), dryRun)) {
            case AppliedFields.Result.Conflicts(List<AppliedFields.Conflict> all) -> answer(409,
                    status(409, "Apply failed with " + all.size() + " conflicts").with("details",
                            Value.EMPTY_MAP.with("causes", new Value.ListOf(all.stream()
                                    .map(one -> (Value) Value.EMPTY_MAP
                                            .with("reason", Value.text("FieldManagerConflict"))
                                            .with("message", Value.text(one.message()))
                                            .with("field", Value.text(one.field())))
                                    .toList()))));
            case AppliedFields.Result.Applied(Value.MapOf merged) when dryRun || merged.equals(live.orElse(null)) ->
                answer(200, merged);
            case AppliedFields.Result.Applied(Value.MapOf merged) -> live.isEmpty()
                    ? behind.handleCreate(request(HttpMethod.POST, object.group("collection"), text(merged)))
                    : behind.handleUpdate(request(HttpMethod.PUT, path, text(merged)));
        };
    }

    private static String text(Value value) {
        return Json.compact(value, Json.Secrets.REVEAL);
    }

    private static RecordedRequest request(HttpMethod method, String path, String body) {
        return new RecordedRequest("HTTP/1.1", method, path,
                Headers.builder().add("Content-Type", "application/json").build(),
                new Buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    private MockResponse deleted(String path, RecordedRequest request) {
        Optional<Value.MapOf> live = live(path);
        String body = request.getUtf8Body();
        Value.MapOf preconditions = body == null || body.isEmpty() ? Value.EMPTY_MAP
                : ((Value.MapOf) Json.parse(body)).map("preconditions");
        boolean another = live.isPresent() && preconditions.fields()
                .entrySet()
                .stream()
                .anyMatch(one -> !live.get().map("metadata").get(one.getKey()).equals(Optional.of(one.getValue())));
        if (another) {
            return refusal(409, "Precondition failed");
        }
        fields.forget(path);
        if (path.startsWith("/api/v1/namespaces/") && path.split("/", -1).length == 5) {
            contents(path);
        }
        return behind.handleDelete(path);
    }

    private void contents(String namespace) {
        for (String[] kind : KINDS) {
            String root = kind[0].contains("/") ? "/apis/" + kind[0] : "/api/v1";
            String collection = root + namespace.substring("/api/v1".length()) + "/" + kind[2];
            if (kind[3].isEmpty()) {
                continue;
            }
            live(collection).map(list -> list.list("items")).orElse(List.of()).forEach(item -> {
                String path = collection + "/" + ((Value.MapOf) item).map("metadata").text("name").orElseThrow();
                fields.forget(path);
                behind.handleDelete(path);
            });
        }
    }

    @Override
    public void close() {
        server.destroy();
    }
}
