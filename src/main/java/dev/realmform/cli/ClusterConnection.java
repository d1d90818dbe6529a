package dev.realmform.cli;

import dev.realmform.config.ClusterPlace;
import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.kubernetes.FabricCluster;
import dev.realmform.kubernetes.KubernetesProvider;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way to a cluster, once it is open.
 *
 * @param client of the cluster's API, beneath the provider
 * @param name   what people call the cluster: its context, else its address
 */
record ClusterConnection(KubernetesClient client, ClusterSide provider, String name) implements AutoCloseable {

    /**
     * Opens it; sends nothing yet.
     *
     * @param others what a value that Keycloak holds has become
     * @throws dev.realmform.model.ProblemException if no cluster is named, or another one than the files are about
     */
    static ClusterConnection open(Shell shell, ClusterPlace place, ServerOptions options,
            Function<Value.Unknown, Value> others) {
        KubernetesClient client = new ClusterAccess(place.kubeconfig().map(shell.folder()::resolve), place.context(),
                shell.environment()).open();
        try {
            NamedContext context = client.getConfiguration().getCurrentContext();
            Optional<String> used = Optional.ofNullable(context).map(NamedContext::getName);
            place.expected()
                    .filter(expected -> used.isPresent() && !used.get().equals(expected))
                    .ifPresent(expected -> {
                        throw Problem.refused(
                                "the files are about the cluster of context " + expected + ", and the context in use"
                                        + " is " + used.get(),
                                "cluster.context",
                                "Choose it: --context " + expected + ", or kubectl config use-context " + expected
                                        + ".")
                                .asException();
                    });
            KubernetesProvider provider = new KubernetesProvider(new FabricCluster(client), options.dealing(), others,
                    shell.random());
            return new ClusterConnection(client, ClusterSide.of(provider, place.trusted(),
                    new FrontDoor(Street.real(Street.HTTPS), shell.clock(), FrontDoor.PATIENCE)),
                    used.orElseGet(() -> client.getMasterUrl().getHost()));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
