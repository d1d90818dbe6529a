package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestCluster;
import dev.realmform.testing.TestCluster.Call;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The state in a cluster, each run in a folder of its own; on the mock server, or a real one if it is given. */
@ExtendWith(RealKeycloak.class)
class ClusterStateIT {

    private static final String CANARY = "canary4h8k2m6t";
    private static final String NAME = "retail-state";
    private static final String DECLARED = """
            clients: {shop: {redirectUris: ["https://shop.example.com/*"]}, till: {}}
            roles: {realm: {staff: {}, boss: {composites: {realm: [staff]}}}, client: {shop: {buyer: {}}}}
            groups: {/Staff: {realmRoles: [staff]}, /Staff/Tills: {clientRoles: {shop: [buyer]}}}
            users: {ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com}}
            """;

    @TempDir
    Path folder;

    private TestCluster cluster;
    private KeycloakServer server;
    private String realm;
    private final List<String> outputs = new ArrayList<>();

    @BeforeEach
    void open(KeycloakServer keycloak, RealmName name) {
        cluster = System.getProperty(TestCluster.REAL) == null ? TestCluster.mock(folder) : TestCluster.real();
        server = keycloak;
        realm = name.value();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** A fresh folder with the file in it, as a job has it. */
    private Workbench job(String declared) throws IOException {
        Workbench bench = Workbench.at(server, Files.createTempDirectory(folder, "job"))
                .with("KUBECONFIG", cluster.kubeconfig().toString())
                .with("SMTP", CANARY);
        bench.write("realm.yaml", """
                realmform:
                  state: {kubernetes: {namespace: %s, name: %s}}
                  secrets: {smtp: {env: SMTP}}
                realm: %s
                enabled: true
                smtpServer: {host: mail.example.com, from: a@example.com, password: $(secret:smtp), auth: "true"}
                %s
                """.formatted(cluster.namespace(), NAME, realm, declared));
        return bench;
    }

    private CommandLineRun run(Workbench bench, String... arguments) {
        CommandLineRun ended = bench.run(arguments);
        outputs.add(ended.all());
        return ended;
    }

    private CommandLineRun apply(Workbench bench) {
        return run(bench, "apply", "-f", "realm.yaml", "--auto-approve", "--verbose");
    }

    private String place() {
        return "kubernetes:" + cluster.namespace() + "/" + NAME;
    }

    private String state() {
        Secret secret = cluster.client().secrets().inNamespace(cluster.namespace()).withName(NAME).get();
        byte[] packed = Base64.getDecoder().decode(secret.getData().get("state.json.gz"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Lease lease() {
        return cluster.client().leases().inNamespace(cluster.namespace()).withName(NAME).get();
    }

    @Test
    void anApplyKeepsItsStateInTheClusterAndTheNextPlanIsEmpty(AdminApi admin) throws IOException {
        run(job(DECLARED), "plan", "-f", "realm.yaml").ended(0).printed("There is no state yet at " + place());
        apply(job(DECLARED)).ended(0);
        assertThat(state()).contains("realm-role/" + realm + "/staff").doesNotContain("\"pending\"", CANARY);
        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        int before = cluster.isReal() ? 0 : cluster.calls().size();
        run(job(DECLARED), "plan", "-f", "realm.yaml").foundNothingToDo();
        run(job(DECLARED), "drift", "-f", "realm.yaml").ended(0);
        if (!cluster.isReal()) {
            List<Call> calls = cluster.calls();
            assertThat(calls.subList(before, calls.size())).isNotEmpty()
                    .allMatch(call -> call.method().equals("GET") && call.path().endsWith("/secrets/" + NAME));
        }
        handWork();
        Workbench fewer = job(DECLARED.replace(", till: {}", ""));
        run(fewer, "plan", "-f", "realm.yaml", "--out", "fewer.plan").ended(0).printed("- client/" + realm + "/till");
        run(fewer, "apply", "fewer.plan", "--auto-approve").ended(0).printed("1 destroyed");
        run(job(DECLARED), "destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm)).isEmpty();
        assertThat(outputs).allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
    }

    /** What the commands of a state do with it. */
    private void handWork() throws IOException {
        Workbench bench = job(DECLARED);
        run(bench, "state", "list", "--state", place()).ended(0).printed("client/" + realm + "/till");
        String pulled = run(bench, "state", "pull", "--state", place()).ended(0).out();
        run(bench, "state", "rm", "till", "--state", place()).ended(0);
        assertThat(state()).doesNotContain("client/" + realm + "/till");
        bench.write("pulled.json", pulled);
        run(bench, "state", "push", "pulled.json", "--state", place()).ended(1).complained("by somebody since");
        run(bench, "state", "push", "pulled.json", "--force", "--state", place()).ended(0);
        assertThat(state()).contains("client/" + realm + "/till");
        run(bench, "state", "rebuild", "-f", "realm.yaml", "--state", place() + "-2").ended(0)
                .printed("State rebuilt");
        run(bench, "state", "list", "--state", "kubernetes:Nobody").ended(1)
                .complained("is no name in a cluster: kubernetes:Nobody/");
    }

    @Test
    void afterAKillTheNextRunEndsWhereAnUnkilledOneDoes(AdminApi admin) throws IOException {
        killedAt(job(DECLARED), 5);
        assertThat(state()).contains("\"pending\"");
        CommandLineRun held = apply(job(DECLARED)).ended(1).complained("is held by ", "it is free at ");
        String id = lease().getSpec().getHolderIdentity();
        assertThat(held.err().replaceAll("\\s+", " ")).contains("realmform force-unlock " + id);
        run(job(DECLARED), "force-unlock", id, "--force", "-f", "realm.yaml").ended(0)
                .printed("The lock on " + place() + " is free");
        apply(job(DECLARED)).ended(0);
        assertThat(state()).doesNotContain("\"pending\"", CANARY);
        run(job(DECLARED), "plan", "-f", "realm.yaml").foundNothingToDo();
        run(job(DECLARED), "destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm)).isEmpty();
    }

    /** Kills the process before its n-th write arrives. */
    private void killedAt(Workbench bench, int point) throws IOException {
        CompletableFuture<Process> process = new CompletableFuture<>();
        AtomicInteger writes = new AtomicInteger();
        Relay.Manner assassin = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                if (call.writes() && writes.incrementAndGet() == point) {
                    process.join().toHandle().destroyForcibly();
                    process.join().onExit().join();
                    return Optional.of(Relay.Reply.json(503, "{}"));
                }
                return Optional.empty();
            }
        };
        try (Relay relay = Relay.before(server.url(), assassin)) {
            Process child = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()), "apply", "-f", "realm.yaml",
                    "--auto-approve", "--parallelism", "2");
            process.complete(child);
            assertThat(ChildProcess.ended(child, "apply").code()).isEqualTo(137);
        }
    }
}
