package dev.realmform.kubernetes.state;

import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same on a real API server, and what no mock knows: rights and namespaces. */
@EnabledIfSystemProperty(named = TestCluster.REAL, matches = ".+", disabledReason = TestCluster.HOW)
class RealClusterStateTest extends ClusterStateContract {

    @Override
    TestCluster open() {
        return TestCluster.real();
    }

    @Test
    void whoMayGetThisSecretAloneMayPlanAndNotApply() {
        inARun(store(), fresh(), journal -> {});
        String namespace = cluster.namespace();
        cluster.client()
                .resource(new RoleBuilder().withNewMetadata()
                        .withNamespace(namespace)
                        .withName("looker")
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("secrets")
                        .withResourceNames(NAME)
                        .withVerbs("get")
                        .endRule()
                        .build())
                .create();
        cluster.client()
                .resource(new RoleBindingBuilder().withNewMetadata()
                        .withNamespace(namespace)
                        .withName("looker")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "looker")
                        .addNewSubject("rbac.authorization.k8s.io", "User", "looker", null)
                        .build())
                .create();
        Config config = cluster.config();
        config.setImpersonateUsername("looker");
        try (ClusterStateStore store = new ClusterStateStore(
                new KubernetesClientBuilder().withConfig(config).build(), new ClusterPlace(namespace, NAME), JSON,
                () -> "looker", folder, InstantSource.system())) {
            assertThat(store.load()).isPresent();
            Problem forbidden = problems(() -> store.lock(Duration.ZERO, ADA)).getFirst();
            assertThat(forbidden.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
            assertThat(forbidden.what()).contains("looker", "leases");
        }
    }

    @Test
    void aNamespaceThatIsNotThereHoldsNoStateAndTakesNone() {
        try (ClusterStateStore store = new ClusterStateStore(cluster.open(),
                new ClusterPlace(cluster.namespace() + "-x", NAME), JSON, () -> "somebody", folder,
                InstantSource.system())) {
            assertThat(store.load()).isEmpty();
            Problem missing = problems(() -> store.lock(Duration.ZERO, ADA)).getFirst();
            assertThat(missing.remedy()).contains("kubectl create namespace " + cluster.namespace() + "-x");
        }
    }
}
