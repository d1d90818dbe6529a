package dev.realmform.bench;

import static dev.realmform.bench.Recorded.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptTest {

    private static final String TOKEN = Recorded.token("a");

    private final Recorded recorded = new Recorded(TOKEN).login();

    @Test
    void everyRequestIsSentAgain() {
        Script script = recorded.get("/r/clients", "[]").get("/r/clients", "[]").script();

        assertThat(script.size()).isEqualTo(3);
    }

    @Test
    void everythingWaitsForTheLoginWhoseTokenItShows() {
        Script script = recorded.get("/r/clients", "[]").script();

        assertThat(waits(script, 1)).containsExactly(0);
        assertThat(script.steps().get(1).authorization().orElseThrow().filled(Map.of(TOKEN, "new")))
                .isEqualTo("Bearer new");
    }

    @Test
    void readsOfWhatWasThereWaitForNothingElse() {
        Script script = recorded.get("/r/clients", "[{\"id\":\"" + id(1) + "\"}]")
                .get("/r/clients/" + id(1) + "/roles", "[]")
                .script();

        assertThat(waits(script, 2)).containsExactly(0);
        assertThat(script.steps().get(2).target().filled(Map.of())).endsWith(id(1) + "/roles");
    }

    @Test
    void aRequestWaitsForTheCreationOfTheIdInItsPath() {
        Script script = recorded.post("", "{\"realm\":\"r\"}", "r")
                .post("/r/clients", "{\"clientId\":\"c\"}", id(1))
                .post("/r/clients/" + id(1) + "/roles", "{\"name\":\"viewer\"}", "viewer")
                .script();

        assertThat(waits(script, 3)).contains(2);
        assertThat(script.steps().get(3).target().filled(Map.of(id(1), "new")))
                .isEqualTo("/admin/realms/r/clients/new/roles");
    }

    @Test
    void inANewRealmARequestWaitsForTheReadThatToldTheId() {
        Script script = recorded.post("", "{\"realm\":\"r\"}", "r")
                .get("/r/clients?clientId=account", "[{\"id\":\"" + id(7) + "\"}]")
                .send("PUT", "/r/clients/" + id(7), "{\"enabled\":false}", "")
                .script();

        assertThat(waits(script, 3)).contains(2);
        assertThat(script.steps().get(2).makes()).isPresent();
    }

    @Test
    void anIdThatTheClientChoseStays() {
        Script script = recorded.post("/r/clients", "{\"clientId\":\"c\",\"id\":\"" + id(1) + "\"}", id(1))
                .post("/r/clients/" + id(1) + "/roles", "{\"name\":\"viewer\"}", "viewer")
                .script();

        assertThat(script.steps().get(2).target().filled(Map.of())).contains(id(1));
    }

    @Test
    void aCreationThatNamesARoleWaitsForThatRoleAlone() {
        Script script = recorded.post("/r/roles", "{\"name\":\"one\"}", "one")
                .post("/r/roles", "{\"name\":\"two\"}", "two")
                .send("POST", "/r/partialImport",
                        "{\"groups\":[{\"name\":\"g\",\"path\":\"/g\",\"realmRoles\":[\"two\"]}]}", "{\"added\":1}")
                .script();

        assertThat(waits(script, 3)).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void aUserWaitsForTheGroupsOnItsPaths() {
        Script script = recorded.post("/r/groups", "{\"name\":\"top\"}", id(1))
                .post("/r/groups/" + id(1) + "/children", "{\"name\":\"sub\"}", id(2))
                .post("/r/users", "{\"username\":\"ada\",\"groups\":[\"/top/sub\"]}", id(3))
                .script();

        assertThat(waits(script, 3)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void thingsThatAreCalledTheSameDoNotWaitForEachOther() {
        Script script = recorded.post("/r/clients/" + id(1) + "/roles", "{\"name\":\"cr-0\"}", "cr-0")
                .post("/r/clients/" + id(2) + "/roles", "{\"name\":\"cr-0\"}", "cr-0")
                .script();

        assertThat(waits(script, 2)).containsExactly(0);
    }

    @Test
    void noWriteIsSentBeforeWhatWasReadBeforeTheFirstWrite() {
        Script script = recorded.get("/r/clients", "[]")
                .send("PUT", "/r", "{\"enabled\":true}", "")
                .get("/r/roles", "[]")
                .script();

        assertThat(script.steps()).extracting(Step::opening).containsExactly(true, true, false, false);
    }

    @Test
    void writesAndReadsOfOneAddressKeepTheirOrder() {
        String group = "/r/groups/" + id(1);
        Script script = recorded.get(group, "{}").send("PUT", group, "{}", "").get(group, "{}").script();

        assertThat(waits(script, 2)).contains(1);
        assertThat(waits(script, 3)).contains(2);
    }

    @Test
    void aReadOfAFlowWaitsForWhatWasWrittenIntoTheFlowsInside() {
        String flows = "/r/authentication/flows/";
        Script script = recorded.post(flows + "one%20inner/executions/execution", "{}", id(1))
                .post(flows + "two/executions/execution", "{}", id(2))
                .get(flows + "one/executions", "[]")
                .script();

        assertThat(waits(script, 3)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aWriteIntoAFlowWaitsForWhoReadsTheFlowsAroundIt() {
        String flows = "/r/authentication/flows/";
        Script script = recorded.get(flows + "one/executions", "[]")
                .get(flows + "two/executions", "[]")
                .post(flows + "one%20inner/executions/execution", "{}", id(1))
                .script();

        assertThat(waits(script, 3)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void whatWasSentWhileAnotherWasUnansweredDoesNotWaitForIt() {
        Script script = recorded.send("PUT", "/r/roles/a", "{}", "")
                .whileWaitingFor(1)
                .send("PUT", "/r/roles/a", "{}", "")
                .script();

        assertThat(waits(script, 2)).containsExactly(0);
    }

    @Test
    void aLogoutWaitsForAllThatWasAnsweredBefore() {
        recorded.get("/r", "{}").get("/r/roles", "[]");
        recorded.exchanges()
                .add(new Exchange("POST", "/realms/master/protocol/openid-connect/logout", Optional.empty(),
                        Optional.empty(), "", 204, Optional.empty(), "", 99, 99));

        assertThat(waits(recorded.script(), 3)).containsExactlyInAnyOrder(0, 1, 2);
    }

    private static Set<Integer> waits(Script script, int number) {
        return script.steps().get(number).waitsFor();
    }
}
