package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.testing.ApplyingMock;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says whether the name of Keycloak leads to its Ingress, once that is there. */
class FrontDoorIT {

    @TempDir
    Path folder;

    @Test
    void aNameThatLeadsElsewhereStandsWithThePlanAndStopsNothing() {
        try (ApplyingMock mock = new ApplyingMock()) {
            Path kubeconfig = mock.kubeconfig(folder);
            Workbench bench = Workbench.without(folder).with("KUBECONFIG", kubeconfig.toString());
            bench.write("cluster.yaml", """
                    realmform: {state: {file: state.json}}
                    cluster:
                      keycloak: {production: false, hostname: localhost, ingress: {class: nginx}}
                    """);
            bench.run("plan", "-f", "cluster.yaml").ended(0).notPrinted("localhost leads to");
            bench.apply("-f", "cluster.yaml", "--rollout-timeout", "0").ended(0);
            publish(kubeconfig, "192.0.2.7");

            CommandLineRun plan = bench.run("plan", "-f", "cluster.yaml").ended(0);
            assertThat(plan.out().replaceAll("\\s+", " ")).contains("No changes.",
                    "! Ingress/keycloak/keycloak: localhost leads to ",
                    ", and the Ingress is at 192.0.2.7: correct its DNS");
            bench.run("plan", "-f", "cluster.yaml", "--untrusted").ended(0).notPrinted("localhost leads to");
        }
    }

    private static void publish(Path kubeconfig, String ip) {
        try (KubernetesClient theirs = new ClusterAccess(Optional.of(kubeconfig), Optional.empty(), Map.of()).open()) {
            Ingress ingress = theirs.network().v1().ingresses().inNamespace("keycloak").withName("keycloak").get();
            theirs.network()
                    .v1()
                    .ingresses()
                    .inNamespace("keycloak")
                    .resource(new IngressBuilder(ingress).withNewStatus()
                            .withNewLoadBalancer()
                            .addNewIngress()
                            .withIp(ip)
                            .endIngress()
                            .endLoadBalancer()
                            .endStatus()
                            .build())
                    .updateStatus();
        }
    }
}
