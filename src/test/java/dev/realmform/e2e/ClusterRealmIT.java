package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.ApplyingMock;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A realm and a cluster in one plan: the secret that Keycloak makes for a client is in the cluster's Secret after one apply. On
 * the mock, or on a real API server if -Dkubernetes.kubeconfig names one.
 */
@ExtendWith(RealKeycloak.class)
class ClusterRealmIT {

    private static final String CANARY = "canary7q3x9z5w";

    @TempDir
    Path folder;

    private final String namespace = "realmform-test-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final List<String> said = new ArrayList<>();
    private Optional<ApplyingMock> mock = Optional.empty();
    private KubernetesClient theirs;
    private Workbench bench;

    @BeforeEach
    void given(KeycloakServer server, RealmName realm) {
        if (System.getProperty(TestCluster.REAL) == null) {
            mock = Optional.of(new ApplyingMock());
        }
        Path kubeconfig = mock.map(one -> one.kubeconfig(folder)).orElseGet(TestCluster::realKubeconfig);
        theirs = new ClusterAccess(Optional.of(kubeconfig), Optional.empty(), Map.of()).open();
        bench = Workbench.at(server, folder)
                .with("KUBECONFIG", kubeconfig.toString())
                .with("SMTP", CANARY);
        bench.write("osmo.yaml", file(realm));
    }

    private String file(RealmName realm) {
        return """
            realmform: {secrets: {smtp: {env: SMTP}}}
            realm: %1$s
            clients:
              web: {publicClient: false, standardFlowEnabled: true, redirectUris: [https://web.example/callback]}
            cluster:
              namespace: %2$s
              objects:
                - {apiVersion: v1, kind: Namespace, metadata: {name: %2$s}}
                - apiVersion: v1
                  kind: ConfigMap
                  metadata: {name: web}
                  data: {issuer: https://sso.example/realms/%1$s}
              secrets:
                proxy:
                  data:
                    client_secret: $(ref:client/%1$s/web.secret)
                    cookie_secret: $(random:base64url:32)
                    smtp: $(secret:smtp)
            """.formatted(realm, namespace);
    }

    @AfterEach
    void closed() {
        theirs.namespaces().withName(namespace).delete();
        theirs.namespaces().withName(namespace + "-theirs").delete();
        theirs.close();
        mock.ifPresent(ApplyingMock::close);
    }

    private CommandLineRun run(String... arguments) {
        CommandLineRun ended = bench.run(arguments);
        said.add(ended.all());
        return ended;
    }

    private Secret secret() {
        return theirs.secrets().inNamespace(namespace).withName("proxy").get();
    }

    private String value(String key) {
        return new String(Base64.getDecoder().decode(secret().getData().get(key)), StandardCharsets.UTF_8);
    }

    private static String clientSecret(RealmName realm, AdminApi admin) {
        JsonNode client = admin.get(realm + "/clients?clientId=web").get(0);
        return client.path("secret").asText();
    }

    @Test
    void oneApplyBringsTheSecretAcrossAndDriftIsSeenInBothWorlds(RealmName realm, AdminApi admin) {
        others();
        run("plan", "-f", "osmo.yaml", "--json").ended(0);
        CommandLineRun plan = run("plan", "-f", "osmo.yaml").ended(0)
                .printed("· cluster ", "+ Secret/" + namespace + "/proxy", "known after client/" + realm + "/web",
                        "created after Namespace/" + namespace);
        assertThat(plan.out().indexOf("client/" + realm + "/web")).isLessThan(plan.out().indexOf("+ Secret/"));
        run("apply", "-f", "osmo.yaml", "--auto-approve").ended(0).printed("Apply complete!");
        String made = clientSecret(realm, admin);
        assertThat(value("client_secret")).isEqualTo(made).isNotEmpty();
        String cookie = value("cookie_secret");
        assertThat(Base64.getUrlDecoder().decode(cookie)).hasSize(32);
        assertThat(value("smtp")).isEqualTo(CANARY);
        run("plan", "-f", "osmo.yaml").foundNothingToDo();

        edit(realm, admin);
        run("drift", "-f", "osmo.yaml").ended(2)
                .printed("~ Secret/" + namespace + "/proxy", "data.client_secret", "~ client/" + realm + "/web",
                        "data.client_secret is held by");
        run("apply", "-f", "osmo.yaml", "--auto-approve").ended(0);
        assertThat(value("client_secret")).isEqualTo(made);
        assertThat(value("cookie_secret")).isEqualTo(cookie);
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
        run("drift", "-f", "osmo.yaml").ended(0);

        said.add(bench.read("state/" + realm + ".json"));
        run("destroy", "-f", "osmo.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm.value())).isEmpty();
        assertThat(secret()).isNull();
        assertThat(theirs.configMaps().inNamespace(namespace + "-theirs").withName("theirs").get()).isNotNull();
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(CANARY, made, cookie));
    }

    private void others() {
        theirs.namespaces()
                .resource(
                        new NamespaceBuilder().withNewMetadata().withName(namespace + "-theirs").endMetadata().build())
                .create();
        theirs.configMaps()
                .inNamespace(namespace + "-theirs")
                .resource(new ConfigMapBuilder().withNewMetadata().withName("theirs").endMetadata().build())
                .create();
    }

    private void edit(RealmName realm, AdminApi admin) {
        Secret changed = secret();
        changed.getData().put("client_secret", "b3RoZXI=");
        theirs.secrets().inNamespace(namespace).resource(changed).update();
        String id = admin.get(realm + "/clients?clientId=web").get(0).path("id").asText();
        admin.put(realm + "/clients/" + id, "{\"clientId\": \"web\", \"standardFlowEnabled\": false}");
    }

    @Test
    void aSavedPlanOfBothIsCarriedOut(RealmName realm, AdminApi admin) {
        run("plan", "-f", "osmo.yaml", "--out", "saved.plan").ended(0);
        assertThat(bench.read("saved.plan")).doesNotContain(CANARY);
        run("apply", "saved.plan", "--auto-approve").ended(0);
        assertThat(value("client_secret")).isEqualTo(clientSecret(realm, admin));
    }

    @Test
    void aClusterAloneNeedsNoKeycloak() {
        bench.write("cluster.yaml", """
                cluster:
                  namespace: %1$s
                  objects:
                    - {apiVersion: v1, kind: Namespace, metadata: {name: %1$s}}
                    - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: "1"}}
                """.formatted(namespace));
        Workbench without = bench.without("KEYCLOAK_URL", "KEYCLOAK_USERNAME", "KEYCLOAK_PASSWORD");
        without.apply("-f", "cluster.yaml").ended(0).printed("cluster ", "Apply complete!");
        without.run("plan", "-f", "cluster.yaml").foundNothingToDo();
        without.run("destroy", "-f", "cluster.yaml", "--auto-approve").ended(0);
        assertThat(theirs.configMaps().inNamespace(namespace).withName("a").get()).isNull();
    }

    @Test
    void anotherContextThanTheFilesAreAboutIsRefused() {
        bench.write("other.yaml", "cluster: {context: gpu-prod}\n");
        run("apply", "-f", "osmo.yaml", "-f", "other.yaml", "--auto-approve").ended(1)
                .complained("the files are about the cluster of context gpu-prod, and the context in use is",
                        "--context gpu-prod");
        assertThat(secret()).isNull();
    }
}
