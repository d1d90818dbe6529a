package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.ApplyingMock;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keycloak and its realm in one run, from nothing. The cluster is the mock or a real API server; no kubelet starts the pods, so
 * a load balancer answers 503 until the test has seen the workload, reported its pods as ready and let a real Keycloak through.
 */
@ExtendWith(RealKeycloak.class)
class FirstRunIT {

    @TempDir
    Path folder;

    private final String namespace = "realmform-test-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final AtomicBoolean isOpen = new AtomicBoolean();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<String> said = new ArrayList<>();
    private Optional<ApplyingMock> mock = Optional.empty();
    private KubernetesClient theirs;
    private Relay balancer;
    private Workbench bench;
    private String password;

    @BeforeEach
    void given(KeycloakServer server, RealmName realm) throws IOException {
        if (System.getProperty(TestCluster.REAL) == null) {
            mock = Optional.of(new ApplyingMock());
        }
        Path kubeconfig = mock.map(one -> one.kubeconfig(folder)).orElseGet(TestCluster::realKubeconfig);
        theirs = new ClusterAccess(Optional.of(kubeconfig), Optional.empty(), Map.of()).open();
        balancer = relay(server);
        password = server.adminPassword();
        bench = Workbench.at(server, folder)
                .without("KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD")
                .with("KEYCLOAK_URL", balancer.url())
                .with("KUBECONFIG", kubeconfig.toString())
                .with("FIRST", password);
        bench.write("all.yaml", """
            realmform: {secrets: {first: {env: FIRST}}}
            realm: %1$s
            clients:
              web: {publicClient: false, standardFlowEnabled: true, redirectUris: [https://web.example/callback]}
            groups: [{name: staff, realmRoles: [offline_access]}]
            users: [{username: ada, groups: [/staff]}]
            cluster:
              namespace: %2$s
              keycloak: {production: false, hostname: auth.example.com, keepBootstrapAdmin: true, admin: {password: $(secret:first)}}
              secrets:
                proxy: {data: {client_secret: $(ref:client/%1$s/web.secret)}}
            """.formatted(realm, namespace));
    }

    private Relay relay(KeycloakServer server) throws IOException {
        return Relay.before(server.url(), new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                return isOpen.get() ? Optional.empty() : Optional.of(Relay.Reply.html(503, "no endpoints"));
            }
        });
    }

    @AfterEach
    void closed() throws IOException {
        isOver.set(true);
        theirs.namespaces().withName(namespace).delete();
        theirs.close();
        balancer.close();
        mock.ifPresent(ApplyingMock::close);
    }

    /** What kubelet and load balancer do, whether or not a controller looks after the workload. */
    private void podsComeUp(boolean leadsToThem) {
        Thread.ofVirtual().start(() -> {
            while (!isOver.get()) {
                StatefulSet workload = theirs.apps().statefulSets().inNamespace(namespace).withName("keycloak").get();
                if (workload != null) {
                    makeReady(workload);
                    if (leadsToThem) {
                        isOpen.set(true);
                    }
                }
                pause();
            }
        });
    }

    private void makeReady(StatefulSet workload) {
        try {
            theirs.pods().inNamespace(namespace).list().getItems().forEach(this::isReady);
            boolean isNew = workload.getStatus() == null || workload.getStatus().getReadyReplicas() == null
                    || workload.getStatus().getReadyReplicas() == 0;
            if (isNew) {
                report(workload);
                mock.ifPresent(ignored -> makePod(workload));
            }
        } catch (KubernetesClientException e) {
            // A controller writes it too: then it has seen the pods, or will.
        }
    }

    private void isReady(Pod pod) {
        if (pod.getStatus().getConditions().stream().noneMatch(one -> one.getType().equals("Ready"))) {
            theirs.pods()
                    .resource(pod)
                    .editStatus(one -> new PodBuilder(one).editStatus()
                            .withPhase("Running")
                            .addNewCondition()
                            .withType("Ready")
                            .withStatus("True")
                            .endCondition()
                            .endStatus()
                            .build());
        }
    }

    private void report(StatefulSet workload) {
        Long generation = workload.getMetadata().getGeneration();
        theirs.apps().statefulSets().inNamespace(namespace).withName("keycloak").editStatus(one -> {
            one.setStatus(new StatefulSetStatusBuilder()
                    .withObservedGeneration(generation == null ? 1 : generation)
                    .withReplicas(1)
                    .withReadyReplicas(1)
                    .withUpdatedReplicas(1)
                    .withCurrentRevision("a")
                    .withUpdateRevision("a")
                    .build());
            return one;
        });
    }

    private void makePod(StatefulSet workload) {
        theirs.pods()
                .inNamespace(namespace)
                .resource(new PodBuilder().withNewMetadata()
                        .withName("keycloak-0")
                        .withLabels(workload.getSpec().getSelector().getMatchLabels())
                        .addNewOwnerReference()
                        .withApiVersion("apps/v1")
                        .withKind("StatefulSet")
                        .withName("keycloak")
                        .withUid(workload.getMetadata().getUid())
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandLineRun run(String... arguments) {
        CommandLineRun ended = bench.run(arguments);
        said.add(ended.all());
        return ended;
    }

    private Optional<String> clientSecret() {
        return Optional.ofNullable(theirs.secrets().inNamespace(namespace).withName("proxy").get())
                .map(Secret::getData)
                .map(data -> new String(Base64.getDecoder().decode(data.get("client_secret")), StandardCharsets.UTF_8));
    }

    @Test
    void keycloakAndItsRealmAreOnePlanAndOneApply(RealmName realm, AdminApi admin) {
        CommandLineRun plan = run("plan", "-f", "all.yaml").ended(0)
                .printed("+ StatefulSet/" + namespace + "/keycloak", "+ client/" + realm + "/web",
                        "+ Secret/" + namespace + "/proxy", "does not answer, and the state holds nothing of it");
        assertThat(plan.out().indexOf("StatefulSet/")).isLessThan(plan.out().indexOf("client/" + realm));
        run("plan", "-f", "all.yaml", "--out", "first.plan").ended(0);

        podsComeUp(true);
        run("apply", "first.plan", "--auto-approve").ended(0).printed("Apply complete!");
        String made = admin.get(realm + "/clients?clientId=web").get(0).path("secret").asText();
        assertThat(clientSecret()).contains(made);
        assertThat(admin.get(realm + "/users?username=ada")).hasSize(1);
        run("plan", "-f", "all.yaml").foundNothingToDo();
        run("drift", "-f", "all.yaml").ended(0);

        said.add(bench.read("state/" + realm + ".json"));
        run("destroy", "-f", "all.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm.value())).isEmpty();
        assertThat(clientSecret()).isEmpty();
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(made));
    }

    @Test
    void aServiceAccountTakesThePlaceOfTheFirstAdministrator(RealmName realm) throws IOException, InterruptedException {
        balancer.close();
        try (KeycloakServer fresh = KeycloakServer.start(RealKeycloak.distribution(), KeycloakServer.Options.defaults(),
                step -> {})) {
            balancer = relay(fresh);
            bench = bench.with("KEYCLOAK_URL", balancer.url()).with("FIRST", fresh.adminPassword());
            bench.write("all.yaml", bench.read("all.yaml").replace("keepBootstrapAdmin: true, ", ""));
            run("plan", "-f", "all.yaml").ended(0).printed("client realmform in master");
            podsComeUp(true);
            AdminApi first = new AdminApi(fresh.url(), fresh.adminUser(), fresh.adminPassword());
            first.post("master/clients", client("somebody else's"));
            run("apply", "-f", "all.yaml", "--auto-approve").ended(0)
                    .complained("administrator stays", "somebody else's");
            String id = first.get("master/clients?clientId=realmform").get(0).path("id").asText();
            String account = first.get("master/clients/" + id + "/service-account-user").path("id").asText();
            assertThat(first.get("master/users/" + account + "/role-mappings").has("clientMappings")).isFalse();

            first.delete("master/clients/" + id);
            first.post("master/clients", client(fresh.adminPassword()));
            run("apply", "-f", "all.yaml", "--auto-approve").ended(0)
                    .complained(
                            "realmform in master is what realmform logs in with from now on; the temporary administrator "
                                    + fresh.adminUser() + " is gone");
            assertThat(catchThrowable(() -> new AdminApi(fresh.url(), fresh.adminUser(), fresh.adminPassword())
                    .get("master"))).isNotNull();
            assertThat(run("plan", "-f", "all.yaml").foundNothingToDo().all()).doesNotContain("first administrator");
            run("apply", "-f", "all.yaml", "--auto-approve").ended(0);
            run("destroy", "-f", "all.yaml", "--auto-approve").ended(0);
        }
    }

    /** As an apply leaves it that is cut off before it is done with it. */
    private static String client(String secret) {
        return """
            {"clientId": "realmform", "enabled": false, "serviceAccountsEnabled": true, "secret": "%s"}"""
                .formatted(secret);
    }

    /** The mock's pods alone have ports that lead anywhere. */
    @Test
    void whereNoNameLeadsToItAPortForwardDoes(KeycloakServer server, RealmName realm, AdminApi admin) {
        assumeTrue(mock.isPresent(), "pods of a cluster without kubelet have no ports");
        mock.orElseThrow().forwardTo(server.url().getPort());
        bench.write("all.yaml", bench.read("all.yaml")
                .replace("realmform: {", "realmform: {server: {via: port-forward}, "));
        bench = bench.without("KEYCLOAK_URL");
        run("plan", "-f", "all.yaml").ended(0).printed("does not answer, and the state holds nothing of it");
        podsComeUp(false);
        run("apply", "-f", "all.yaml", "--auto-approve").ended(0).printed("Apply complete!");
        assertThat(admin.get(realm + "/users?username=ada")).hasSize(1);
        run("plan", "-f", "all.yaml").foundNothingToDo();
        run("destroy", "-f", "all.yaml", "--auto-approve").ended(0);
        assertThat(mock.orElseThrow().requests()).anyMatch(request -> request.contains("/pods/keycloak-0/portforward"));
    }

    @Test
    void aKeycloakThatStaysAwayLosesNothing(RealmName realm, AdminApi admin) {
        podsComeUp(false);
        run("apply", "-f", "all.yaml", "--auto-approve", "--wait=1s").ended(1)
                .complained("the pods of Keycloak are ready, and it does not answer", "not started");
        assertThat(admin.find(realm.value())).isEmpty();
        run("plan", "-f", "all.yaml").ended(0).printed("+ client/" + realm + "/web", "0 to destroy");
        isOpen.set(true);
        run("apply", "-f", "all.yaml", "--auto-approve").ended(0).printed("Apply complete!");
        run("plan", "-f", "all.yaml").foundNothingToDo();

        isOpen.set(false);
        run("plan", "-f", "all.yaml").ended(3);
    }

    @Test
    void whatWasNeverThereIsDestroyedWithoutIt() {
        podsComeUp(false);
        run("apply", "-f", "all.yaml", "--auto-approve", "--wait=1s").ended(1);
        run("destroy", "-f", "all.yaml", "--auto-approve").ended(0).printed("Apply complete!");
        assertThat(theirs.apps().statefulSets().inNamespace(namespace).withName("keycloak").get()).isNull();
    }

    @Test
    void aKeycloakThatIsNotEmptyIsLeftAsItIs(RealmName realm, AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"displayName\": \"somebody else's\"}");
        podsComeUp(true);
        run("apply", "-f", "all.yaml", "--auto-approve").ended(1)
                .complained("is not as empty as it was taken for", "adopt realm/" + realm);
        assertThat(admin.get(realm + "/clients?clientId=web")).isEmpty();
        run("apply", "-f", "all.yaml", "--auto-approve").ended(0);
        run("plan", "-f", "all.yaml").foundNothingToDo();
        assertThat(admin.get(realm.value()).path("displayName").asText()).isEqualTo("somebody else's");
    }
}
