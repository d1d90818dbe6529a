package dev.realmform.testing;

import dev.realmform.kubernetes.ClusterAccess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * A cluster, with a namespace of the test's own: fabric8's mock server on 127.0.0.1, or a real one that
 * {@code -Dkubernetes.kubeconfig=FILE} names.
 *
 * <p>The mock is faithful where it creates and where it replaces a version, so for a state and its lock. It knows no rights, no
 * limits and no namespaces.
 */
public final class TestCluster implements AutoCloseable {

    /** How the tests are run against a real cluster. */
    public static final String REAL = "kubernetes.kubeconfig";

    /** Said where they are not. */
    public static final String HOW = "no cluster is given; to run what takes one: .ci/run -Dkubernetes.kubeconfig=FILE";

    private final Path kubeconfig;
    private final String namespace = "realmform-test-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final KubernetesClient client;
    private final Optional<Mock> mock;

    private TestCluster(Path kubeconfig, Optional<Mock> mock) {
        this.kubeconfig = kubeconfig;
        this.mock = mock;
        this.client = open();
    }

    /** What was asked. */
    public record Call(String method, String path) {

        /** Whether it changes something of this kind: {@code leases}, {@code secrets}. */
        public boolean writes(String kind) {
            return !method.equals("GET") && path.contains("/" + kind);
        }
    }

    /**
     * What goes wrong.
     *
     * @param isDone whether the request is carried out all the same
     */
    public record Fault(int status, String message, boolean isDone) {}

    /** A mock that is empty. */
    public static TestCluster mock(Path folder) {
        Mock dispatcher = new Mock();
        try {
            Path file = Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    current-context: mock
                    contexts: [{name: mock, context: {cluster: mock, user: mock}}]
                    clusters: [{name: mock, cluster: {server: "%s"}}]
                    users: [{name: mock, user: {}}]
                    """.formatted(dispatcher.url()));
            return new TestCluster(file, Optional.of(dispatcher));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The kubeconfig of the real one. These tests make and delete namespaces there, so only a server on this machine is taken
     * unasked.
     */
    public static Path realKubeconfig() {
        Path file = Path.of(System.getProperty(REAL));
        try (KubernetesClient client = new ClusterAccess(Optional.of(file), Optional.empty(), Map.of()).open()) {
            String host = client.getMasterUrl().getHost();
            if (!InetAddress.getByName(host).isLoopbackAddress() && !Boolean.getBoolean("kubernetes.elsewhere")) {
                throw new IllegalStateException(
                        host + " is not this machine. If these tests may make and delete namespaces"
                                + " there, say -Dkubernetes.elsewhere=true.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The real one, with a new namespace. */
    public static TestCluster real() {
        TestCluster cluster = new TestCluster(realKubeconfig(), Optional.empty());
        cluster.client.namespaces()
                .resource(new NamespaceBuilder().withNewMetadata().withName(cluster.namespace).endMetadata().build())
                .create();
        return cluster;
    }

    public boolean isReal() {
        return mock.isEmpty();
    }

    public String namespace() {
        return namespace;
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Somebody else's way there. */
    public KubernetesClient client() {
        return client;
    }

    /** A client as realmform opens it. */
    public KubernetesClient open() {
        return new ClusterAccess(Optional.empty(), Optional.empty(), Map.of("KUBECONFIG", kubeconfig.toString()))
                .open();
    }

    /** The login, for a client that is somebody else. */
    public Config config() {
        return open().getConfiguration();
    }

    /** From now on, of the mock only. */
    public void faults(Function<Call, Optional<Fault>> which) {
        mock.orElseThrow().faults = which;
    }

    /** What the mock was asked. */
    public List<Call> calls() {
        return mock.orElseThrow().calls;
    }

    @Override
    public void close() {
        if (isReal()) {
            client.namespaces().withName(namespace).delete();
        }
        client.close();
        mock.ifPresent(Mock::stop);
    }

    private static final class Mock extends Dispatcher {

        private final KubernetesCrudDispatcher behind = new KubernetesCrudDispatcher();
        private final KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(),
                new HashMap<>(), this,
                false);
        private final List<Call> calls = new CopyOnWriteArrayList<>();
        private volatile Function<Call, Optional<Fault>> faults = call -> Optional.empty();

        Mock() {
            server.init(InetAddress.getLoopbackAddress(), 0);
        }

        String url() {
            return server.url("/");
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            Call call = new Call(request.getMethod(), request.getPath());
            calls.add(call);
            Optional<Fault> fault = faults.apply(call);
            if (fault.isEmpty() || fault.get().isDone()) {
                MockResponse answer = behind.dispatch(request);
                if (fault.isEmpty()) {
                    return answer;
                }
            }
            return new MockResponse().setResponseCode(fault.get().status())
                    .setHeader("Content-Type", "application/json")
                    .setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\""
                            + fault.get().message() + "\",\"code\":" + fault.get().status() + "}");
        }

        void stop() {
            server.destroy();
        }
    }
}
