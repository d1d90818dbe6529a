package dev.realmform.cli;

import dev.realmform.config.ClusterPlace;
import dev.realmform.config.Server;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** How to reach the server. Credentials come from variables of the environment or the root file, never from here. */
final class ServerOptions {

    private static final Duration ROLLOUT = Duration.ofMinutes(10);

    @Option(names = "--server", paramLabel = "URL",
            description = "Address of Keycloak (default: KEYCLOAK_URL, else realmform.server.url of the root file).")
    @Nullable
    String url;

    @Option(names = "--login-realm", paramLabel = "REALM",
            description = "Realm of the login (default: KEYCLOAK_REALM, else master).")
    @Nullable
    String realm;

    @Option(names = "--client-id", paramLabel = "ID",
            description = "Client of the login (default: KEYCLOAK_CLIENT_ID, else admin-cli).")
    @Nullable
    String clientId;

    @Option(names = "--ca-file", paramLabel = "FILE",
            description = "Certificates (PEM) to trust beside those of the JDK.")
    @Nullable
    String caFile;

    @Option(names = "--insecure-tls", description = "Trust any certificate. For trials only.")
    boolean insecureTls;

    @Option(names = "--timeout", paramLabel = "TIME",
            description = "How long to wait for each answer: 500ms, 30s, 2m (default: 30s).")
    @Nullable
    String timeout;

    @Option(names = "--parallelism", paramLabel = "N", description = "Calls in flight at once (default: 4).")
    @Nullable
    Integer parallelism;

    @Option(names = "--wait", paramLabel = "TIME", arity = "0..1", fallbackValue = "120s",
            description = "Wait for a server that does not answer, now or in the middle of the run (without a time: 120s). "
                    + "Write --wait=30s.")
    @Nullable
    String wait;

    @Option(names = "--kubeconfig", paramLabel = "FILE",
            description = "Kubeconfig of the cluster (default: cluster.kubeconfig of the root file, else KUBECONFIG, else"
                    + " ~/.kube/config).")
    @Nullable
    String kubeconfig;

    @Option(names = "--context", paramLabel = "NAME",
            description = "Context of the kubeconfig (default: its current one).")
    @Nullable
    String context;

    @Option(names = "--take-over",
            description = "Take over fields of the cluster's objects that other tools hold. The plan names them.")
    boolean takeOver;

    @Option(names = "--rollout-timeout", paramLabel = "TIME",
            description = "How long to wait for each rollout or job in the cluster: 90s, 10m; 0 does not wait (default: 10m).")
    @Nullable
    String rolloutTimeout;

    /** How to deal with what others do in the cluster. */
    KubernetesProvider.Dealing dealing() {
        return new KubernetesProvider.Dealing(takeOver, Optional.ofNullable(rolloutTimeout)
                .map(text -> Times.parse("--rollout-timeout", text))
                .orElse(ROLLOUT));
    }

    /** Where the cluster is, as far as options say. */
    ClusterPlace clusterPlace() {
        return new ClusterPlace(Optional.ofNullable(kubeconfig), Optional.ofNullable(context), Optional.empty(), true);
    }

    /**
     * The options as settings, by their path below {@code realmform}.
     *
     * @throws dev.realmform.model.ProblemException if one of them cannot be meant
     */
    Map<String, String> settings() {
        check();
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "server.url", url);
        put(settings, "server.realm", realm);
        put(settings, "server.login.clientId", clientId);
        put(settings, "server.caFile", caFile);
        put(settings, "server.timeout", timeout);
        put(settings, "server.concurrency", parallelism == null ? null : parallelism.toString());
        put(settings, "server.insecureTls", insecureTls ? "true" : null);
        put(settings, "cluster.kubeconfig", kubeconfig);
        put(settings, "cluster.context", context);
        return settings;
    }

    private void check() {
        dealing();
        patience();
        if (timeout != null && Times.parse("--timeout", timeout).isZero()) {
            throw usage("--timeout 0 leaves no time for an answer", "Write 30s, 500ms or 2m.");
        }
        if (parallelism != null && (parallelism < 1 || parallelism > Server.MOST_AT_ONCE)) {
            throw usage("--parallelism " + parallelism + " is not from 1 to " + Server.MOST_AT_ONCE, "Write 4.");
        }
    }

    private static ProblemException usage(String what, String remedy) {
        return new Problem(Problem.Kind.USAGE, what, "", remedy, Optional.empty()).asException();
    }

    private static void put(Map<String, String> settings, String path, @Nullable String value) {
        if (value != null) {
            settings.put(path, value);
        }
    }

    /** How long to wait for a server that does not answer yet. */
    Optional<Duration> patience() {
        return Optional.ofNullable(wait).map(text -> Times.parse("--wait", text));
    }
}
