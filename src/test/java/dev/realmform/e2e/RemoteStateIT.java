package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.StateShelf;
import dev.realmform.testing.StateShelf.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The state on a server, as a pipeline keeps it: each run in a folder of its own, of which nothing is left. */
@ExtendWith(RealKeycloak.class)
class RemoteStateIT {

    private static final String CANARY = "canary7q3x9z5w";

    @TempDir
    Path folder;

    private StateShelf shelf;
    private KeycloakServer server;
    private String realm;
    private final List<String> outputs = new ArrayList<>();

    @BeforeEach
    void open(KeycloakServer keycloak, RealmName name) throws IOException {
        shelf = StateShelf.open(Manner.GITLAB);
        shelf.letInOnly("gitlab-ci-token", CANARY + "-state");
        server = keycloak;
        realm = name.value();
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    /** A fresh folder with the file in it, as a job has it. */
    private Workbench job(String declared) throws IOException {
        Workbench bench = Workbench.at(server, Files.createTempDirectory(folder, "job"))
                .with("STATE_TOKEN", CANARY + "-state")
                .with("SMTP", CANARY + "-smtp");
        bench.write("realm.yaml", """
                realmform:
                  state: {http: {url: "%s", username: gitlab-ci-token, password: $(secret:state)}}
                  secrets: {state: {env: STATE_TOKEN}, smtp: {env: SMTP}}
                realm: %s
                enabled: true
                smtpServer: {host: mail.example.com, from: a@example.com, password: $(secret:smtp), auth: "true"}
                %s
                """.formatted(shelf.url(), realm, declared));
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

    @Test
    void anApplyKeepsItsStateOnTheServerAndTheNextPlanIsEmpty(AdminApi admin) throws IOException {
        String roles = "roles: {realm: {one: {description: First}, two: {description: Second}}}";
        apply(job(roles)).ended(0).printed("Resources: 3 added");
        int versions = shelf.written().size();
        assertThat(versions).isGreaterThanOrEqualTo(2);
        assertThat(shelf.json().path("resources").properties()).hasSize(3);
        assertThat(shelf.lockId()).isEmpty();
        run(job(roles), "plan", "-f", "realm.yaml").foundNothingToDo().printed("state serial " + versions);
        run(job(roles), "drift", "-f", "realm.yaml", "--json").ended(0);
        apply(job(roles)).ended(0).printed("No changes.");
        assertThat(shelf.written()).hasSize(versions);
        Workbench kept = job("roles: {realm: {one: {description: First}}}");
        run(kept, "plan", "-f", "realm.yaml", "--out", "kept.plan").ended(0).printed("- realm-role/" + realm + "/two");
        outputs.add(kept.read("kept.plan"));
        assertThat(shelf.lockId()).isEmpty();
        run(kept, "apply", "kept.plan", "--auto-approve").ended(0).printed("1 destroyed");
        assertThat(admin.find(realm + "/roles/two")).isEmpty();
        run(job(roles), "state", "list", "-f", "realm.yaml").ended(0).printed("realm-role/" + realm + "/one");
        run(job(""), "destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm)).isEmpty();
        assertThat(shelf.calls()).filteredOn(call -> call.method().equals("GET"))
                .hasSizeLessThanOrEqualTo(12); // once a command, once more before the first write
        nothingLeaked();
    }

    @Test
    void planAndDriftNeverLock() throws IOException {
        shelf.give("theirs", "eve");
        run(job(""), "plan", "-f", "realm.yaml").ended(0).printed("There is no state yet at " + shelf.url());
        run(job(""), "drift", "-f", "realm.yaml").ended(1).complained("there is none at " + shelf.url());
        assertThat(shelf.calls()).allMatch(call -> call.method().equals("GET"));
        apply(job("")).ended(1)
                .complained("is held by gitlab-user", "--lock-timeout 10m", "realmform force-unlock theirs");
        assertThat(shelf.count("POST")).isZero();
    }

    @Test
    void aServerThatIsDownOrRefusesIsAnOutageAndNothingIsWritten(AdminApi admin) throws IOException {
        Workbench wrong = job("").with("STATE_TOKEN", CANARY + "-wrong");
        run(wrong, "drift", "-f", "realm.yaml").ended(3).complained("the state's server refuses the login");
        run(wrong, "apply", "-f", "realm.yaml", "--auto-approve").ended(3).complained("REALMFORM_STATE_PASSWORD");
        Workbench none = job("").without("STATE_TOKEN");
        run(none, "plan", "-f", "realm.yaml").ended(1).complained("needs $(secret:state), which this run has not been");
        shelf.put(3, "{\"version\": 4, \"terraform_version\": \"1.9.5\", \"serial\": 3}");
        apply(job("")).ended(1).complained("is a state of Terraform 1.9.5, not of realmform");
        assertThat(admin.find(realm)).isEmpty();
        assertThat(shelf.written()).isEmpty();
        nothingLeaked();
    }

    /** Kills the process at its n-th write. */
    private void killed(Workbench bench, int point, boolean afterwards) throws IOException {
        CompletableFuture<Process> process = new CompletableFuture<>();
        AtomicInteger writes = new AtomicInteger();
        Relay.Manner assassin = new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                if (call.writes() && writes.incrementAndGet() == point && !afterwards) {
                    kill(process);
                    return Optional.of(Relay.Reply.json(503, "{}"));
                }
                return Optional.empty();
            }

            @Override
            public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
                if (call.writes() && writes.get() >= point && afterwards) {
                    kill(process);
                }
                return reply;
            }
        };
        try (Relay relay = Relay.before(server.url(), assassin)) {
            Process child = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()), "apply", "-f", "realm.yaml",
                    "--auto-approve", "--parallelism", "2");
            process.complete(child);
            assertThat(ChildProcess.ended(child, "apply").code()).isEqualTo(137);
        }
    }

    private static void kill(CompletableFuture<Process> process) {
        process.join().toHandle().destroyForcibly(); // the process's own closes the streams that are read
        process.join().onExit().join();
    }

    @Test
    void afterAKillTheNextJobEndsWhereAnUnkilledOneDoes(AdminApi admin) throws IOException {
        String declared = """
                clients: {shop: {redirectUris: ["https://shop.example.com/*"]}, till: {}}
                roles: {realm: {staff: {}, boss: {composites: {realm: [staff]}}}, client: {shop: {buyer: {}}}}
                groups: {/Staff: {realmRoles: [staff], $members: [ada]}, /Staff/Tills: {clientRoles: {shop: [buyer]}}}
                users: {ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com}}
                """;
        apply(job(declared)).ended(0);
        String expected = owned();
        for (int point : List.of(1, 6)) {
            admin.delete(realm);
            shelf.clear();
            Workbench dead = job(declared);
            killed(dead, point, point % 2 == 0);
            delete(dead.folder());
            CommandLineRun held = apply(job(declared)).ended(1).complained("changes were still open");
            String id = shelf.lockId().orElseThrow();
            assertThat(held.err().replaceAll("\\s+", " ")).contains("realmform force-unlock " + id);
            shelf.free();
            apply(job(declared)).ended(0);
            assertThat(owned()).as("killed at write " + point).isEqualTo(expected);
            assertThat(shelf.json().has("pending")).isFalse();
            run(job(declared), "plan", "-f", "realm.yaml").foundNothingToDo();
        }
        run(job(""), "destroy", "-f", "realm.yaml", "--auto-approve").ended(0);
        assertThat(admin.find(realm)).isEmpty();
        nothingLeaked();
    }

    /** What the state says is ours, without ids and without who wrote a field, the killed run or the next one. */
    private String owned() {
        TreeSet<String> lines = new TreeSet<>();
        shelf.json().path("resources").properties().forEach(entry -> {
            TreeSet<String> fields = new TreeSet<>();
            for (String kind : List.of("written", "found")) {
                for (var field : entry.getValue().path(kind).properties()) {
                    String print = field.getValue().asText();
                    fields.add(field.getKey() + "=" + (print.startsWith("pbkdf2") ? "slow" : print));
                }
            }
            JsonNode created = entry.getValue().path("created");
            lines.add(entry.getKey() + " " + created + " " + fields + " " + entry.getValue().path("needs"));
        });
        return String.join("\n", lines);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aStateThatIsNotTakenAtTheEndIsLeftInAFileWithTheWayBack() throws IOException {
        String roles = "roles: {realm: {one: {description: First}}}";
        Workbench bench = job(roles);
        bench.write("realm.yaml", bench.read("realm.yaml").replace("username:", "retries: 0, username:"));
        AtomicInteger posts = new AtomicInteger();
        shelf.faults(call -> call.method().equals("POST") && !call.path().endsWith("/lock")
                && posts.incrementAndGet() > 1 ? Optional.of(new StateShelf.Status(503, "")) : Optional.empty());
        CommandLineRun lost = apply(bench).ended(1)
                .complained("the state cannot be stored: (status 503)", "realmform state push", "errored.state.json");
        assertThat(lost.err()).contains("errored.state.json");
        outputs.add(bench.read("errored.state.json"));
        assertThat(bench.read("errored.state.json")).contains("realm-role/" + realm + "/one");
        assertThat(shelf.lockId()).isEmpty();
        assertThat(shelf.json().path("pending")).isNotEmpty();
        nothingLeaked();
    }

    private void nothingLeaked() {
        assertThat(outputs).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
        assertThat(shelf.written()).allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
        for (StateShelf.Call call : shelf.calls()) {
            assertThat(call.path() + call.body()).doesNotContain(CANARY);
        }
    }
}
