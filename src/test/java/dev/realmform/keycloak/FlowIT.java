package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flows with their steps, sub-flows and settings, on a real server. */
@ExtendWith(RealKeycloak.class)
class FlowIT {

    private static final String STEP_UP = """
            {"authenticationFlows": [
              {"alias": "step-up", "description": "With a code", "providerId": "basic-flow", "topLevel": true,
               "builtIn": false, "authenticationExecutions": [
                 {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"},
                 {"flowAlias": "step-up forms", "authenticatorFlow": true, "requirement": "ALTERNATIVE"}]},
              {"alias": "step-up forms", "providerId": "basic-flow", "topLevel": false,
               "authenticationExecutions": [
                 {"authenticator": "auth-username-password-form", "requirement": "REQUIRED"},
                 {"flowAlias": "step-up code", "requirement": "CONDITIONAL"}]},
              {"alias": "step-up code", "providerId": "basic-flow", "topLevel": false,
               "authenticationExecutions": [
                 {"authenticator": "conditional-user-role", "requirement": "REQUIRED",
                  "authenticatorConfig": "who needs a code"},
                 {"authenticator": "auth-otp-form", "requirement": "REQUIRED"}]}],
             "authenticatorConfig": [
               {"alias": "who needs a code", "config": {"condUserRole": "offline_access", "negate": false}}]}""";

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm empty) {
        realm = empty;
        live = new LiveRealm(server, empty.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aFlowIsMadeWithAllItsStepsAndSettings() {
        assertThat(live.apply(STEP_UP)).contains("create flow/R/step-up");

        assertThat(steps("step-up")).containsExactly("auth-cookie ALTERNATIVE",
                "step-up forms ALTERNATIVE",
                "  auth-username-password-form REQUIRED",
                "  step-up code CONDITIONAL",
                "    conditional-user-role REQUIRED [who needs a code]",
                "    auth-otp-form REQUIRED");
        assertThat(settings("step-up", "who needs a code").at("/config/condUserRole").asText()).isEqualTo(
                "offline_access");
        assertThat(live.plan(STEP_UP)).isEmpty();
    }

    @Test
    void aSubFlowThatIsNoFormHasNoAuthenticator() {
        String document = own("""
                {"flowAlias": "own sub", "providerId": "basic-flow", "authenticator": "registration-page-form",
                 "requirement": "ALTERNATIVE", "authenticationExecutions": [
                  {"authenticator": "auth-otp-form", "requirement": "REQUIRED"}]}""");

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void stepsComeGoAndMoveInPlaceAndThoseOfOthersStay() {
        live.apply(own("""
                {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"},
                {"authenticator": "auth-spnego", "requirement": "DISABLED"},
                {"authenticator": "identity-provider-redirector", "requirement": "ALTERNATIVE"}"""));
        realm.post("authentication/flows/own/executions/execution", "{\"provider\": \"deny-access-authenticator\"}");
        String id = execution("own", "auth-cookie").path("id").asText();

        String next = own("""
                {"authenticator": "auth-otp-form", "requirement": "REQUIRED"},
                {"authenticator": "identity-provider-redirector", "requirement": "REQUIRED"},
                {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"},
                {"flowAlias": "own sub", "requirement": "CONDITIONAL", "authenticationExecutions": [
                  {"authenticator": "conditional-user-configured", "requirement": "REQUIRED"}]}""");
        assertThat(live.apply(next)).singleElement().asString().startsWith("update flow/R/own: ");

        assertThat(steps("own")).containsExactly("auth-otp-form REQUIRED",
                "identity-provider-redirector REQUIRED",
                "auth-cookie ALTERNATIVE",
                "own sub CONDITIONAL",
                "  conditional-user-configured REQUIRED",
                "deny-access-authenticator DISABLED");
        assertThat(execution("own", "auth-cookie").path("id").asText()).isEqualTo(id);
        assertThat(live.plan(next)).isEmpty();
        assertThat(live.requests())
                .noneMatch(request -> request.matches("DELETE /admin/realms/R/authentication/flows/.*"));
    }

    @Test
    void twoStepsOfOneAuthenticatorAreToldApart() {
        List.of("a", "b", "c").forEach(role -> realm.post("roles", "{\"name\": \"" + role + "\"}"));
        String two = own("""
                {"authenticator": "conditional-user-role", "requirement": "REQUIRED", "authenticatorConfig":
                  {"alias": "first", "config": {"condUserRole": "a"}}},
                {"authenticator": "conditional-user-role", "requirement": "DISABLED", "authenticatorConfig":
                  {"alias": "second", "config": {"condUserRole": "b"}}}""");
        live.apply(two);

        assertThat(steps("own")).containsExactly("conditional-user-role REQUIRED [first]",
                "conditional-user-role DISABLED [second]");
        assertThat(live.apply(two.replace("\"condUserRole\": \"b\"", "\"condUserRole\": \"c\""))).containsExactly(
                "update flow/R/own: authenticationExecutions.conditional-user-role[2].authenticatorConfig.config"
                        + ".condUserRole");
        assertThat(settings("own", "first").at("/config/condUserRole").asText()).isEqualTo("a");
        assertThat(settings("own", "second").at("/config/condUserRole").asText()).isEqualTo("c");
    }

    @Test
    void whatASettingNamesHasToBeThere() {
        String document = own(redirector("\"defaultProvider\": \"entra\""));

        assertThat(live.refused(document)).singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("identity-provider/" + realm.name()
                            + "/entra is neither declared nor live, and flow/" + realm.name() + "/own refers to it");
                    assertThat(problem.where()).contains("test.json:1:1", "authenticatorConfig.config.defaultProvider");
                });
        realm.post("identity-provider/instances",
                "{\"alias\": \"entra\", \"providerId\": \"github\", \"config\": {\"clientId\": \"realm\"}}");
        assertThat(live.refused(document)).isEmpty();
    }

    @Test
    void settingsOfOthersSurviveAndOursComeAndGo() {
        List.of("entra", "google")
                .forEach(alias -> realm.post("identity-provider/instances",
                        "{\"alias\": \"" + alias
                                + "\", \"providerId\": \"github\", \"config\": {\"clientId\": \"realm\"}}"));
        live.apply(own(redirector("\"defaultProvider\": \"entra\", \"ours\": \"1\"")));
        JsonNode settings = settings("own", "redirect");
        realm.put("authentication/config/" + settings.path("id").asText(), """
                {"alias": "redirect", "config": {"defaultProvider": "entra", "ours": "1", "theirs": "x"}}""");

        live.apply(own(redirector("\"defaultProvider\": \"google\"")));

        JsonNode after = settings("own", "redirect").path("config");
        assertThat(after.path("defaultProvider").asText()).isEqualTo("google");
        assertThat(after.has("theirs")).isTrue();
        assertThat(after.has("ours")).isFalse();
        assertThat(live.plan(own(redirector("\"defaultProvider\": \"google\"")))).isEmpty();
        live.apply(own("""
                {"authenticator": "identity-provider-redirector", "requirement": "REQUIRED",
                 "authenticatorConfig": null}"""));
        assertThat(steps("own")).containsExactly("identity-provider-redirector REQUIRED");
    }

    @Test
    void aRenamedFlowKeepsItsIdAndIsChangedInTheSameRun() {
        live.apply(STEP_UP);
        String id = flow("step-up").path("id").asText();

        String renamed = STEP_UP.replace("\"alias\": \"step-up\",", "\"alias\": \"strong\", \"$was\": \"step-up\",")
                .replace("\"authenticator\": \"auth-cookie\", \"requirement\": \"ALTERNATIVE\"",
                        "\"authenticator\": \"auth-cookie\", \"requirement\": \"DISABLED\"");
        assertThat(live.apply(renamed)).containsExactly(
                "update flow/R/strong: authenticationExecutions.auth-cookie.requirement");

        assertThat(flow("strong").path("id").asText()).isEqualTo(id);
        assertThat(steps("strong")).startsWith("auth-cookie DISABLED", "step-up forms ALTERNATIVE");
        assertThat(live.plan(renamed)).isEmpty();
    }

    @Test
    void stepsOfABuiltInFlowAreChangedAndNeverGo() {
        String browser = """
                {"authenticationFlows": {"browser": {"description": "Ours", "authenticationExecutions": {
                  "auth-spnego": {"requirement": "ALTERNATIVE", "priority": 15}, "forms": {"authenticationExecutions": {
                    "auth-username-password-form": {"priority": 5}}}}}}}""";
        live.apply(browser);

        assertThat(steps("browser")).contains("auth-spnego ALTERNATIVE", "forms ALTERNATIVE");
        assertThat(flow("browser").path("description").asText()).isEqualTo("Ours");
        assertThat(flow("browser").path("builtIn").asBoolean()).isTrue();
        assertThat(live.plan(browser)).isEmpty();
        assertThat(live.plan("""
                {"authenticationFlows": {"browser": {}}}""")).isEmpty();
    }

    @Test
    void someStepsOfAFlowInAListSayNothingOfTheOthers() {
        String browser = """
                {"authenticationFlows": {"browser": {"authenticationExecutions": [
                  {"authenticator": "auth-spnego", "requirement": "ALTERNATIVE"},
                  {"flowAlias": "forms", "requirement": "ALTERNATIVE"}]}}}""";

        assertThat(live.apply(browser)).contains(
                "adopt flow/R/browser: authenticationExecutions.auth-spnego.requirement");
        assertThat(live.plan(browser)).isEmpty();
    }

    @Test
    void aSubFlowThatMovesIsMadeAnewBeforeTheOldOneGoes() {
        live.apply(STEP_UP);

        String moved = STEP_UP.replace("{\"flowAlias\": \"step-up code\", \"requirement\": \"CONDITIONAL\"}]},", "]},")
                .replace("\"requirement\": \"REQUIRED\"},\n     ]}", "\"requirement\": \"REQUIRED\"}]}")
                .replace("\"authenticatorFlow\": true, \"requirement\": \"ALTERNATIVE\"}]}",
                        "\"requirement\": \"ALTERNATIVE\"}, {\"flowAlias\": \"step-up code\", \"requirement\":"
                                + " \"CONDITIONAL\"}]}")
                .replaceAll("},\\s*]}", "}]}");
        live.apply(moved);

        assertThat(steps("step-up")).containsExactly("auth-cookie ALTERNATIVE",
                "step-up forms ALTERNATIVE",
                "  auth-username-password-form REQUIRED",
                "step-up code CONDITIONAL",
                "  conditional-user-role REQUIRED [who needs a code]",
                "  auth-otp-form REQUIRED");
        assertThat(live.plan(moved)).isEmpty();
    }

    @Test
    void aFlowThatLeavesTheFileGoesIfWeMadeIt() {
        live.apply(STEP_UP);

        assertThat(live.apply("{}")).contains("delete flow/R/step-up");

        assertThat(realm.get("authentication/flows").findValuesAsText("alias")).doesNotContain("step-up");
    }

    private static String own(String steps) {
        return "{\"authenticationFlows\": {\"own\": {\"authenticationExecutions\": [" + steps + "]}}}";
    }

    private static String redirector(String config) {
        return "{\"authenticator\": \"identity-provider-redirector\", \"requirement\": \"REQUIRED\","
                + " \"authenticatorConfig\": {\"alias\": \"redirect\", \"config\": {" + config + "}}}";
    }

    private JsonNode flow(String alias) {
        for (JsonNode flow : realm.get("authentication/flows")) {
            if (flow.path("alias").asText().equals(alias)) {
                return flow;
            }
        }
        throw new AssertionError("no flow " + alias);
    }

    private JsonNode executions(String alias) {
        return realm.get("authentication/flows/" + AdminApi.escape(alias) + "/executions");
    }

    private JsonNode execution(String alias, String provider) {
        for (JsonNode execution : executions(alias)) {
            if (execution.path("providerId").asText().equals(provider)) {
                return execution;
            }
        }
        throw new AssertionError("no " + provider + " in " + alias);
    }

    private JsonNode settings(String alias, String name) {
        for (JsonNode execution : executions(alias)) {
            if (execution.path("alias").asText().equals(name)) {
                return realm.get("authentication/config/" + execution.path("authenticationConfig").asText());
            }
        }
        throw new AssertionError("no settings " + name + " in " + alias);
    }

    private List<String> steps(String alias) {
        List<String> steps = new ArrayList<>();
        for (JsonNode execution : executions(alias)) {
            String name = execution.path("authenticationFlow").asBoolean()
                    ? execution.path("displayName").asText()
                    : execution.path("providerId").asText();
            steps.add("  ".repeat(execution.path("level").asInt()) + name + " "
                    + execution.path("requirement").asText()
                    + (execution.has("alias") ? " [" + execution.path("alias").asText() + "]" : ""));
        }
        return steps;
    }
}
