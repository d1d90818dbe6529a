package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds over HTTP, on the mock as on a real API server: codes, data and what changes, no words and no times. */
abstract class ClusterContract {

    final String namespace = "realmform-test-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    private KubernetesClient theirs;
    private FabricCluster cluster;
    private ClusterRun run;

    /** A client as realmform opens one. */
    abstract KubernetesClient open();

    @BeforeEach
    void opened() {
        theirs = open();
        cluster = new FabricCluster(open());
        run = new ClusterRun(cluster);
    }

    @AfterEach
    void closed() {
        theirs.namespaces().withName(namespace).delete();
        cluster.close();
        theirs.close();
        stop();
    }

    /** Once nobody needs the cluster any more. */
    void stop() {
        // A real one goes on.
    }

    KubernetesClient theirs() {
        return theirs;
    }

    ClusterRun run() {
        return run;
    }

    String section(String... manifests) {
        return """
                {"namespace": "%1$s", "objects": [
                  {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%1$s"}}%2$s%3$s]}""".formatted(
                namespace,
                manifests.length == 0 ? "" : ",", String.join(",", manifests));
    }

    static String map(String name, String data) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"" + name
                + "\"}, \"data\": "
                + data + "}";
    }

    String address(String kind, String name) {
        return kind + "/" + namespace + "/" + name;
    }

    private ConfigMap map(String name) {
        return theirs.configMaps().inNamespace(namespace).withName(name).get();
    }

    private void edit(String name, String key, String value) {
        theirs.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder(map(name)).addToData(key, value).build())
                .update();
    }

    @Test
    void whatIsMadeIsThereAndThePlanIsEmpty() {
        String section = section(map("a", "{\"x\": \"1\"}"));
        run.apply(section);
        assertThat(map("a").getData()).isEqualTo(Map.of("x", "1"));
        assertThat(map("a").getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "realmform");
        assertThat(run.plan(section).plan().changes()).isEmpty();
    }

    @Test
    void aRestartIsNoDriftAndAnApplyOfSomethingElseKeepsIt() {
        String web = """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "reader",
                   "annotations": {"realmform.dev/wait": "false"}},
                 "spec": {"selector": {"matchLabels": {"app": "reader"}}, "template": {"metadata":
                   {"labels": {"app": "reader"}}, "spec": {"containers": [{"name": "reader",
                     "image": "example.test/reader:1", "envFrom": [{"secretRef": {"name": "proxy"}}]}]}}}}""";
        run.apply(section(web));
        try (KubernetesProvider restarting = new KubernetesProvider(new FabricCluster(open()),
                new KubernetesProvider.Dealing(false, Duration.ZERO), hole -> Value.NULL, new Random(1))) {
            List<Change.Update> restarts = restarting
                    .restarts(Set.of(Address.parse(address("Secret", "proxy"))), Instant.EPOCH)
                    .changes();
            assertThat(restarts).extracting(change -> change.address().toString())
                    .containsExactly(address("Deployment", "reader"));
            assertThat(restarting.write(List.copyOf(restarts))).first().isInstanceOf(Outcome.Done.class);
        }
        assertThat(restartedAt()).containsEntry("kubectl.kubernetes.io/restartedAt", "1970-01-01T00:00:00Z");
        assertThat(run.plan(section(web)).plan().changes()).isEmpty();
        run.apply(section(web.replace("reader:1", "reader:2")));
        assertThat(restartedAt()).containsEntry("kubectl.kubernetes.io/restartedAt", "1970-01-01T00:00:00Z");
    }

    private Map<String, String> restartedAt() {
        return theirs.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("reader")
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    @Test
    void aPlanChangesNothing() {
        run.apply(section(map("a", "{\"x\": \"1\"}")));
        String version = map("a").getMetadata().getResourceVersion();
        run.plan(section(map("a", "{\"x\": \"2\"}"), map("b", "{}")));
        assertThat(map("a").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(map("b")).isNull();
    }

    @Test
    void whatSomebodyEditsIsShownAndMendedAndWhatTheyAddStays() {
        String section = section(map("a", "{\"x\": \"1\"}"));
        run.apply(section);
        edit("a", "x", "2");
        edit("a", "theirs", "3");
        ClusterRun.Found found = run.plan(section);
        assertThat(found.change(address("ConfigMap", "a"))).containsInstanceOf(Change.Update.class);
        assertThat(found.notices()).contains("data.x is held by");
        run.apply(section);
        assertThat(map("a").getData()).isEqualTo(Map.of("x", "1", "theirs", "3"));
        assertThat(run.plan(section).plan().changes()).isEmpty();
    }

    @Test
    void whatLeavesTheFileGoes() {
        run.apply(section(map("a", "{\"x\": \"1\", \"y\": \"2\"}"), map("b", "{\"x\": \"1\"}")));
        run.apply(section(map("a", "{\"x\": \"1\"}")));
        assertThat(map("a").getData()).isEqualTo(Map.of("x", "1"));
        assertThat(map("b")).isNull();
    }

    @Test
    void aSecretHoldsWhatItShallAndAnEditOfItIsSeen() {
        String section = """
                {"namespace": "%1$s", "objects": [{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%1$s"}}],
                 "secrets": {"s": {"data": {"k": "canary7q3x9z5w"}}}}""".formatted(namespace);
        run.apply(section);
        Secret secret = theirs.secrets().inNamespace(namespace).withName("s").get();
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("k")), StandardCharsets.UTF_8))
                .isEqualTo("canary7q3x9z5w");
        assertThat(secret.getType()).isEqualTo("Opaque");
        ClusterRun.Found same = run.plan(section);
        assertThat(same.plan().changes()).isEmpty();
        secret.getData().put("k", "b3RoZXI=");
        theirs.secrets().inNamespace(namespace).resource(secret).update();
        ClusterRun.Found found = run.plan(section);
        assertThat(found.change(address("Secret", "s"))).containsInstanceOf(Change.Update.class);
        assertThat(found.plan() + found.live().toString()).doesNotContain("canary7q3x9z5w", "b3RoZXI=", "other");
        run.apply(section);
        assertThat(run.plan(section).plan().changes()).isEmpty();
    }

    @Test
    void aManifestThatFitsNoSchemaIsTheUsersErrorAtOnce() {
        run.apply(section());
        long start = System.nanoTime();
        String wrong = "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"w\"}, \"spec\": {\"bogus\": 1}}";
        Problem problem = catchThrowableOfType(ProblemException.class, () -> run.plan(section(wrong))).problems()
                .getFirst();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.INVALID);
        assertThat(problem.what()).contains(address("Deployment", "w"), "bogus");
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5000);
    }

    @Test
    void aKindThatTheClusterDoesNotHaveIsToldByName() {
        String unknown = "{\"apiVersion\": \"example.test/v1\", \"kind\": \"Gadget\", \"metadata\": {\"name\": \"g\"}}";
        assertThat(catchThrowableOfType(ProblemException.class, () -> run.plan(section(unknown))).problems())
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("the cluster knows no kind Gadget in example.test/v1");
    }

    @Test
    void whatIsAnothersKeepsANamespaceAlive() {
        run.apply(section(map("a", "{}")));
        theirs.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder().withNewMetadata().withName("theirs").endMetadata().build())
                .create();
        assertThat(run.plan("{}").problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("would take along what is not ours", address("ConfigMap", "theirs"));
    }

    @Test
    void theClusterIsKnownByItsOldestNamespace() {
        assertThat(run.plan(section()).live().identity().realmIds()).containsOnlyKeys("$cluster");
        assertThat(Address.parse(address("ConfigMap", "a")).isOfCluster()).isTrue();
    }
}
