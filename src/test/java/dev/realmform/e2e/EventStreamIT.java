package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code apply --json} prints is a stream of events, from its first line to its last, however the run ends. */
@ExtendWith(RealKeycloak.class)
class EventStreamIT {

    private static final String FILE = """
            realm: %s
            roles: {realm: {one: {description: First}, two: {description: Second}}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void written(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.formatted(realm));
    }

    @Test
    void eachChangeIsPlannedStartedAndCompleted(RealmName realm) {
        List<JsonNode> events = events(bench.apply("-f", "realm.yaml", "--json").ended(0));

        assertThat(types(events)).startsWith("version", "planned_change", "planned_change", "planned_change",
                "change_summary", "apply_start");
        assertThat(types(events).stream().filter("apply_complete"::equals)).hasSize(3);
        assertThat(events.stream().filter(event -> event.path("type").asText().equals("planned_change")))
                .extracting(event -> event.path("address").asText())
                .containsExactlyInAnyOrder("realm/" + realm, "realm-role/" + realm + "/one",
                        "realm-role/" + realm + "/two");
        assertThat(summary(events, "complete", 0).path("add").asInt()).isEqualTo(3);

        List<JsonNode> again = events(bench.apply("-f", "realm.yaml", "--json").ended(0));
        assertThat(types(again)).containsExactly("version", "change_summary", "apply_summary");
        summary(again, "complete", 0);
    }

    @Test
    void whatIsRefusedIsSaidInTheStream(RealmName realm) {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", "realm: " + realm + "\n");
        List<JsonNode> refused = events(bench.apply("-f", "realm.yaml", "--json", "--max-destroy", "1").ended(1));
        assertThat(types(refused)).containsExactly("version", "diagnostic", "apply_summary");
        assertThat(refused.get(1).path("what").asText()).contains("this plan destroys 2 resources");
        summary(refused, "failed", 1);

        CommandLineRun nobody = bench.run("destroy", "-f", "realm.yaml", "--json").ended(1);
        assertThat(summary(events(nobody), "failed", 1).path("message").asText()).contains("nobody can be asked");
        assertThat(nobody.err()).contains("Plan: 0 to add, 0 to change, ");
        summary(events(bench.answering("no\n", "apply", "-f", "realm.yaml", "--json").ended(1)), "failed", 1);
        summary(events(bench.answering("yes\n", "apply", "-f", "realm.yaml", "--json").ended(0)), "complete", 0);
    }

    @Test
    void soIsAFileThatIsWrongAServerThatIsAwayAndAPlanThatIsStale(RealmName realm, AdminApi admin) {
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        bench.run("plan", "-f", "realm.yaml", "--out=kept.plan").ended(0);
        admin.put(realm + "/roles/one", "{\"name\": \"one\", \"description\": \"Elsewhere\"}");
        CommandLineRun stale = bench.apply("kept.plan", "--json").ended(1);
        assertThat(summary(events(stale), "failed", 1).path("message").asText()).contains("the saved plan is stale");

        bench.write("realm.yaml", "realm: [");
        CommandLineRun wrong = bench.apply("-f", "realm.yaml", "--json").ended(1);
        assertThat(events(wrong).get(1).path("where").asText()).startsWith("realm.yaml:1");
        bench.write("realm.yaml", FILE.formatted(realm));
        bench = bench.with("KEYCLOAK_URL", "http://127.0.0.1:1");
        summary(events(bench.apply("-f", "realm.yaml", "--json").ended(3)), "failed", 3);
    }

    @Test
    void whatTheServerRefusesIsAnErrorOfItsChange(RealmName realm, KeycloakServer server) throws IOException {
        Relay.Manner refusing = new Relay.Manner() {
            @Override
            public java.util.Optional<Relay.Reply> instead(Relay.Call call) {
                return call.writes() && call.body().contains("First")
                        ? java.util.Optional.of(Relay.Reply.json(400, "{\"errorMessage\": \"Not today\"}"))
                        : java.util.Optional.empty();
            }
        };
        try (Relay relay = Relay.before(server.url(), refusing)) {
            List<JsonNode> events = events(bench.with("KEYCLOAK_URL", relay.url())
                    .apply("-f", "realm.yaml", "--json")
                    .ended(1));
            assertThat(events.stream().filter(event -> event.path("type").asText().equals("apply_errored")))
                    .singleElement()
                    .satisfies(event -> assertThat(event.path("address").asText()).endsWith("/one"))
                    .satisfies(event -> assertThat(event.path("error").path("what").asText()).contains("Not today"));
            assertThat(summary(events, "incomplete", 1).path("failed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aRunThatIsToldToStopSaysWhatItLeft(RealmName realm, KeycloakServer server)
            throws IOException, InterruptedException {
        // Clients, since they go out one by one: roles would all be on their way before anybody can say stop.
        String clients = IntStream.range(0, 60).mapToObj(i -> "c" + i + ": {}").collect(Collectors.joining(", "));
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml",
                "realm: " + realm + "\nroles: {realm: {one: {}, two: {}}}\nclients: {" + clients + "}\n");
        CountDownLatch writing = new CountDownLatch(1);
        Relay.Manner slow = new Relay.Manner() {
            @Override
            public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
                if (call.writes()) {
                    writing.countDown();
                    pause();
                }
                return reply;
            }
        };
        try (Relay relay = Relay.before(server.url(), slow)) {
            Process process = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()), "apply", "-f", "realm.yaml",
                    "--auto-approve", "--json");
            assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
            // The process itself would close its streams too.
            process.toHandle().destroy();
            List<JsonNode> events = events(ChildProcess.ended(process, "apply").ended(130));
            JsonNode summary = summary(events, "interrupted", 130);
            assertThat(summary.path("interrupted").asBoolean()).isTrue();
            assertThat(summary.path("add").asInt() + summary.path("not_started").asInt()).isEqualTo(60);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(300));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All lines of stdout; each is an event as the schema says, the first is the version. */
    private static List<JsonNode> events(CommandLineRun run) {
        List<String> lines = run.out().lines().toList();
        lines.forEach(PublishedSchema.EVENTS::accepts);
        List<JsonNode> events = lines.stream().map(AdminApi::json).toList();
        assertThat(types(events).getFirst()).isEqualTo("version");
        assertThat(types(events).subList(1, events.size())).doesNotContain("version");
        return events;
    }

    private static JsonNode summary(List<JsonNode> events, String outcome, int code) {
        JsonNode last = events.getLast();
        assertThat(types(events).indexOf("apply_summary")).isEqualTo(events.size() - 1);
        assertThat(last.path("outcome").asText()).isEqualTo(outcome);
        assertThat(last.path("exit_code").asInt()).isEqualTo(code);
        return last;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }
}
