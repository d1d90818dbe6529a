package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import dev.realmform.provider.Overlay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a change ends when the server, the network or somebody else does the unexpected. */
class WriterTest {

    private static final String POST = "POST /retail/clients";
    private static final String LOOK = "GET /retail/clients?clientId=pay";
    private static final Address PAY = Address.of("client", "retail", "pay");

    private final FakeAdmin server = new FakeAdmin();

    @Test
    void aLostAnswerIsResolvedByLookingAndNothingIsSentTwice() {
        server.loses(POST).answers(LOOK, 200, "[{\"id\": \"7\", \"clientId\": \"pay\"}]");

        assertThat(write(create("{}"))).isEqualTo(new Outcome.Done(Optional.of("7"), true));
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void aLostRequestThatCertainlyMadeNothingIsSentOnceMore() {
        server.loses(POST).creates(POST, "7").answers(LOOK, 200, "[]");

        assertThat(write(create("{}"))).isEqualTo(new Outcome.Done(Optional.of("7"), false));
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void aRequestThatIsLostTwiceFailsAndIsNotSentAThirdTime() {
        server.loses(POST).answers(LOOK, 200, "[]");

        assertThat(problem(write(create("{}"))).kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void whatAServerMadeBeforeItFailedInsideIsOurs() {
        server.answers(POST, 500, "{\"error\":\"unknown_error\"}")
                .answers(LOOK, 200, "[{\"id\": \"7\", \"clientId\": \"pay\"}]");

        assertThat(write(create("{}"))).isEqualTo(new Outcome.Done(Optional.of("7"), true));
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void whatFailedInsideTheServerAndMadeNothingIsSentOnceMore() {
        server.answers(POST, 500, "{\"error\":\"unknown_error\"}").creates(POST, "7").answers(LOOK, 200, "[]");

        assertThat(write(create("{}"))).isEqualTo(new Outcome.Done(Optional.of("7"), false));
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void whatFailsInsideTheServerTwiceIsToldAndNotSentAThirdTime() {
        server.answers(POST, 500, "{\"error\":\"unknown_error\"}").answers(LOOK, 200, "[]");

        assertThat(problem(write(create("{}"))).what()).contains("unknown_error");
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void whatFailedInsideTheServerMayHaveBeenDoneInPart() {
        server.answers("GET /retail", 200, "{\"id\": \"1\", \"attributes\": {\"own\": \"1\"}}")
                .answers("PUT /retail", 500, "{\"error\":\"unknown_error\"}");

        Outcome.Failed failed = (Outcome.Failed) write(realm("{\"own\": \"1\"}", "{\"own\": \"2\"}"));
        assertThat(failed.problem().what()).contains("unknown_error");
        assertThat(failed.partly()).isTrue();
    }

    @Test
    void aChangeWhoseAnswerIsLostForGoodMayHaveBeenMade() {
        server.answers("GET /retail", 200, "{\"id\": \"1\", \"attributes\": {\"own\": \"1\"}}").loses("PUT /retail");

        assertThat(((Outcome.Failed) write(realm("{\"own\": \"1\"}", "{\"own\": \"2\"}"))).partly()).isTrue();
    }

    @Test
    void aConflictAfterALostAnswerMeansThatTheFirstRequestArrivedLate() {
        server.loses(POST)
                .answers(POST, 409, "")
                .answers(LOOK, 200, "[]")
                .answers(LOOK, 200, "[{\"id\": \"7\", \"clientId\": \"pay\"}]");

        assertThat(write(create("{}"))).isEqualTo(new Outcome.Done(Optional.of("7"), true));
    }

    @Test
    void whatSomebodyElseMadeMeanwhileIsNotTakenForOurs() {
        server.answers(POST, 409, "{\"errorMessage\": \"Client pay already exists\"}")
                .answers(LOOK, 200, "[{\"id\": \"7\", \"clientId\": \"pay\"}]");

        Outcome.Failed failed = (Outcome.Failed) write(create("{}"));
        assertThat(failed.problem().kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(failed.problem().what()).contains("client/retail/pay has appeared since the plan was made");
        assertThat(failed.id()).isEmpty();
        assertThat(failed.partly()).isFalse();
    }

    @Test
    void aConflictAboutSomethingElseIsReportedInTheServersWords() {
        server.answers(POST, 409, "{\"errorMessage\": \"Duplicate something\"}").answers(LOOK, 200, "[]");

        assertThat(problem(write(create("{}"))).what()).contains("Duplicate something");
    }

    @Test
    void anObjectWhoseSecondCallFailsIsOwnedAllTheSame() {
        server.creates(POST, "7").answers("GET /retail/client-scopes", 200, "[]");

        Outcome.Failed failed = (Outcome.Failed) write(create("{\"defaultClientScopes\": {\"$add\": [\"nope\"]}}"));
        assertThat(failed.id()).contains("7");
        assertThat(failed.partly()).isTrue();
        assertThat(failed.problem().what()).contains("client-scope/retail/nope is not there");
    }

    @Test
    void aSecretThatWasNotGivenIsNeverSent() {
        Resource desired = Resource.desired(PAY,
                Value.EMPTY_MAP.with("secret", Secret.notGiven("$(secret:pay)")), Origin.NONE);

        Problem problem = problem(write(new Change.Create(desired, desired)));
        assertThat(problem.what()).contains("$(secret:pay)").contains("not given");
        assertThat(server.written()).isEmpty();
    }

    @Test
    void whatIsGoneAlreadyCountsAsDeleted() {
        server.answers(LOOK, 200, "[{\"id\": \"7\", \"clientId\": \"pay\"}]");
        Change delete = new Change.Delete(Resource.live(PAY, Value.EMPTY_MAP), Change.Delete.DeleteReason.ASKED,
                Optional.empty());

        assertThat(write(delete)).isEqualTo(new Outcome.Done(Optional.empty(), false));
        assertThat(server.written()).containsExactly("DELETE /retail/clients/7");
    }

    @Test
    void keysOfOthersThatCameSinceThePlanSurviveTheReplacementOfTheirMap() {
        server.answers("GET /retail", 200, """
                {"id": "1", "attributes": {"own": "1", "foreign": "new", "cibaInterval": "9"},
                 "oauth2DeviceCodeLifespan": 601}""").answers("PUT /retail", 204, "");

        write(realm("{\"own\": \"1\"}", "{\"own\": \"2\"}"));
        assertThat(server.written()).containsExactly("PUT /retail {\"attributes\":{\"cibaInterval\":\"9\","
                + "\"foreign\":\"new\",\"own\":\"2\"},\"oauth2DeviceCodeLifespan\":601}");
    }

    @Test
    void aDeclaredKeyThatMovedSinceThePlanIsAConflictAndNothingIsSent() {
        server.answers("GET /retail", 200, "{\"id\": \"1\", \"attributes\": {\"own\": \"other\"}}");

        Problem problem = problem(write(realm("{\"own\": \"1\"}", "{\"own\": \"2\"}")));
        assertThat(problem.kind()).isEqualTo(Problem.Kind.STALE);
        assertThat(problem.what()).isEqualTo("attributes.own has moved since the plan was made");
        assertThat(server.written()).isEmpty();
    }

    @Test
    void aBuiltInClientOfANewRealmIsChangedAndNotMade() {
        server.answers("GET /retail/clients?clientId=account", 200,
                "[{\"id\": \"7\", \"clientId\": \"account\", \"enabled\": true, \"name\": \"x\"}]")
                .answers("PUT /retail/clients/7", 204, "");
        Resource desired = Resource.desired(Address.of("client", "retail", "account"),
                Value.EMPTY_MAP.with("enabled", Value.bool(false)), Origin.NONE);

        assertThat(write(new Change.Create(desired, desired))).isEqualTo(new Outcome.Done(Optional.of("7"), false));
        assertThat(server.written())
                .containsExactly("PUT /retail/clients/7 {\"clientId\":\"account\",\"enabled\":false}");
    }

    @Test
    void aStepIsNeverSentTwiceSinceNoConflictWouldTell() {
        server.loses("POST /retail/authentication/flows/own/executions/execution")
                .answers("GET /retail/authentication/flows/own/executions", 200, "[]");

        Outcome.Failed failed = (Outcome.Failed) write(step());

        assertThat(failed.problem().kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(failed.partly()).isTrue();
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void aStepThatWasMadeThoughTheAnswerWasLostIsSwitchedOn() {
        server.loses("POST /retail/authentication/flows/own/executions/execution")
                .answers("GET /retail/authentication/flows/own/executions", 200,
                        "[{\"id\": \"7\", \"providerId\": \"auth-cookie\", \"level\": 0}]")
                .answers("PUT /retail/authentication/flows/own/executions", 204, "");

        assertThat(write(step())).isInstanceOf(Outcome.Done.class);
        assertThat(server.written()).containsExactly(
                "POST /retail/authentication/flows/own/executions/execution {\"provider\":\"auth-cookie\"}",
                "PUT /retail/authentication/flows/own/executions {\"id\":\"7\",\"priority\":10,\"requirement\":"
                        + "\"REQUIRED\"}");
    }

    private static Change step() {
        Address own = FlowType.address("retail", "own");
        Resource live = Resource.live(own, (Value.MapOf) Json.parse("{\"providerId\": \"basic-flow\"}"));
        Resource desired = Resource.desired(own, (Value.MapOf) Json.parse(
                "{\"authenticationExecutions\": {\"auth-cookie\": {\"requirement\": \"REQUIRED\"}}}"), Origin.NONE);
        return new Change.Update(live, desired, new FlowType().propose(desired, live), List.of(), Optional.empty());
    }

    private Outcome write(Change change) {
        try (KeycloakProvider provider = new KeycloakProvider(server)) {
            return provider.write(List.of(change)).getFirst();
        }
    }

    private static Problem problem(Outcome outcome) {
        return ((Outcome.Failed) outcome).problem();
    }

    private static Change create(String body) {
        Resource desired = Resource.desired(PAY, (Value.MapOf) Json.parse(body), Origin.NONE);
        return new Change.Create(desired,
                desired.withValue(Overlay.alone(new ClientType().schema(), desired.value())));
    }

    private static Change realm(String before, String after) {
        Address address = RealmType.address("retail");
        Resource live = Resource.live(address, Value.EMPTY_MAP.with("attributes", Json.parse(before)));
        Resource desired = Resource.desired(address, Value.EMPTY_MAP.with("attributes", Json.parse(after)),
                Origin.NONE);
        return new Change.Update(live, desired, desired, List.of(), Optional.empty());
    }
}
