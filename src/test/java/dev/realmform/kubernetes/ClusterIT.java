package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same on a real API server, and what only that shows: defaults, other notations, managers, immutable fields. No kubelet is
 * needed.
 */
@EnabledIfSystemProperty(named = TestCluster.REAL, matches = ".+", disabledReason = TestCluster.HOW)
class ClusterIT extends ClusterContract {

    private static final String WEB = """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web",
               "annotations": {"realmform.dev/wait": "false"}},
             "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
               "spec": {"containers": [{"name": "web", "image": "example.test/web:1",
                 "resources": {"requests": {"cpu": "0.5", "memory": "1024Mi"}}}]}}}}""";

    private static KubernetesClient client() {
        return new ClusterAccess(Optional.of(TestCluster.realKubeconfig()), Optional.empty(), Map.of()).open();
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

    @Test
    void whoMayOnlyReadGetsTheWeakerComparisonAndIsToldSo() {
        String section = section(map("a", "{\"x\": \"1\"}"));
        run().apply(section);
        may("get", "list");
        try (FabricCluster looking = new FabricCluster(as("looker"))) {
            ClusterRun.Found same = new ClusterRun(looking).plan("""
                    {"namespace": "%s", "objects": [%s]}""".formatted(namespace, map("a", "{\"x\": \"1\"}")));
            assertThat(same.notices()).contains("may only read", address("ConfigMap", "a"), "a weaker comparison");
            assertThat(same.change(address("ConfigMap", "a")).orElseThrow().edits()).isEmpty();
            ClusterRun.Found other = new ClusterRun(looking).plan("""
                    {"namespace": "%s", "objects": [%s]}""".formatted(namespace, map("a", "{\"x\": \"2\"}")));
            assertThat(other.change(address("ConfigMap", "a")).orElseThrow().edits()).hasSize(1);
        }
    }

    /** What somebody who is called looker may do with what these tests make. */
    private void may(String... verbs) {
        theirs().rbac()
                .clusterRoles()
                .resource(new ClusterRoleBuilder().withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .addNewRule()
                        .addToApiGroups("")
                        .addToResources("configmaps", "namespaces")
                        .addToVerbs(verbs)
                        .endRule()
                        .build())
                .create();
        theirs().rbac()
                .clusterRoleBindings()
                .resource(new ClusterRoleBindingBuilder().withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", namespace)
                        .addNewSubject("rbac.authorization.k8s.io", "User", "looker", null)
                        .build())
                .create();
    }

    private KubernetesClient as(String user) {
        Config config = open().getConfiguration();
        config.setImpersonateUsername(user);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Override
    void stop() {
        try (KubernetesClient client = client()) {
            client.rbac().clusterRoleBindings().withName(namespace).delete();
            client.rbac().clusterRoles().withName(namespace).delete();
        }
    }

    @Test
    void whatIsGoneIsGoneAndAnotherOfThatNameIsNotOurs() {
        run().apply(section(map("a", "{\"x\": \"1\"}")));
        ClusterRun.Found found = run().plan(section());
        ConfigMap ours = theirs().configMaps().inNamespace(namespace).withName("a").get();
        theirs().configMaps().inNamespace(namespace).withName("a").delete();
        ours.getMetadata().setUid(null);
        ours.getMetadata().setResourceVersion(null);
        theirs().configMaps().inNamespace(namespace).resource(ours).create();
        assertThat(run().carryOut(found).get(Address.parse(address("ConfigMap", "a")))).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> assertThat(failed.problem().kind()).isEqualTo(Problem.Kind.STALE));
        assertThat(theirs().configMaps().inNamespace(namespace).withName("a").get()).isNotNull();
    }

    @Test
    void aRolloutIsThroughOnceItsControllerSaysSoOfThisVeryManifest() {
        run().apply(section());
        String web = WEB.replace("\"realmform.dev/wait\": \"false\"", "");
        ClusterRun.Found found = run().plan(section(web));
        assertThat(run().carryOut(found).get(Address.parse(address("Deployment", "web")))).isInstanceOfSatisfying(
                Outcome.Failed.class, failed -> {
                    assertThat(failed.problem().what()).contains("not through after");
                    assertThat(failed.id()).isPresent();
                });
        // Its controller, if there is one, soon says otherwise: what counts is the server's answer to this very write.
        Deployment told = theirs().apps()
                .deployments()
                .inNamespace(namespace)
                .withName("web")
                .editStatus(deployment -> {
                    deployment.setStatus(new DeploymentStatusBuilder()
                            .withObservedGeneration(deployment.getMetadata().getGeneration())
                            .withReplicas(1)
                            .withUpdatedReplicas(1)
                            .withReadyReplicas(1)
                            .withAvailableReplicas(1)
                            .build());
                    return deployment;
                });
        assertThat(Rollout.of((Value.MapOf) Json.parse(Serialization.asJson(told)))).isEqualTo(Rollout.THROUGH);
    }

    private static String definition(String group, String plural, String kind, String version) {
        return """
                {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                 "metadata": {"name": "%2$s.%1$s"},
                 "spec": {"group": "%1$s", "scope": "Namespaced", "names": {"kind": "%3$s", "plural": "%2$s"},
                  "versions": [{"name": "%4$s", "served": true, "storage": true,
                    "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]}}"""
                .formatted(group, plural, kind, version);
    }

    @Test
    void anObjectComesAfterTheDefinitionOfItsKindAndGoesBeforeIt() {
        String group = namespace + ".example.com";
        String definition = definition(group, "animals", "Animal", "v1");
        String animal = """
                {"apiVersion": "%s/v1", "kind": "Animal", "metadata": {"name": "leo"}, "legs": 4}""".formatted(group);
        try {
            run().apply(section(animal, definition));
            assertThat(run().plan(section(animal, definition)).plan().changes()).isEmpty();
            List<String> going = run().destroy().plan().changes().stream().map(one -> one.address().type()).toList();
            assertThat(going).containsSubsequence("Animal." + group, "CustomResourceDefinition");
        } finally {
            theirs().apiextensions().v1().customResourceDefinitions().withName("animals." + group).delete();
        }
    }

    @Test
    void whatOnlyALesserVersionOfAGroupServesIsFoundAgain() {
        String group = namespace + ".example.com";
        String better = definition(group, "animals", "Animal", "v1");
        String lesser = definition(group, "cages", "Cage", "v1alpha1");
        String cage = """
                {"apiVersion": "%s/v1alpha1", "kind": "Cage", "metadata": {"name": "c"}}""".formatted(group);
        try {
            run().apply(section(better, lesser, cage));
            ClusterRun.Found found = run().plan(section(better, lesser));
            assertThat(found.change("Cage." + group + "/" + namespace + "/c")).containsInstanceOf(Change.Delete.class);
        } finally {
            theirs().apiextensions().v1().customResourceDefinitions().withName("animals." + group).delete();
            theirs().apiextensions().v1().customResourceDefinitions().withName("cages." + group).delete();
        }
    }
}
