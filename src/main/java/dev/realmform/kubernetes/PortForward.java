package dev.realmform.kubernetes;

import dev.realmform.model.Problem;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.Optional;

/**
 * A way from a port of this machine to a pod that runs Keycloak, through the API server: {@code kubectl port-forward}. The port is
 * known from the beginning; the way is opened when somebody needs it, and anew where its pod is gone. Needs the rights to list pods
 * and to make {@code pods/portforward}.
 */
public final class PortForward implements AutoCloseable {

    /** The way to one pod. */
    private record Way(String pod, LocalPortForward forward) {}

    /** The same port each time, if it is free: a Keycloak that was given no name calls itself by the one that it is asked by. */
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    private final KeycloakWorkload workload;
    private final int port;
    private Optional<Way> way = Optional.empty();

    /** To pods that may be yet to come. */
    public PortForward(KeycloakWorkload workload) {
        this.workload = workload;
        this.port = freePort(FIRST + Math.floorMod(workload.name().hashCode(), COUNT)).or(() -> freePort(0))
                .orElseThrow(() -> new IllegalStateException("this machine has no free port"));
    }

    private static Optional<Integer> freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return Optional.of(socket.getLocalPort());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Where the pods' Keycloak is on this machine. */
    public String url() {
        return "http://127.0.0.1:" + port + workload.path();
    }

    /**
     * Opens the way, unless it is open to a pod that is still ready.
     *
     * @throws dev.realmform.model.ProblemException if no pod is ready, or the cluster refuses
     */
    public synchronized void open(KubernetesClient client) {
        try {
            Optional<Pod> pod = client.pods()
                    .inNamespace(workload.namespace())
                    .withLabels(workload.selector())
                    .list()
                    .getItems()
                    .stream()
                    .filter(PortForward::isReady)
                    .min(Comparator.comparing(one -> !isInUse(one)));
            String name = pod.map(one -> one.getMetadata().getName()).orElseThrow(this::noPod);
            if (way.isEmpty() || !isInUse(pod.get())) {
                close();
                way = Optional.of(new Way(name, client.pods()
                        .inNamespace(workload.namespace())
                        .withName(name)
                        .portForward(workload.port(), InetAddress.getLoopbackAddress(), port)));
            }
        } catch (KubernetesClientException e) {
            throw ClusterErrors.of(e, "no port-forward to Keycloak", workload.name());
        }
    }

    private boolean isInUse(Pod pod) {
        return way.filter(open -> open.pod().equals(pod.getMetadata().getName()) && open.forward().isAlive())
                .isPresent();
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null && pod.getStatus() != null
                && pod.getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(one -> one.getType().equals("Ready") && one.getStatus().equals("True"));
    }

    private RuntimeException noPod() {
        return new Problem(Problem.Kind.UNREACHABLE, "no pod of Keycloak is ready to forward a port to",
                workload.name(),
                "kubectl get pods -n " + workload.namespace() + " shows what keeps them.", Optional.empty())
                .asException();
    }

    @Override
    public synchronized void close() {
        way.ifPresent(open -> {
            try {
                open.forward().close();
            } catch (IOException e) {
                // It is gone, then.
            }
        });
        way = Optional.empty();
    }
}
