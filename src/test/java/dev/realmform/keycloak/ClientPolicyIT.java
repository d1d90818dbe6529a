package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Client profiles and policies, which lie in lists that the server replaces whole, on a real server. */
@ExtendWith(RealKeycloak.class)
class ClientPolicyIT {

    private static final String THEIRS = """
            {"name": "theirs", "executors": [{"executor": "secure-session", "configuration": {}}]}""";

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) {
        realm = own;
        live = new LiveRealm(server, realm.name());
        live.apply("{}");
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void profilesOfOthersStayWhenOursComeChangeAndGo() {
        realm.put("client-policies/profiles", "{\"profiles\": [" + THEIRS + "]}");
        assertThat(live.apply("""
                {"clientProfiles": {"profiles": {"one": {"description": "1"}, "two": {"executors": [
                  {"executor": "secure-session"}]}}}}"""))
                .containsExactly("create client-profile/R/one", "create client-profile/R/two");
        assertThat(names("profiles")).containsExactlyInAnyOrder("theirs", "one", "two");

        assertThat(live.apply("""
                {"clientProfiles": {"profiles": [{"name": "one", "executors": [{"executor": "consent-required",
                  "configuration": {"auto-configure": "true"}}]}]}}"""))
                .containsExactlyInAnyOrder("update client-profile/R/one: executors", "delete client-profile/R/two");

        assertThat(member("profiles", "one").path("description").asText()).isEqualTo("1");
        assertThat(member("profiles", "theirs").at("/executors/0/executor").asText()).isEqualTo("secure-session");
        assertThat(names("profiles")).containsExactlyInAnyOrder("theirs", "one");
        assertThat(live.apply("{}")).containsExactly("delete client-profile/R/one");
        assertThat(names("profiles")).containsExactly("theirs");
    }

    @Test
    void aPolicyWaitsForItsProfilesAndLetsGoOfThemFirst() {
        String document = """
                {"clientPolicies": {"policies": {"a": {"enabled": true, "conditions": [{"condition": "any-client"}],
                  "profiles": ["strict", "fapi-1-baseline"]}}},
                 "clientProfiles": {"profiles": {"strict": {"executors": [{"executor": "pkce-enforcer",
                  "configuration": {"auto-configure": true}}]}}}}""";
        assertThat(live.apply(document)).containsExactly("create client-profile/R/strict", "create client-policy/R/a");
        assertThat(live.plan(document)).isEmpty();

        assertThat(live.apply("""
                {"clientPolicies": {"policies": {"a": {"profiles": ["fapi-1-baseline"]}}}}"""))
                .containsExactly("update client-policy/R/a: profiles", "delete client-profile/R/strict");
        assertThat(member("policies", "a").path("enabled").asBoolean()).isTrue();
        assertThat(live.apply("{}")).containsExactly("delete client-policy/R/a");
    }

    @Test
    void aRenamedProfileTakesItsPoliciesAlong() {
        live.apply(
                """
                {"clientPolicies": {"policies": {"a": {"profiles": ["old"]}}}, "clientProfiles": {"profiles": {"old": {}}}}""");
        String document = """
                {"clientPolicies": {"policies": {"a": {"profiles": ["new"]}}},
                 "clientProfiles": {"profiles": {"new": {"$was": "old"}}}}""";

        assertThat(live.apply(document)).containsExactly("update client-profile/R/new",
                "update client-policy/R/a: profiles");
        assertThat(names("profiles")).containsExactly("new");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aProfileThatAPolicyOfOthersUsesStays() {
        live.apply("""
                {"clientProfiles": {"profiles": {"strict": {}}}}""");
        realm.put("client-policies/policies", """
                {"policies": [{"name": "theirs", "profiles": ["strict"]}]}""");

        assertThat(live.refused("{}")).extracting(Problem::what)
                .containsExactly(
                        "client-policy/R/theirs uses client-profile/R/strict, which is to go".replace("/R/",
                                "/" + realm.name() + "/"));
    }

    @Test
    void whatTheServerHasNotIsRefusedBeforeAnythingIsWritten() {
        assertThat(live.refused("""
                {"clientPolicies": {"policies": {"a": {"conditions": [{"condition": "any-clients"}], "profiles": ["none"]}}},
                 "clientProfiles": {"profiles": {"p": {"executors": [{"executor": "secure-session"}, {"executor": "nope"}]}}}}
                """)).extracting(problem -> problem.what().replace(realm.name(), "R") + " | " + problem.where())
                .containsExactlyInAnyOrder(
                        "client-profile/R/none is neither declared nor live, and client-policy/R/a refers to it"
                                + " | test.json:1:1  profiles",
                        "the server has no executor nope, and client-profile/R/p asks for it"
                                + " | test.json:1:1  executors.1.executor",
                        "the server has no condition any-clients, and client-policy/R/a asks for it"
                                + " | test.json:1:1  conditions.0.condition");
    }

    @Test
    void globalProfilesAreLeftAsideAndNeverDeleted() {
        live.manage(Map.of("clientProfiles", List.of("*")));
        realm.put("client-policies/profiles", "{\"profiles\": [" + THEIRS + "]}");
        String document = """
                {"clientProfiles": {"profiles": [{"name": "fapi-ciba", "executors": []}], "globalProfiles": [{"name": "x"}]}}""";

        assertThat(live.apply(document)).containsExactly("delete client-profile/R/theirs");
        assertThat(live.plan(document)).isEmpty();
    }

    private List<String> names(String list) {
        return realm.get("client-policies/" + list).path(list).findValuesAsText("name");
    }

    private JsonNode member(String list, String name) {
        for (JsonNode member : realm.get("client-policies/" + list).path(list)) {
            if (member.path("name").asText().equals(name)) {
                return member;
            }
        }
        throw new AssertionError("no member " + name);
    }
}
