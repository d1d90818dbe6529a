package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.SinceKeycloak;
import dev.realmform.testing.TestRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workflows on a real server, on which the feature is on by default. */
@SinceKeycloak(value = "26.6", what = "workflows")
@ExtendWith(RealKeycloak.class)
class WorkflowIT {

    private static final String IDLE = """
            {"workflows": {"idle": {"on": "user-created", "schedule": {"after": "1d"}, "steps": [
              {"uses": "notify-user", "after": "10d", "with": {"message": "Soon"}}, {"uses": "disable-user", "after": "30d"}]}}}""";

    private final KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    WorkflowIT(KeycloakServer server) {
        this.server = server;
    }

    @BeforeEach
    void open(TestRealm own) {
        realm = own;
        live = new LiveRealm(server, own.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void oneFieldChangesWhileTheRestAndWhatIsScheduledStays() throws InterruptedException {
        live.apply(IDLE);
        String ada = scheduledFor();
        JsonNode before = idle();

        assertThat(live.apply(IDLE.replace("\"10d\"", "\"20d\""))).containsExactly("update workflow/R/idle: steps");

        assertThat(idle().path("steps").get(0).path("after").asText()).isEqualTo("20d");
        assertThat(idle().path("steps").findValuesAsText("id")).isEqualTo(before.path("steps").findValuesAsText("id"));
        assertThat(idle().path("schedule")).isEqualTo(before.path("schedule"));
        assertThat(realm.get("workflows/scheduled/" + ada)).hasSize(1);
        assertThat(live.plan(IDLE.replace("\"10d\"", "\"20d\""))).isEmpty();
    }

    /** A user for whom it runs; it begins some time after the user was made. */
    private String scheduledFor() throws InterruptedException {
        String user = realm.post("users", "{\"username\": \"ada\", \"enabled\": true}");
        for (int i = 0; i < 100 && realm.get("workflows/scheduled/" + user).isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(realm.get("workflows/scheduled/" + user)).hasSize(1);
        return user;
    }

    @Test
    void aFieldThatBecomesEmptyIsEmptyAndTheWorkflowKeepsItsIdUnderAnotherName() {
        live.apply(IDLE);
        String id = idle().path("id").asText();
        String renamed = IDLE.replace("\"idle\": {", "\"leave\": {\"$was\": \"idle\", ")
                .replace("{\"after\": \"1d\"}", "null");

        assertThat(live.apply(renamed)).containsExactly("update workflow/R/leave: schedule");

        assertThat(idle().path("id").asText()).isEqualTo(id);
        assertThat(idle().has("schedule")).isFalse();
        assertThat(live.plan(renamed)).isEmpty();
        live.apply("{}");
        assertThat(realm.get("workflows")).isEmpty();
    }

    @Test
    void rolesAndGroupsThatStepsGiveHaveToBeThere() {
        assertThat(live.refused("""
                {"workflows": {"idle": {"on": "user-created", "steps": [{"uses": "join-group", "with": {"group": "/No"}},
                  {"uses": "grant-role", "with": {"role": "no"}}]}}}""")).extracting(Problem::what)
                .extracting(what -> what.replace(realm.name(), "R"))
                .containsExactlyInAnyOrder("group/R/No is neither declared nor live, and workflow/R/idle refers to it",
                        "realm-role/R/no is neither declared nor live, and workflow/R/idle refers to it");
    }

    @Test
    void aFileWithoutWorkflowsReadsNone() {
        live.plan("{}");

        assertThat(live.requests()).noneMatch(request -> request.contains("workflows"));
    }

    private JsonNode idle() {
        return realm.get("workflows").get(0);
    }
}
