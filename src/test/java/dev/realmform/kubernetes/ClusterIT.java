package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same on a real API server, and what only that shows: defaults, other notations, managers, immutable fields. No kubelet is
 * needed.
 */
class ClusterIT extends ClusterContract {

    private static final String FILE = "kubernetes.kubeconfig";
    private static final String WEB = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web",
               "annotations": {"realmform.dev/wait": "false"}},
             "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
               "spec": {"containers": [{"name": "web", "image": "example.test/web:1",
                 "resources": {"requests": {"cpu": "0.5", "memory": "1024Mi"}}}]}}}}""";

    @BeforeAll
    static void given() throws UnknownHostException {
        assumeTrue(System.getProperty(FILE) != null, "no cluster is given; with one: ./mvnw test-compile"
                + " failsafe:integration-test failsafe:verify -Dit.test=ClusterIT -D" + FILE + "=FILE");
        try (KubernetesClient client = client()) {
            String host = client.getMasterUrl().getHost();
            boolean here = InetAddress.getByName(host).isLoopbackAddress();
            assertThat(here || Boolean.getBoolean("kubernetes.elsewhere")).as(host + " is not this machine. If these tests"
                    + " may make and delete namespaces there, say -Dkubernetes.elsewhere=true").isTrue();
        }
    }

    private static KubernetesClient client() {
        return new ClusterAccess(Optional.of(Path.of(System.getProperty(FILE))), Optional.empty(), Map.of()).open();
    }

    @Override
    KubernetesClient open() {
        return client();
    }

    private Deployment web() {
        return theirs().apps().deployments().inNamespace(namespace).withName("web").get();
    }

    @Test
    void defaultsAndOtherNotationsAreNoDifference() {
        run().apply(section(WEB));
        assertThat(web().getSpec().getReplicas()).isEqualTo(1);
        assertThat(run().plan(section(WEB)).plan().changes()).isEmpty();
        assertThat(run().plan(section(WEB.replace("1024Mi", "1Gi"))).plan().changes()).isEmpty();
    }

    @Test
    void aPlanOfAnAbsentNamespaceSaysWhatItCouldNotCheck() {
        assertThat(run().plan(section(WEB)).notices()).contains("fields not checked");
    }

    @Test
    void aSelectorCannotBeChangedInPlaceSoTheObjectIsMadeAnew() {
        run().apply(section(WEB));
        String uid = web().getMetadata().getUid();
        String other = WEB.replace("{\"app\": \"web\"}", "{\"app\": \"other\"}");
        ClusterRun.Found found = run().plan(section(other));
        assertThat(found.problems()).isEmpty();
        assertThat(found.change(address("Deployment", "web"))).containsInstanceOf(Change.Replace.class);
        assertThat(web().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void aStatefulSetIsNotMadeAnewByItself() {
        String set = """
                {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "db",
                   "annotations": {"realmform.dev/wait": "false"}},
                 "spec": {"serviceName": "one", "selector": {"matchLabels": {"app": "db"}},
                   "template": {"metadata": {"labels": {"app": "db"}},
                     "spec": {"containers": [{"name": "db", "image": "example.test/db:1"}]}}}}""";
        run().apply(section(set));
        assertThat(run().plan(section(set.replace("\"one\"", "\"two\""))).problems()).singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
                    assertThat(problem.what()).contains("cannot be changed in place");
                });
    }

    @Test
    void whoeverScalesHoldsTheReplicas() {
        String two = WEB.replace("\"spec\": {\"selector\"", "\"spec\": {\"replicas\": 2, \"selector\"");
        run().apply(section(two));
        theirs().apps().deployments().inNamespace(namespace).withName("web").scale(3);
        assertThat(run().plan(section(two)).problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("spec.replicas is held by", "(scale)");
        assertThat(run().plan(section(WEB)).problems()).isEmpty();
    }
}
