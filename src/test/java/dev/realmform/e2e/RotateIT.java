package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.kubernetes.ClusterAccess;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.ApplyingMock;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestCluster;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A new secret on its way: made by Keycloak, written into the Secret, read by pods that are started anew. On the mock, or on a
 * real API server if -Dkubernetes.kubeconfig names one.
 */
@ExtendWith(RealKeycloak.class)
class RotateIT {

    private static final String CANARY = "canary7q3x9z5w";
    private static final String STAMP = "kubectl.kubernetes.io/restartedAt";

    @TempDir
    Path folder;

    private final String namespace = "realmform-test-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final List<String> said = new ArrayList<>();
    private final List<String> secrets = new CopyOnWriteArrayList<>(List.of(CANARY));
    private Optional<ApplyingMock> mock = Optional.empty();
    private KubernetesClient theirs;
    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm, AdminApi admin) {
        if (System.getProperty(TestCluster.REAL) == null) {
            mock = Optional.of(new ApplyingMock());
        }
        Path kubeconfig = mock.map(one -> one.kubeconfig(folder)).orElseGet(TestCluster::realKubeconfig);
        theirs = new ClusterAccess(Optional.of(kubeconfig), Optional.empty(), Map.of()).open();
        bench = Workbench.at(server, folder).with("KUBECONFIG", kubeconfig.toString()).with("GIVEN", CANARY);
        bench.write("osmo.yaml", file(realm));
        run("apply", "-f", "osmo.yaml", "--auto-approve").ended(0);
        secrets.add(clientSecret(realm, admin));
        theirs.apps().deployments().inNamespace(namespace).resource(reader("theirs", "proxy")).create();
        theirs.apps().deployments().inNamespace(namespace).resource(reader("bystander", "another")).create();
    }

    private String file(RealmName realm) {
        return """
            realmform: {secrets: {given: {env: GIVEN}}}
            realm: %1$s
            enabled: true
            clients:
              web: {publicClient: false, standardFlowEnabled: true, redirectUris: [https://web.example/callback]}
              lonely: {publicClient: false, serviceAccountsEnabled: true}
              spa: {publicClient: true}
              given: {publicClient: false, secret: $(secret:given)}
              keyed: {publicClient: false, clientAuthenticatorType: client-jwt}
            cluster:
              namespace: %2$s
              objects:
                - {apiVersion: v1, kind: Namespace, metadata: {name: %2$s}}
                - apiVersion: apps/v1
                  kind: Deployment
                  metadata: {name: ours}
                  spec:
                    selector: {matchLabels: {app: ours}}
                    template:
                      metadata: {labels: {app: ours}}
                      spec: {containers: [{name: ours, image: "example.test/ours:1", envFrom: [{secretRef: {name: proxy}}]}]}
              secrets:
                proxy:
                  data:
                    client_secret: $(ref:client/%1$s/web.secret)
                    cookie_secret: $(random:base64url:32)
                    other_secret: $(random:hex:16)
                    given: $(secret:given)
            """.formatted(realm, namespace);
    }

    private io.fabric8.kubernetes.api.model.apps.Deployment reader(String name, String secret) {
        return new DeploymentBuilder().withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("a")
                .withImage("example.test/a:1")
                .addNewEnv()
                .withName("SECRET")
                .withNewValueFrom()
                .withNewSecretKeyRef("client_secret", secret, false)
                .endValueFrom()
                .endEnv()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Whatever happened, no secret was told. */
    @AfterEach
    void closed(RealmName realm) {
        theirs.namespaces().withName(namespace).delete();
        theirs.close();
        mock.ifPresent(ApplyingMock::close);
        said.add(bench.read("state/" + realm + ".json"));
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }

    /** Pods never come up here: nobody waits for them. */
    private CommandLineRun run(String... arguments) {
        CommandLineRun ended = bench.run(Stream
                .concat(Stream.of(arguments), Stream.of("--rollout-timeout", "0"))
                .toArray(String[]::new));
        said.add(ended.all());
        return ended;
    }

    private CommandLineRun rotate(String address, String... more) {
        return run(Stream.concat(Stream.of("rotate", address, "-f", "osmo.yaml"), Stream.of(more))
                .toArray(String[]::new));
    }

    private String value(String key) {
        String value = new String(Base64.getDecoder()
                .decode(theirs.secrets()
                        .inNamespace(namespace)
                        .withName("proxy")
                        .get()
                        .getData()
                        .get(key)),
                StandardCharsets.UTF_8);
        secrets.add(value);
        return value;
    }

    private String clientSecret(RealmName realm, AdminApi admin) {
        String secret = admin.get(realm + "/clients?clientId=web").get(0).path("secret").asText();
        secrets.add(secret);
        return secret;
    }

    private Optional<String> restartedAt(String name) {
        return Optional.ofNullable(theirs.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()).map(annotations -> annotations.get(STAMP));
    }

    @Test
    void aNewSecretGoesFromKeycloakIntoTheSecretAndThenIntoThePods(RealmName realm, AdminApi admin) {
        String old = clientSecret(realm, admin);
        String cookie = value("cookie_secret");
        rotate("client/" + realm + "/web").ended(1)
                .printed("~ client/" + realm + "/web", "secret: secret #1 → known after client/" + realm + "/web",
                        "Keycloak makes the new one", "~ Secret/" + namespace + "/proxy",
                        "data.client_secret: secret #1 → known after", "~ Deployment/" + namespace + "/ours",
                        "~ Deployment/" + namespace + "/theirs",
                        "restarted: its pods read Secret/" + namespace + "/proxy",
                        "Plan: 0 to add, 4 to change, 0 to destroy.",
                        "the old secret is void at once: logins with it fail")
                .notPrinted("bystander")
                .notPrinted("cookie_secret")
                .complained("nobody can be asked");
        assertThat(clientSecret(realm, admin)).isEqualTo(old).isEqualTo(value("client_secret"));

        List<String> order = watched(realm, admin, old);
        rotate("client/web", "--auto-approve").ended(0).printed("Apply complete! Resources: 0 added, 4 changed");

        String made = clientSecret(realm, admin);
        assertThat(made).isNotEqualTo(old).isEqualTo(value("client_secret"));
        assertThat(value("cookie_secret")).isEqualTo(cookie);
        assertThat(restartedAt("ours")).isPresent();
        assertThat(restartedAt("theirs")).isEqualTo(restartedAt("ours"));
        assertThat(restartedAt("bystander")).isEmpty();
        if (mock.isPresent()) {
            assertThat(order.getFirst()).isEqualTo("Secret, Keycloak's is new");
            assertThat(order.subList(1, order.size())).containsExactlyInAnyOrder("Deployment", "Deployment");
        }
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
        run("drift", "-f", "osmo.yaml").ended(0);
        assertThat(bench.read("state/" + realm + ".json")).doesNotContain("theirs");
    }

    /** What is written into the cluster from now on, with whether Keycloak has the new secret by then. */
    private List<String> watched(RealmName realm, AdminApi admin, String old) {
        List<String> order = new CopyOnWriteArrayList<>();
        mock.ifPresent(one -> one.faults(request -> {
            if (request.startsWith("PATCH") && !request.contains("dryRun")) {
                order.add(request.contains("/secrets/")
                        ? "Secret, Keycloak's is " + (clientSecret(realm, admin).equals(old) ? "old" : "new")
                        : "Deployment");
            }
            return Optional.empty();
        }));
        return order;
    }

    @Test
    void aRunThatIsCutOffBeforeTheSecretSaysSoAndTheNextApplyHealsIt(RealmName realm, AdminApi admin) {
        assumeThat(mock).isPresent();
        String old = value("client_secret");
        mock.orElseThrow()
                .faults(request -> request.startsWith("PATCH") && request.contains("/secrets/proxy")
                        && !request.contains("dryRun")
                                ? Optional.of(ApplyingMock.refusal(403, "secrets \"proxy\" is"
                                        + " forbidden: User \"x\" cannot patch resource \"secrets\" in API group \"\""))
                                : Optional.empty());

        rotate("client/" + realm + "/web", "--auto-approve").ended(1)
                .complained("Keycloak has a new secret, and it may not have got to Secret/" + namespace + "/proxy.",
                        "Next: realmform apply -f osmo.yaml writes it there; then kubectl -n " + namespace
                                + " rollout restart deployment/ours deployment/theirs.",
                        "not started, since Secret/" + namespace + "/proxy failed");

        String made = clientSecret(realm, admin);
        assertThat(made).isNotEqualTo(old);
        assertThat(value("client_secret")).isEqualTo(old);
        assertThat(restartedAt("ours")).isEmpty();
        mock.orElseThrow().faults(request -> Optional.empty());
        run("plan", "-f", "osmo.yaml").ended(0).printed("~ Secret/" + namespace + "/proxy", "1 to change");
        run("apply", "-f", "osmo.yaml", "--auto-approve").ended(0);
        assertThat(value("client_secret")).isEqualTo(made);
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
    }

    @Test
    void aRotationThatFailedIsBegunAnewAndComesToItsEnd(RealmName realm, AdminApi admin) {
        assumeThat(mock).isPresent();
        mock.orElseThrow()
                .faults(request -> request.startsWith("PATCH") && request.contains("/deployments/theirs")
                        ? Optional.of(ApplyingMock.refusal(500, "etcd has gone"))
                        : Optional.empty());

        rotate("client/" + realm + "/web", "--auto-approve").ended(1)
                .complained("Deployment/" + namespace + "/theirs cannot be restarted: etcd has gone",
                        "The new secret is in place. Next: kubectl -n " + namespace
                                + " rollout restart deployment/theirs.");

        assertThat(value("client_secret")).isEqualTo(clientSecret(realm, admin));
        mock.orElseThrow().faults(request -> Optional.empty());
        rotate("client/" + realm + "/web", "--auto-approve").ended(0);
        assertThat(restartedAt("theirs")).isPresent();
        assertThat(value("client_secret")).isEqualTo(clientSecret(realm, admin));
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
    }

    @Test
    void whatElseDiffersOfTheClientIsLeftToAnApply(RealmName realm, AdminApi admin) {
        String id = admin.get(realm + "/clients?clientId=web").get(0).path("id").asText();
        admin.put(realm + "/clients/" + id, "{\"clientId\": \"web\", \"standardFlowEnabled\": false}");
        String old = clientSecret(realm, admin);

        rotate("client/" + realm + "/web", "--auto-approve", "--no-restart").ended(0)
                .printed("left to an apply: client/" + realm + "/web", "Nothing is restarted");

        assertThat(clientSecret(realm, admin)).isNotEqualTo(old).isEqualTo(value("client_secret"));
        assertThat(restartedAt("ours")).isEmpty();
        run("drift", "-f", "osmo.yaml").ended(2)
                .printed("~ client/" + realm + "/web", "standardFlowEnabled")
                .notPrinted("Secret/");
    }

    @Test
    void aSecretThatNobodyHoldsIsMadeAnewAllTheSameAndTheOldOneIsVoid(RealmName realm, AdminApi admin,
            KeycloakServer server) {
        String old = secretOf("lonely", realm, admin);

        rotate("lonely", "--auto-approve").ended(0)
                .printed("No Secret of these files holds it", "0 to add, 1 to change",
                        "the old secret is void at once");

        String made = secretOf("lonely", realm, admin);
        assertThat(made).isNotEqualTo(old);
        assertThat(login(server, realm, old)).isEqualTo("unauthorized_client");
        assertThat(login(server, realm, made)).isEqualTo("none");
    }

    private String secretOf(String client, RealmName realm, AdminApi admin) {
        String secret = admin.get(realm + "/clients?clientId=" + client).get(0).path("secret").asText();
        secrets.add(secret);
        return secret;
    }

    /** What comes of a login of this client: the server's word for what is wrong, or {@code none}. */
    private static String login(KeycloakServer server, RealmName realm, String secret) {
        HttpRequest request = HttpRequest
                .newBuilder(server.url().resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=lonely&client_secret=" + AdminApi.escape(secret)))
                .build();
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return AdminApi.json(answer).path("error").asText("none");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatHoldsItInKeycloakIsGivenTheNewOneToo(RealmName realm, AdminApi admin) {
        bench.write("osmo.yaml",
                file(realm).replace("  spa:", "  twin: {publicClient: false, secret: $(ref:client/" + realm
                        + "/lonely.secret)}\n  spa:"));
        run("apply", "-f", "osmo.yaml", "--auto-approve").ended(0);
        String old = secretOf("lonely", realm, admin);
        assertThat(secretOf("twin", realm, admin)).isEqualTo(old);

        rotate("twin", "--auto-approve").ended(1)
                .complained("the secret of client/" + realm + "/twin is that of client/" + realm + "/lonely");
        rotate("lonely", "--auto-approve").ended(0).printed("~ client/" + realm + "/twin", "2 to change");

        assertThat(secretOf("lonely", realm, admin)).isNotEqualTo(old).isEqualTo(secretOf("twin", realm, admin));
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
    }

    /** Runs on a server with {@code features=client-secret-rotation} in its {@code conf/keycloak.conf}. */
    @Test
    void whereAClientPolicyLetsTheOldSecretLiveThePlanSaysHowLong(RealmName realm, AdminApi admin,
            KeycloakServer server) {
        assumeThat(admin
                .send("PUT", realm + "/client-policies/profiles",
                        """
                {"profiles": [{"name": "rotating", "executors": [{"executor": "secret-rotation", "configuration":
                  {"expiration-period": 86400, "rotated-expiration-period": 3600, "remaining-rotation-period": 60}}]}]}""")
                .statusCode()).as("the server has the feature client-secret-rotation").isEqualTo(204);
        admin.put(realm + "/client-policies/policies", """
                {"policies": [{"name": "all", "enabled": true, "profiles": ["rotating"], "conditions": [{"condition":
                  "client-access-type", "configuration": {"type": ["confidential"]}}]}]}""");
        String first = secretOf("lonely", realm, admin);

        rotate("lonely", "--auto-approve").ended(0)
                .printed("a client policy lets old secrets live for 1 hour");
        String second = secretOf("lonely", realm, admin);
        assertThat(List.of(login(server, realm, first), login(server, realm, second))).containsOnly("none");

        bench.write("osmo.yaml", file(realm).replace("serviceAccountsEnabled: true",
                "serviceAccountsEnabled: true, attributes: {x: y}"));
        run("apply", "-f", "osmo.yaml", "--auto-approve", "--full").ended(0).printed("attributes.x");
        assertThat(login(server, realm, first)).isEqualTo("none");

        rotate("lonely", "--auto-approve", "--full").ended(0)
                .printed("Keycloak takes the old secret for another 1 hour")
                .notPrinted("void at once");
        assertThat(List.of(login(server, realm, second), login(server, realm, secretOf("lonely", realm, admin))))
                .containsOnly("none");
        assertThat(login(server, realm, first)).isEqualTo("unauthorized_client");
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
    }

    @Test
    void whatWasMadeByChanceIsMadeAnew(RealmName realm) {
        String client = value("client_secret");
        String cookie = value("cookie_secret");
        String other = value("other_secret");

        rotate("Secret/" + namespace + "/proxy", "--key", "cookie_secret", "--auto-approve").ended(0)
                .printed("~ Secret/" + namespace + "/proxy", "data.cookie_secret: secret #1 → ", "made by chance");

        assertThat(value("cookie_secret")).hasSameSizeAs(cookie).isNotEqualTo(cookie);
        assertThat(value("other_secret")).isEqualTo(other);
        assertThat(value("client_secret")).isEqualTo(client);
        assertThat(value("given")).isEqualTo(CANARY);
        assertThat(restartedAt("ours")).isPresent();
        run("plan", "-f", "osmo.yaml").foundNothingToDo();

        rotate("Secret/" + namespace + "/proxy", "--auto-approve").ended(0);
        assertThat(value("other_secret")).isNotEqualTo(other);
        assertThat(value("client_secret")).isEqualTo(client);
        run("plan", "-f", "osmo.yaml").foundNothingToDo();
        run("drift", "-f", "osmo.yaml").ended(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client/spa|is a public client, so it has no secret
            client/given|comes from $(secret:given)
            client/keyed|logs in by client-jwt, not by a secret
            client/nobody|client/nobody is not declared in these files
            Namespace/NAMESPACE|nothing of Namespace/NAMESPACE is made by Keycloak or by chance
            Secret/NAMESPACE/proxy --key given|has no value given that is made by chance
            client/web --key given|--key is about a Secret""")
    void whatCannotBeRotatedIsRefusedAndNothingIsChanged(String what, String why, RealmName realm, AdminApi admin) {
        String old = clientSecret(realm, admin);
        String[] words = (what.replace("NAMESPACE", namespace) + " --auto-approve").split(" ");

        rotate(words[0], List.of(words).subList(1, words.length).toArray(String[]::new)).ended(1)
                .complained(why.replace("NAMESPACE", namespace));

        assertThat(clientSecret(realm, admin)).isEqualTo(old).isEqualTo(value("client_secret"));
        assertThat(restartedAt("ours")).isEmpty();
    }

    @Test
    void whatIsNotInPlaceYetIsAppliedFirst(RealmName realm, AdminApi admin) {
        String old = clientSecret(realm, admin);
        bench.write("new.yaml", file(realm).replace("lonely:", "brandnew:"));

        run("rotate", "client/brandnew", "-f", "new.yaml", "--auto-approve", "--allow-fewer-files").ended(1)
                .complained("client/" + realm + "/brandnew is not yet as the files say", "Apply first");
        assertThat(clientSecret(realm, admin)).isEqualTo(old);
    }

    @Test
    void machinesReadTheEventsOfAnApply(RealmName realm) {
        CommandLineRun run = rotate("client/" + realm + "/web", "--json", "--auto-approve").ended(0);

        List<JsonNode> events = run.out().lines().map(AdminApi::json).toList();
        run.out().lines().forEach(PublishedSchema.EVENTS::accepts);
        assertThat(events).extracting(event -> event.path("type").asText())
                .startsWith("version", "planned_change")
                .contains("diagnostic", "change_summary", "apply_start", "apply_complete")
                .endsWith("apply_summary");
        assertThat(events.getLast().path("change").asInt()).isEqualTo(4);
        CommandLineRun refused = rotate("client/spa", "--json", "--auto-approve").ended(1);
        assertThat(AdminApi.json(refused.out().lines().toList().getLast()).path("outcome").asText())
                .isEqualTo("failed");
    }
}
