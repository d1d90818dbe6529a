package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.BrowserLogin;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People who are logging in while the flow that they are in is changed. */
@ExtendWith(RealKeycloak.class)
class FlowLoginIT {

    private static final URI APP = URI.create("http://127.0.0.1:1/back");

    private static final String NAME_THEN_PASSWORD = """
            {"authenticator": "auth-username-form", "requirement": "REQUIRED"},
            {"authenticator": "auth-password-form", "requirement": "REQUIRED"}""";

    private KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer running, TestRealm empty) {
        server = running;
        realm = empty;
        live = new LiveRealm(running, empty.name());
        realm.post("clients", "{\"clientId\": \"app\", \"publicClient\": true, \"redirectUris\": [\"" + APP + "\"]}");
        realm.post("users", """
                {"username": "ada", "enabled": true, "email": "ada@example.com", "emailVerified": true,
                 "firstName": "Ada", "lastName": "Lovelace",
                 "credentials": [{"type": "password", "value": "secret", "temporary": false}]}""");
        live.apply(flow(NAME_THEN_PASSWORD));
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aLoginThatIsHalfWayThroughIsFinishedThoughStepsWereAddedBeforeAndAfterIt() {
        BrowserLogin login = login();
        assertThat(login.fields()).contains("username").doesNotContain("password");
        login.post(Map.of("username", "ada"));
        assertThat(login.fields()).contains("password");

        realm.post("roles", "{\"name\": \"guest\"}");
        String longer = flow("""
                {"authenticator": "allow-access-authenticator", "requirement": "REQUIRED"},
                {"authenticator": "auth-username-form", "requirement": "REQUIRED"},
                {"flowAlias": "guests", "requirement": "CONDITIONAL", "authenticationExecutions": [
                  {"authenticator": "conditional-user-role", "requirement": "REQUIRED", "authenticatorConfig":
                    {"alias": "guests only", "config": {"condUserRole": "guest"}}},
                  {"authenticator": "deny-access-authenticator", "requirement": "REQUIRED"}]},
                {"authenticator": "auth-password-form", "requirement": "REQUIRED"},
                {"authenticator": "allow-access-authenticator", "requirement": "REQUIRED"}""");
        assertThat(live.apply(longer)).singleElement().asString().startsWith("update flow/R/two steps: ");

        login.post(Map.of("password", "secret"));
        assertThat(login.isFinished()).as(login::answer).isTrue();
        assertThat(live.plan(longer)).isEmpty();
        BrowserLogin next = login();
        next.post(Map.of("username", "ada"));
        next.post(Map.of("password", "secret"));
        assertThat(next.isFinished()).as(next::answer).isTrue();
    }

    @Test
    void aStepThatIsAddedBehindTheOneAtHandIsAskedForInTheSameLogin() {
        BrowserLogin login = login();
        login.post(Map.of("username", "ada"));

        live.apply(flow(NAME_THEN_PASSWORD + """
                , {"authenticator": "deny-access-authenticator", "requirement": "REQUIRED"}"""));

        login.post(Map.of("password", "secret"));
        assertThat(login.isFinished()).isFalse();
        assertThat(login.answer()).contains("Access denied");
    }

    @Test
    void whoeverIsInAFlowThatIsReplacedByAnotherOneBeginsAnew() {
        BrowserLogin login = login();
        login.post(Map.of("username", "ada"));

        live.apply(
                "{\"browserFlow\": \"one step\", \"authenticationFlows\": {\"one step\": {\"authenticationExecutions\":"
                        + " [{\"authenticator\": \"auth-username-password-form\", \"requirement\": \"REQUIRED\"}]}}}");

        login.post(Map.of("password", "secret"));
        assertThat(login.fields()).contains("username", "password");
        login.post(Map.of("username", "ada", "password", "secret"));
        assertThat(login.isFinished()).as(login::answer).isTrue();
    }

    private BrowserLogin login() {
        return new BrowserLogin(server.url(), realm.name(), "app", APP);
    }

    private static String flow(String steps) {
        return "{\"browserFlow\": \"two steps\", \"authenticationFlows\": {\"two steps\":"
                + " {\"authenticationExecutions\": [" + steps + "]}}}";
    }
}
