package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New secrets for clients: who makes them, what becomes of a lost answer, and how long the old one is good for. */
class ClientSecretsTest {

    private static final Address WEB = Address.of("client", "retail", "web");
    private static final String POST = "POST /retail/clients/7/client-secret";
    private static final String LOOK = "GET /retail/clients/7/client-secret";
    private static final String OLD = "{\"type\": \"secret\", \"value\": \"old\"}";
    private static final String NEW = "{\"type\": \"secret\", \"value\": \"new\"}";
    private static final String PROFILES = """
            {"profiles": [{"name": "plain", "executors": [{"executor": "pkce-enforcer"}]},
              {"name": "rotating", "executors": [{"executor": "secret-rotation",
                "configuration": {"expiration-period": 86400, "rotated-expiration-period": %s}}]}]}""";
    private static final String POLICIES = """
            {"policies": [{"name": "a", "enabled": %s, "conditions": [], "profiles": ["plain", "rotating"]}]}""";

    private final FakeAdmin server = new FakeAdmin();

    private Outcome renew() {
        return new ClientSecrets(server, new Ids(address -> Optional.of("7")), new Reader(server)).renew(WEB);
    }

    private static Value.MapOf map(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    private static Resource client(String json) {
        return Resource.live(WEB, map(json));
    }

    @Test
    void keycloakMakesTheNewOne() {
        server.answers(LOOK, 200, OLD).answers(POST, 200, NEW);

        assertThat(renew()).isEqualTo(new Outcome.Done(Optional.of("7"), false));
        assertThat(server.written()).containsExactly(POST);
    }

    @Test
    void anAnswerThatIsLostIsResolvedByLookingSinceASecondOneWouldCostTheFirst() {
        server.answers(LOOK, 200, OLD).answers(LOOK, 200, NEW).loses(POST);

        assertThat(renew()).isEqualTo(new Outcome.Done(Optional.of("7"), true));
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void aRequestThatCertainlyMadeNothingIsSentOnceMore() {
        server.answers(LOOK, 200, OLD).loses(POST).answers(POST, 200, NEW);

        assertThat(renew()).isEqualTo(new Outcome.Done(Optional.of("7"), false));
        assertThat(server.written()).hasSize(2);
    }

    @Test
    void whereNoLookTellsNothingIsSentTwice() {
        server.answers(LOOK, 200, "{\"type\": \"secret\", \"value\": \"**********\"}").loses(POST);

        assertThat(renew()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.partly()).isTrue();
            assertThat(failed.problem().kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        });
        assertThat(server.written()).hasSize(1);
    }

    @Test
    void whoMayNotIsToldWhichRoleIsMissing() {
        server.answers(LOOK, 200, OLD).answers(POST, 403, "{\"error\": \"HTTP 403 Forbidden\"}");

        assertThat(renew()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.partly()).isFalse();
            assertThat(failed.problem().what()).contains("manage-clients");
        });
    }

    @Test
    void theOldOneIsVoidAtOnceWherePoliciesSayNothingElse() {
        Value.MapOf client = map("{\"attributes\": {\"client.secret.expiration.time\": \"1\"}}");
        assertThat(SecretGrace.of(map("{}"), map("{}"), client)).isEqualTo(new SecretGrace.None());
        assertThat(SecretGrace.of(map(POLICIES.formatted(false)), map(PROFILES.formatted(60)), client))
                .isEqualTo(new SecretGrace.None());
        assertThat(SecretGrace.of(map(POLICIES.formatted(true)), map(PROFILES.formatted(0)), client))
                .isEqualTo(new SecretGrace.None());
    }

    @Test
    void aPolicyThatHasBeenAtTheClientLetsTheOldOneLive() {
        Value.MapOf client = map("{\"attributes\": {\"client.secret.expiration.time\": \"1\"}}");
        assertThat(SecretGrace.of(map(POLICIES.formatted(true)), map(PROFILES.formatted(60)), client))
                .isEqualTo(new SecretGrace.Lasting(Duration.ofMinutes(1)));
        assertThat(SecretGrace.of(map(POLICIES.formatted(true)), map(PROFILES.formatted("null")), client))
                .isEqualTo(new SecretGrace.Lasting(Duration.ofDays(2)));
        assertThat(SecretGrace.of(map(POLICIES.formatted(true)), map(PROFILES.formatted(60)), map("{}")))
                .isEqualTo(new SecretGrace.Possible(Duration.ofMinutes(1)));
    }

    @Test
    void whoMayNotLookAtPoliciesDoesNotKnow() {
        server.answers("GET /retail/client-policies/policies", 403, "{\"error\": \"HTTP 403 Forbidden\"}");

        assertThat(new ClientSecrets(server, new Ids(address -> Optional.of("7")), new Reader(server)).grace(WEB))
                .isEqualTo(new SecretGrace.NotKnown());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"publicClient": true}|is a public client
            {"bearerOnly": true}|only checks tokens (bearerOnly)
            {"protocol": "saml"}|speaks saml
            {"clientAuthenticatorType": "client-jwt"}|logs in by client-jwt, not by a secret
            {"clientAuthenticatorType": "client-x509"}|logs in by client-x509, not by a secret""")
    void aClientThatLogsInWithoutASecretHasNoneToRotate(String client, String why) {
        assertThat(NewClientSecret.needsNone(client(client))).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.what()).startsWith("client/retail/web").contains(why);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {"protocol": "openid-connect", "clientAuthenticatorType": "client-secret"}
            {"clientAuthenticatorType": "client-secret-jwt"}""")
    void oneThatLogsInWithASecretHas(String client) {
        assertThat(NewClientSecret.needsNone(client(client))).isEmpty();
    }

    private static Optional<Problem> given(Value secret, Set<Path> ignored) {
        return NewClientSecret.givenByFiles(new Resource(WEB, Value.EMPTY_MAP.with("secret", secret), Origin.NONE,
                new Directives(Optional.empty(), false, Optional.empty(), ignored)));
    }

    @Test
    void whatTheFilesSayIsChangedThere() {
        assertThat(given(Secret.of("canary", "$(secret:web)"), Set.of())).hasValueSatisfying(problem -> {
            assertThat(problem.what()).isEqualTo("the secret of client/retail/web comes from $(secret:web)");
            assertThat(problem.remedy()).startsWith("Put another value where that comes from, and apply.");
        });
        assertThat(given(Secret.of("canary", "$(literal:f.yaml:3)"), Set.of())).hasValueSatisfying(
                problem -> assertThat(problem.what())
                        .isEqualTo("the secret of client/retail/web is written in the files"));
        assertThat(given(new Value.Unknown(Address.of("client", "retail", "api"), "secret"), Set.of()))
                .hasValueSatisfying(problem -> assertThat(problem.what()).contains("is that of client/retail/api"));
        assertThat(given(Value.text("${vault.web}"), Set.of())).isPresent();
    }

    @Test
    void whatTheFilesLeaveToOthersIsKeycloaks() {
        assertThat(given(Secret.of("canary", "$(secret:web)"), Set.of(Path.of("secret")))).isEmpty();
        assertThat(given(Value.NULL, Set.of())).isEmpty();
    }
}
