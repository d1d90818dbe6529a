package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which flow a realm and its clients use, and what a plan refuses to do to a flow, on a real server. */
@ExtendWith(RealKeycloak.class)
class FlowBindingIT {

    private static final String COOKIE = """
            {"authenticationExecutions": [{"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"}]}""";

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
    void aFlowIsReplacedInOneRunByMakingBindingAndDeletingInThisOrder() {
        live.apply("{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": " + COOKIE + "}}");

        List<String> plan = live.apply(
                "{\"browserFlow\": \"two\", \"authenticationFlows\": {\"two\": " + COOKIE + "}}");

        assertThat(plan).containsSubsequence("create flow/R/two", "update realm-bindings/R: browserFlow",
                "delete flow/R/one");
        assertThat(realm.get("").path("browserFlow").asText()).isEqualTo("two");
        assertThat(realm.get("authentication/flows").findValuesAsText("alias")).contains("two").doesNotContain("one");
    }

    @Test
    void bindingAFlowLeavesAllElseOfTheRealmAsItIs() {
        realm.put("", "{\"attributes\": {\"theirs\": \"x\", \"parRequestUriLifespan\": \"77\"},"
                + " \"oauth2DeviceCodeLifespan\": 711}");

        live.apply("{\"directGrantFlow\": \"one\", \"authenticationFlows\": {\"one\": " + COOKIE + "}}");

        JsonNode after = realm.get("");
        assertThat(after.at("/attributes/theirs").asText()).isEqualTo("x");
        assertThat(after.at("/attributes/parRequestUriLifespan").asText()).isEqualTo("77");
        assertThat(after.path("oauth2DeviceCodeLifespan").asInt()).isEqualTo(711);
        assertThat(after.path("directGrantFlow").asText()).isEqualTo("one");
        assertThat(after.path("browserFlow").asText()).isEqualTo("browser");
    }

    @Test
    void aBoundFlowIsNotDeleted() {
        live.apply("{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": " + COOKIE + ", \"two\": " + COOKIE
                + "}}");
        realm.post("clients", "{\"clientId\": \"theirs\", \"authenticationFlowBindingOverrides\": {\"direct_grant\": \""
                + id("two") + "\"}}");

        assertThat(live.refused("{}")).extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "flow/" + realm.name() + "/one is in use by the realm (browserFlow), and this plan deletes it",
                        "flow/" + realm.name() + "/two is in use by client/" + realm.name()
                                + "/theirs (authenticationFlowBindingOverrides.direct_grant), and this plan deletes it");
        assertThat(live.refused("{\"browserFlow\": \"nowhere\"}")).extracting(Problem::what)
                .contains("flow/" + realm.name() + "/nowhere is neither declared nor live, and realm-bindings/"
                        + realm.name() + " refers to it");
    }

    @Test
    void clientsHaveFlowsByAliasAndKeepThoseThatOthersGaveThem() {
        String flows = "\"authenticationFlows\": {\"one\": " + COOKIE + ", \"two\": " + COOKIE + "}";
        String bound = "{\"clients\": {\"shop\": {\"authenticationFlowBindingOverrides\": {\"browser\": \"one\"}}}, "
                + flows + "}";
        live.apply(bound);
        assertThat(overrides().path("browser").asText()).isEqualTo(id("one"));
        assertThat(live.plan(bound)).isEmpty();

        realm.put("clients/" + client().path("id").asText(), "{\"clientId\": \"shop\","
                + " \"authenticationFlowBindingOverrides\": {\"direct_grant\": \"" + id("direct grant") + "\"}}");
        assertThat(live.apply(bound.replace("\"browser\": \"one\"", "\"browser\": \"two\""))).containsExactly(
                "update client/R/shop: authenticationFlowBindingOverrides.browser");

        assertThat(overrides().path("browser").asText()).isEqualTo(id("two"));
        assertThat(overrides().path("direct_grant").asText()).isEqualTo(id("direct grant"));
        live.apply("{\"clients\": {\"shop\": {}}, " + flows + "}");
        assertThat(overrides().has("browser")).isFalse();
        assertThat(overrides().path("direct_grant").asText()).isEqualTo(id("direct grant"));
    }

    @Test
    void aFlowThatAClientLetsGoOfIsDeletedAfterwards() {
        live.apply("{\"clients\": {\"shop\": {\"authenticationFlowBindingOverrides\": {\"browser\": \"one\"}}},"
                + " \"authenticationFlows\": {\"one\": " + COOKIE + "}}");

        assertThat(live.apply("{\"clients\": {\"shop\": {}}}")).containsSubsequence(
                "update client/R/shop: authenticationFlowBindingOverrides", "delete flow/R/one");
    }

    @Test
    void identityProvidersHaveFlowsAndLetThemGoBeforeTheyAreDeleted() {
        String provider = "{\"identityProviders\": {\"corp\": {\"providerId\": \"oidc\","
                + " \"firstBrokerLoginFlowAlias\": \"FLOW\", \"config\": {\"clientId\": \"x\","
                + " \"authorizationUrl\": \"https://a.example/auth\", \"tokenUrl\": \"https://a.example/token\"}}}";
        String one = provider.replace("FLOW", "one") + ", \"authenticationFlows\": {\"one\": " + COOKIE + "}}";
        assertThat(live.apply(one)).containsSubsequence("create flow/R/one", "create identity-provider/R/corp");
        assertThat(live.plan(one)).isEmpty();

        assertThat(live.refused("{\"identityProviders\": {\"corp\": {}}}")).extracting(Problem::what)
                .containsExactly("flow/" + realm.name() + "/one is in use by identity-provider/" + realm.name()
                        + "/corp (firstBrokerLoginFlowAlias), and this plan deletes it");
        assertThat(live.refused(provider.replace("FLOW", "nowhere") + "}")).extracting(Problem::what)
                .contains("flow/" + realm.name() + "/nowhere is neither declared nor live, and identity-provider/"
                        + realm.name() + "/corp refers to it");
        assertThat(live.apply(provider.replace("FLOW", "first broker login") + "}")).containsSubsequence(
                "update identity-provider/R/corp: firstBrokerLoginFlowAlias", "delete flow/R/one");
    }

    @Test
    void aFlowIsBoundOnceItsStepsAreAsTheyShallBe() {
        live.apply("{\"browserFlow\": \"browser\", \"authenticationFlows\": {\"one\": " + COOKIE + "}}");

        assertThat(live.plan("{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": "
                + COOKIE.replace("ALTERNATIVE", "REQUIRED") + "}}"))
                .containsExactly("update flow/R/one: authenticationExecutions.auth-cookie.requirement",
                        "update realm-bindings/R: browserFlow");
    }

    @Test
    void exportedClientsNameFlowsByTheIdsOfTheSameExport() {
        String id = "00000000-0000-0000-0000-0000000000aa";
        live.apply("{\"clients\": [{\"clientId\": \"shop\", \"authenticationFlowBindingOverrides\": {\"browser\": \""
                + id + "\"}}], \"authenticationFlows\": [{\"id\": \"" + id + "\", \"alias\": \"one\"}]}");

        assertThat(overrides().path("browser").asText()).isEqualTo(id("one"));
    }

    @Test
    void stepsOfBuiltInFlowsNeitherComeNorGo() {
        assertThat(live.refused("""
                {"authenticationFlows": {"browser": {"authenticationExecutions": {
                  "auth-otp-form": {"requirement": "REQUIRED"}, "auth-cookie": {"$delete": true}}}}}"""))
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "flow/" + realm.name()
                                + "/browser is Keycloak's own: no step can be added, and auth-otp-form is"
                                + " none of its",
                        "flow/" + realm.name() + "/browser is Keycloak's own: auth-cookie cannot be taken out");
    }

    @Test
    void anExportOfAnotherVersionIsAppliedAsFarAsItsBuiltInFlowsGo() {
        String export = """
                {"authenticationFlows": [{"alias": "browser", "builtIn": true, "topLevel": true,
                  "authenticationExecutions": [
                    {"authenticator": "auth-cookie", "requirement": "DISABLED", "priority": 10},
                    {"authenticator": "auth-otp-form", "requirement": "REQUIRED", "priority": 20}]}]}""";

        assertThat(live.apply(export)).contains(
                "adopt flow/R/browser: authenticationExecutions.auth-cookie.requirement");

        assertThat(live.leftAside()).singleElement().asString().contains("has no auth-otp-form: left out");
        assertThat(live.plan(export)).isEmpty();
    }

    @Test
    void aFlowIsOfAnotherKindInPlaceUnlessItIsBound() {
        live.apply("{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": " + COOKIE + ", \"two\": " + COOKIE
                + "}}");
        String clients = """
                {"providerId": "client-flow", "authenticationExecutions": [
                  {"authenticator": "client-secret", "requirement": "ALTERNATIVE"}]}""";

        assertThat(live.refused("{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": " + clients
                + ", \"two\": " + COOKIE + "}}"))
                .extracting(Problem::what)
                .containsExactly("flow/" + realm.name() + "/one is in use by the realm (browserFlow), and this plan"
                        + " makes it a client-flow, which takes a new flow");
        String two = "{\"browserFlow\": \"one\", \"authenticationFlows\": {\"one\": " + COOKIE + ", \"two\": " + clients
                + "}}";
        live.apply(two);
        assertThat(live.plan(two)).isEmpty();
    }

    @Test
    void whatTheServerDoesNotOfferIsAProblemOfThePlan() {
        assertThat(live.refused("""
                {"authenticationFlows": {
                  "logins": {"authenticationExecutions": [
                    {"authenticator": "auth-otp-from", "requirement": "REQUIRED"},
                    {"flowAlias": "nowhere", "requirement": "REQUIRED"},
                    {"flowAlias": "forms", "requirement": "REQUIRED", "authenticationExecutions": []},
                    {"flowAlias": "a form", "providerId": "form-flow", "authenticator": "no-page",
                     "authenticationExecutions": [{"authenticator": "auth-cookie", "requirement": "REQUIRED"}]},
                    {"authenticator": "auth-otp-form", "requirement": "REQUIRED", "authenticatorConfig": "lost"}]},
                  "clients too": {"providerId": "client-flow", "authenticationExecutions": [
                    {"authenticator": "auth-cookie", "requirement": "REQUIRED"}]}},
                 "requiredActions": {"DANCE": {}}}"""))
                .extracting(Problem::what)
                .map(what -> what.replace(realm.name(), "R"))
                .containsExactlyInAnyOrder("this server has no auth-otp-from, which flow/R/logins names",
                        "the sub-flow nowhere of flow/R/logins is neither declared nor live",
                        "the alias forms is taken: flow browser has a sub-flow of that name",
                        "this server has no no-page, which flow/R/logins names",
                        "this server has no auth-cookie, which flow/R/logins names",
                        "the settings lost of flow/R/logins are neither declared nor live",
                        "this server has no auth-cookie, which flow/R/clients too names",
                        "this server has no required action DANCE, which required-action/R/DANCE names");
    }

    @Test
    void aRequiredActionIsRegisteredAgain() {
        realm.delete("authentication/required-actions/UPDATE_PROFILE");
        String document = """
                {"requiredActions": {"UPDATE_PROFILE": {"name": "New profile", "enabled": false, "priority": 7}}}""";

        assertThat(live.apply(document)).contains("create required-action/R/UPDATE_PROFILE");

        JsonNode action = realm.get("authentication/required-actions/UPDATE_PROFILE");
        assertThat(action.path("name").asText()).isEqualTo("New profile");
        assertThat(action.path("enabled").asBoolean()).isFalse();
        assertThat(action.path("priority").asInt()).isEqualTo(7);
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void settingsOfARequiredActionThatOthersMadeSurvive() {
        live.apply("{\"requiredActions\": {\"UPDATE_PASSWORD\": {\"config\": {\"max_auth_age\": 100}}}}");
        realm.put("authentication/required-actions/UPDATE_PASSWORD", """
                {"alias": "UPDATE_PASSWORD", "name": "Update Password", "enabled": true, "priority": 57,
                 "config": {"max_auth_age": "100", "theirs": "x"}}""");

        live.apply("{\"requiredActions\": {\"UPDATE_PASSWORD\": {\"config\": {\"max_auth_age\": 200}}}}");

        JsonNode action = realm.get("authentication/required-actions/UPDATE_PASSWORD");
        assertThat(action.at("/config/max_auth_age").asText()).isEqualTo("200");
        assertThat(action.at("/config/theirs").asText()).isEqualTo("x");
        assertThat(action.path("name").asText()).isEqualTo("Update Password");
    }

    private JsonNode client() {
        return realm.get("clients?clientId=shop").get(0);
    }

    private JsonNode overrides() {
        return client().path("authenticationFlowBindingOverrides");
    }

    private String id(String alias) {
        for (JsonNode flow : realm.get("authentication/flows")) {
            if (flow.path("alias").asText().equals(alias)) {
                return flow.path("id").asText();
            }
        }
        throw new AssertionError("no flow " + alias);
    }
}
