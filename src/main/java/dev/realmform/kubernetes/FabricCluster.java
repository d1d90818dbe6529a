package dev.realmform.kubernetes;

import dev.realmform.json.Json;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A cluster through fabric8's client: its logins, its certificates, its HTTP. Bodies are trees of ours from end to end, since
 * typed models drop what is empty, and a field that is declared empty is something else than one that is not declared.
 *
 * <p>The client repeats nothing, for it would repeat the 500 that answers a wrong manifest, for 19 seconds. What is safe to
 * repeat is repeated here: all requests are, as applying twice is applying once, and a deletion names the uid.
 */
public final class FabricCluster implements ClusterPort {

    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    /** What is gone only once its pods are: a new one would meet the old ones. */
    private static final Set<String> HOLDS_OTHERS = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
            "Job",
            "CronJob");

    /** SSA takes YAML, of which JSON is a part. */
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json";

    private final KubernetesClient client;
    private final HttpClient http;
    private final String server;
    private final Duration patience;
    private final Map<String, List<Value.MapOf>> served = new ConcurrentHashMap<>();

    public FabricCluster(KubernetesClient client) {
        this.client = client;
        this.http = client.getHttpClient();
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
        this.patience = Duration.ofMillis(client.getConfiguration().getRequestTimeout());
    }

    @Override
    public Optional<Kind> kind(String apiVersion, String name) {
        List<Value.MapOf> known = served.get(apiVersion);
        Optional<Kind> found = kind(apiVersion, resources(apiVersion), name);
        // What was served before may not be all: a definition that was written meanwhile brings a kind.
        if (found.isEmpty() && known != null) {
            served.remove(apiVersion);
            found = kind(apiVersion, resources(apiVersion), name);
        }
        return found;
    }

    private static Optional<Kind> kind(String apiVersion, List<Value.MapOf> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.text("kind").filter(name::equals).isPresent())
                .map(resource -> kind(apiVersion, resource))
                .findFirst();
    }

    private static Kind kind(String apiVersion, Value.MapOf resource) {
        return new Kind(apiVersion, resource.text("kind").orElse(""), resource.text("name").orElse(""),
                resource.isTrue("namespaced"));
    }

    /** The resources of an API version, without parts of others such as {@code deployments/scale}; asked for once. */
    private List<Value.MapOf> resources(String apiVersion) {
        List<Value.MapOf> known = served.get(apiVersion);
        if (known != null) {
            return known;
        }
        List<Value.MapOf> found = found(get(Kind.root(apiVersion)), apiVersion).map(answer -> maps(answer, "resources")
                .filter(resource -> !resource.text("name").orElse("/").contains("/"))
                .toList()).orElse(List.of());
        served.put(apiVersion, found);
        return found;
    }

    private static java.util.stream.Stream<Value.MapOf> maps(Value.MapOf object, String list) {
        return object.list(list).stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast);
    }

    @Override
    public List<String> versions(String group) {
        return group.isEmpty() ? List.of("v1")
                : found(get("/apis/" + group), group).map(FabricCluster::versions).orElse(List.of());
    }

    private static List<String> versions(Value.MapOf group) {
        Set<String> versions = new LinkedHashSet<>();
        group.map("preferredVersion").text("groupVersion").ifPresent(versions::add);
        maps(group, "versions").forEach(version -> version.text("groupVersion").ifPresent(versions::add));
        return List.copyOf(versions);
    }

    @Override
    public List<Kind> inNamespaces() {
        List<String> versions = new ArrayList<>(List.of("v1"));
        found(get("/apis"), "the API groups").ifPresent(answer -> maps(answer, "groups")
                .forEach(group -> versions.addAll(versions(group))));
        Map<String, Kind> kinds = new LinkedHashMap<>();
        for (String version : versions) {
            resources(version).stream()
                    .filter(resource -> resource.isTrue("namespaced") && resource.texts("verbs").contains("list"))
                    .map(resource -> kind(version, resource))
                    .forEach(kind -> kinds.putIfAbsent(kind.group() + "/" + kind.plural(), kind));
        }
        return List.copyOf(kinds.values());
    }

    private static Optional<Value.MapOf> found(ClusterAnswer answer, String what) {
        return switch (answer) {
            case ClusterAnswer.Done(Value.MapOf object) -> Optional.of(object);
            case ClusterAnswer.Refused refused when refused.status() == NOT_FOUND -> Optional.empty();
            case ClusterAnswer.Refused refused -> throw Refusals.of(refused, "cannot learn which kinds there are", what)
                    .asException();
            case ClusterAnswer.Trouble(Problem problem) -> throw new ProblemException(problem);
        };
    }

    private ClusterAnswer get(String path) {
        return send("GET", path, JSON, Optional.empty());
    }

    @Override
    public ClusterAnswer get(ObjectRef ref) {
        return get(ref.path());
    }

    @Override
    public ClusterAnswer list(Kind kind, String namespace, String labels) {
        return get(ObjectRef.collection(kind, namespace)
                + (labels.isEmpty() ? "" : "?labelSelector=" + URLEncoder.encode(labels, StandardCharsets.UTF_8)));
    }

    @Override
    public ClusterAnswer apply(ObjectRef ref, Value.MapOf manifest, Mode mode, Others others) {
        String query = "?fieldManager=" + Marks.MANAGER + "&fieldValidation=Strict"
                + (others == Others.OVERRULE ? "&force=true" : "") + (mode == Mode.DRY_RUN ? "&dryRun=All" : "");
        return send("PATCH", ref.path() + query, APPLY, Optional.of(Json.compact(manifest, Json.Secrets.REVEAL)));
    }

    @Override
    public ClusterAnswer merge(ObjectRef ref, Value.MapOf fields) {
        return send("PATCH", ref.path() + "?fieldManager=" + Marks.RESTARTER + "&fieldValidation=Strict", MERGE,
                Optional.of(Json.compact(fields, Json.Secrets.REVEAL)));
    }

    @Override
    public ClusterAnswer delete(ObjectRef ref, Precondition precondition) {
        Value.MapOf preconditions = Value.EMPTY_MAP;
        if (precondition.uid().isPresent()) {
            preconditions = preconditions.with("uid", Value.text(precondition.uid().get()));
        }
        if (precondition.resourceVersion().isPresent()) {
            preconditions = preconditions.with("resourceVersion", Value.text(precondition.resourceVersion().get()));
        }
        Value.MapOf options = Value.EMPTY_MAP.with("apiVersion", Value.text("v1"))
                .with("kind", Value.text("DeleteOptions"))
                .with("propagationPolicy",
                        Value.text(HOLDS_OTHERS.contains(ref.kind().name()) ? "Foreground" : "Background"))
                .with("preconditions", preconditions);
        return send("DELETE", ref.path(), JSON, Optional.of(Json.compact(options, Json.Secrets.REVEAL)));
    }

    private ClusterAnswer send(String method, String path, String type, Optional<String> body) {
        for (int attempt = 1;; attempt++) {
            ClusterAnswer answer = once(method, path, type, body);
            if (attempt == ATTEMPTS || !isPassing(answer) || !pause(attempt)) {
                return answer;
            }
        }
    }

    private static boolean isPassing(ClusterAnswer answer) {
        return answer instanceof ClusterAnswer.Trouble(Problem problem)
                && problem.kind() == Problem.Kind.UNREACHABLE;
    }

    private static boolean pause(int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ClusterAnswer once(String method, String path, String type, Optional<String> body) {
        HttpRequest.Builder request = http.newHttpRequestBuilder().uri(server + path).header("Accept", JSON);
        body.ifPresent(text -> request.method(method, type, text));
        try {
            HttpResponse<String> response = http.sendAsync(request.build(), String.class)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return answer(response, method + " " + path.replaceFirst("\\?.*", ""));
        } catch (ExecutionException e) {
            return lost(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ClusterAnswer.Trouble(new Problem(Problem.Kind.INTERRUPTED, "interrupted", server, "",
                    Optional.empty()));
        }
    }

    private ClusterAnswer lost(Throwable cause) {
        return new ClusterAnswer.Trouble(ClusterErrors
                .of(new KubernetesClientException("no answer", cause), "the cluster cannot be reached", server)
                .problems()
                .getFirst());
    }

    private ClusterAnswer answer(HttpResponse<String> response, String request) {
        Value.MapOf body = body(response);
        if (response.isSuccessful()) {
            return new ClusterAnswer.Done(body);
        }
        int code = response.code();
        String message = body.text("message").orElse("no reason given");
        if (code == UNAUTHORIZED || ClusterErrors.isNobody(code, message) || code == TOO_MANY || code == UNAVAILABLE
                || code == GATEWAY
                || code == GATEWAY_TIMEOUT) {
            Status status = new StatusBuilder().withCode(code).withMessage(message).build();
            return new ClusterAnswer.Trouble(ClusterErrors
                    .of(new KubernetesClientException(message, code, status), request, server)
                    .problems()
                    .getFirst());
        }
        List<ClusterAnswer.Cause> causes = maps(body.map("details"), "causes")
                .map(cause -> new ClusterAnswer.Cause(cause.text("reason").orElse(""), cause.text("message").orElse(""),
                        cause.text("field").orElse("")))
                .toList();
        return new ClusterAnswer.Refused(code, message, causes);
    }

    /** What is no JSON, such as the page of a proxy, says nothing. */
    private static Value.MapOf body(HttpResponse<String> response) {
        String text = response.body();
        try {
            return text != null && Json.parse(text) instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        } catch (ProblemException e) {
            return Value.EMPTY_MAP;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
