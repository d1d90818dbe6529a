package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.BrokeredLogin;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Identity providers and their mappers on a real server, which is its own provider: another realm of it. */
@ExtendWith(RealKeycloak.class)
class IdentityProviderIT {

    private static final String PLAIN = """
            "identityProviders": {"corp": {"providerId": "oidc", "config": {
              "authorizationUrl": "https://corp.example/auth", "tokenUrl": "https://corp.example/token"}}}""";

    private final KeycloakServer server;
    private TestRealm realm;
    private String op;
    private LiveRealm live;

    IdentityProviderIT(KeycloakServer server) {
        this.server = server;
    }

    @BeforeEach
    void open(TestRealm own) {
        realm = own;
        op = own.name() + "-op";
        live = new LiveRealm(server, own.name());
    }

    @AfterEach
    void close() {
        live.close();
        realm.admin().send("DELETE", op, "");
    }

    private String provider(String displayName, String secret) {
        return """
                {"identityProviders": {"corp": {"providerId": "oidc", "trustEmail": true, "displayName": "%s", "config": {
                  "issuer": "OP", "authorizationUrl": "OP/protocol/openid-connect/auth",
                  "tokenUrl": "OP/protocol/openid-connect/token", "jwksUrl": "OP/protocol/openid-connect/certs",
                  "useJwksUrl": true, "validateSignature": true, "clientId": "broker-of-r", "clientSecret": "%s"}}}}
                """.formatted(displayName, secret).replace("OP", server.url() + "/realms/" + op);
    }

    /** The other realm: a user, and the client that the identity provider is to it. */
    private void makeProvidingRealm(String secret) {
        AdminApi admin = realm.admin();
        admin.post("", "{\"realm\": \"" + op + "\", \"enabled\": true}");
        admin.post(op + "/clients", """
                {"clientId": "broker-of-r", "secret": "%s", "redirectUris": ["*"]}""".formatted(secret));
        admin.post(op + "/users", """
                {"username": "ada", "enabled": true, "email": "ada@example.com", "emailVerified": true, "firstName": "Ada",
                 "lastName": "Lovelace", "credentials": [{"type": "password", "value": "adas"}]}""");
        realm.post("clients", """
                {"clientId": "app", "publicClient": true, "redirectUris": ["*"]}""");
    }

    private boolean adaLogsIn() {
        return new BrokeredLogin(server.url()).succeeds(realm.name(), "app", "corp", "ada", "adas");
    }

    @Test
    void aLoginThroughItWorksAfterAnotherFieldWasChanged() {
        makeProvidingRealm("first-secret");
        live.apply(provider("Corp", "first-secret"));
        assertThat(adaLogsIn()).as("after the creation").isTrue();
        assertThat(live.plan(provider("Corp", "first-secret"))).isEmpty();

        assertThat(live.apply(provider("Corporation", "first-secret")))
                .containsExactly("update identity-provider/R/corp: displayName");

        assertThat(adaLogsIn()).as("after the update").isTrue();
        assertThat(live.plan(provider("Corporation", "first-secret"))).isEmpty();
    }

    @Test
    void aRotatedSecretIsOneChangeAndThenNone() {
        makeProvidingRealm("second-secret");
        live.apply(provider("Corp", "first-secret"));
        assertThat(adaLogsIn()).as("with the wrong secret").isFalse();

        assertThat(live.apply(provider("Corp", "second-secret")))
                .containsExactly("update identity-provider/R/corp: config.clientSecret");

        assertThat(adaLogsIn()).as("with the right one").isTrue();
        assertThat(live.plan(provider("Corp", "second-secret"))).isEmpty();
    }

    @Test
    void aSecretThatTheFileDoesNotHoldIsKept() {
        makeProvidingRealm("first-secret");
        live.apply(provider("Corp", "first-secret"));
        live.close();
        live = new LiveRealm(server, realm.name());

        live.apply("""
                {"identityProviders": {"corp": {"storeToken": true, "config": {"syncMode": "FORCE"}}}}""");

        assertThat(adaLogsIn()).isTrue();
        assertThat(corp().path("config").path("syncMode").asText()).isEqualTo("FORCE");
    }

    @Test
    void oneThatOthersMadeIsAdoptedAndItsSecretWrittenOnce() {
        makeProvidingRealm("first-secret");
        live.apply(provider("Corp", "other-secret"));
        live.close();
        live = new LiveRealm(server, realm.name());

        assertThat(live.apply(provider("Corp", "first-secret")))
                .contains("adopt identity-provider/R/corp: config.clientSecret");

        assertThat(adaLogsIn()).isTrue();
        assertThat(live.plan(provider("Corp", "first-secret"))).isEmpty();
    }

    @Test
    void whatOthersSetStays() {
        live.apply("{" + PLAIN + "}");
        String theirs = corp().toString()
                .replace("\"config\":{", "\"linkOnly\":true,\"config\":{\"prompt\":\"login\",\"clientId\":\"x\",");
        realm.put("identity-provider/instances/corp", theirs);
        realm.post("identity-provider/instances/corp/mappers",
                """
                {"name": "theirs", "identityProviderAlias": "corp", "identityProviderMapper": "oidc-username-idp-mapper"}""");
        String ours = "{" + PLAIN.replace("\"config\"", "\"displayName\": \"Corp\", \"config\"") + """
                , "identityProviderMappers": [{"name": "ours", "identityProviderAlias": "corp",
                "identityProviderMapper": "oidc-username-idp-mapper", "config": {"template": "a"}}]}""";

        live.apply(ours);

        assertThat(corp().path("linkOnly").asBoolean()).isTrue();
        assertThat(corp().path("config").path("prompt").asText()).isEqualTo("login");
        assertThat(mappers()).extracting(mapper -> mapper.path("name").asText())
                .containsExactlyInAnyOrder("theirs", "ours");
        assertThat(live.plan(ours)).isEmpty();
    }

    @Test
    void aSettingOfAMapperThatOthersAddedStaysAndTheOneThatLeavesTheFileGoes() {
        live.apply("{" + PLAIN + mapper("{\"template\": \"a\", \"target\": \"LOCAL\"}") + "}");
        JsonNode mapper = mappers().getFirst();
        realm.put("identity-provider/instances/corp/mappers/" + mapper.path("id").asText(),
                mapper.toString().replace("\"template\":\"a\"", "\"template\":\"a\",\"syncMode\":\"FORCE\""));

        live.apply("{" + PLAIN + mapper("{\"template\": \"b\"}") + "}");

        assertThat(mappers().getFirst().path("config").toString())
                .contains("\"template\":\"b\"", "\"syncMode\":\"FORCE\"")
                .doesNotContain("target");
    }

    private static String mapper(String config) {
        return """
                , "identityProviderMappers": {"corp": {"name": {"identityProviderMapper": "oidc-username-idp-mapper",
                "config": %s}}}""".formatted(config);
    }

    @Test
    void aFieldThatBecomesEmptyIsEmptyAndTheRestStays() {
        live.apply("{"
                + PLAIN.replace("\"config\"",
                        """
                "displayName": "Corp", "linkOnly": true, "firstBrokerLoginFlowAlias": "first broker login", "config\"""")
                + "}");

        live.apply("{" + PLAIN.replace("\"config\"", """
                "displayName": null, "firstBrokerLoginFlowAlias": null, "config\"""") + "}");

        assertThat(corp().has("firstBrokerLoginFlowAlias")).isFalse();
        assertThat(corp().path("linkOnly").asBoolean()).isTrue();
        assertThat(corp().path("displayName").asText()).isEmpty();
    }

    @Test
    void aProviderThatTheServerDoesNotHaveIsRefusedBeforeAnythingIsWritten() {
        String document = """
                {"identityProviders": {"corp": {"providerId": "oidcc", "config": {}}, "mute": {}}}""";

        assertThat(live.refused(document)).extracting(Problem::what)
                .containsExactly("the server has no identity provider \"oidcc\"",
                        "identity-provider/%s/mute names no provider".formatted(realm.name()));
        assertThat(live.refused(document)).first().extracting(Problem::where).asString().endsWith("  providerId");
        LiveRealm unmade = new LiveRealm(server, op);
        assertThat(unmade.refused(document)).hasSize(2);
        unmade.close();
    }

    /** Asked for its mappers, the server asks OpenShift first, and answers 500 where nobody is. */
    @Test
    void aProviderWhoseServiceCannotBeReachedHasMappersThatCanBeChanged() {
        String document = """
                {"identityProviders": {"os": {"providerId": "openshift-v4", "config": {
                   "baseUrl": "http://127.0.0.1:9", "clientId": "x", "clientSecret": "y"}}},
                 "identityProviderMappers": {"os": {"name": {"identityProviderMapper": "oidc-username-idp-mapper",
                   "config": {"template": "a"}}}}}""";
        live.apply(document);
        String changed = document.replace("\"a\"", "\"b\"");

        assertThat(live.apply(changed)).containsExactly("update identity-provider-mapper/R/os/name: config.template");

        assertThat(live.plan(changed)).isEmpty();
    }

    @Test
    void aMapperThatTheProviderDoesNotTakeIsRefused() {
        live.apply("{" + PLAIN + "}");
        String document = "{" + PLAIN.replace("}}}", "}}, \"more\": {\"providerId\": \"oidc\", \"config\": {}}}") + """
                , "identityProviderMappers": {
                  "corp": {"a": {"identityProviderMapper": "saml-role-idp-mapper"}, "b": {}},
                  "more": {"c": {"identityProviderMapper": "nonsense"}}}}""";

        assertThat(live.refused(document)).extracting(problem -> problem.what().replace(realm.name(), "R"))
                .containsExactly("identity-provider/R/corp takes no mapper of type \"saml-role-idp-mapper\"",
                        "identity-provider-mapper/R/corp/b names no type of mapper",
                        "identity-provider/R/more takes no mapper of type \"nonsense\"");
    }

    @Test
    void rolesAndGroupsThatAMapperGivesHaveToBeThere() {
        String document = "{" + PLAIN
                + """
                , "roles": {"realm": {"one.two": {}}, "client": {"pay.portal": {"approver": {}}}},
                  "clients": {"pay.portal": {}}, "groups": {"A": {"subGroups": [{"name": "B"}]}},
                  "identityProviderMappers": {"corp": {
                    "realm": {"identityProviderMapper": "oidc-hardcoded-role-idp-mapper", "config": {"role": "one.two"}},
                    "client": {"identityProviderMapper": "oidc-hardcoded-role-idp-mapper",
                      "config": {"role": "pay.portal.approver"}},
                    "group": {"identityProviderMapper": "oidc-hardcoded-group-idp-mapper", "config": {"group": "/A/B"}}}}}""";
        live.apply(document);
        assertThat(live.plan(document)).isEmpty();

        assertThat(live.refused(document.replace("\"role\": \"one.two\"", "\"role\": \"one.three\"")
                .replace("\"group\": \"/A/B\"", "\"group\": \"/A/C\"")))
                .extracting(problem -> problem.what().replace(realm.name(), "R"))
                .containsExactlyInAnyOrder(
                        "client-role/R/one/three is neither declared nor live, and identity-provider-mapper/R/corp/realm"
                                + " refers to it",
                        "group/R/A/C is neither declared nor live, and identity-provider-mapper/R/corp/group refers to it");
    }

    @Test
    void aMapperFollowsTheRenamesOfWhatItGives() {
        String document = "{" + PLAIN
                + """
                , "roles": {"realm": {"old": {}}}, "groups": {"Old": {}}, "identityProviderMappers": {"corp": {
                    "role": {"identityProviderMapper": "oidc-hardcoded-role-idp-mapper", "config": {"role": "old"}},
                    "group": {"identityProviderMapper": "oidc-hardcoded-group-idp-mapper", "config": {"group": "/Old"}}}}}""";
        live.apply(document);
        String renamed = document.replace("\"old\": {}", "\"new\": {\"$was\": \"old\"}")
                .replace("\"role\": \"old\"", "\"role\": \"new\"")
                .replace("\"Old\": {}", "\"New\": {\"$was\": \"Old\"}")
                .replace("\"group\": \"/Old\"", "\"group\": \"/New\"");

        assertThat(live.apply(renamed)).containsExactlyInAnyOrder("update realm-role/R/new", "update group/R/New");

        assertThat(live.plan(renamed)).isEmpty();
    }

    @Test
    void aMapperIsRenamedInPlaceAndAProviderIsNot() {
        live.apply("{" + PLAIN + mapper("{\"template\": \"a\"}") + "}");
        String id = mappers().getFirst().path("id").asText();

        assertThat(live.apply("{" + PLAIN + mapper("{\"template\": \"a\"}").replace("\"name\": {",
                "\"login\": {\"$was\": \"name\", ") + "}"))
                .containsExactly("update identity-provider-mapper/R/corp/login");

        assertThat(mappers().getFirst().path("id").asText()).isEqualTo(id);
        assertThat(mappers().getFirst().path("name").asText()).isEqualTo("login");
        assertThat(live.wrong("{" + PLAIN.replace("\"config\"", "\"$was\": \"old\", \"config\"") + "}"))
                .containsExactly("an identity provider cannot be renamed: Keycloak refuses another alias");
        assertThat(realm.admin()
                .send("PUT", realm.name() + "/identity-provider/instances/corp",
                        corp().toString().replace("\"alias\":\"corp\"", "\"alias\":\"corporation\""))
                .statusCode()).as("the server has learned to rename")
                .isEqualTo(RealKeycloak.isOlderThan("26.5") ? 204 : 400);
    }

    @Test
    void aProviderThatLeavesTheFileTakesItsMappersAlongUnlessOthersMadeThem() {
        String document = "{" + PLAIN + mapper("{\"template\": \"a\"}") + "}";
        live.apply(document);
        realm.post("identity-provider/instances/corp/mappers",
                """
                {"name": "theirs", "identityProviderAlias": "corp", "identityProviderMapper": "oidc-username-idp-mapper"}""");
        assertThat(live.refused("{}")).extracting(Problem::what)
                .anyMatch(what -> what.contains("would take along what is not ours"));
        mappers().stream()
                .filter(mapper -> mapper.path("name").asText().equals("theirs"))
                .forEach(mapper -> realm
                        .delete("identity-provider/instances/corp/mappers/" + mapper.path("id").asText()));

        live.apply("{}");

        assertThat(realm.get("identity-provider/instances")).isEmpty();
    }

    @Test
    void anotherProviderUnderTheSameAliasIsRefused() {
        live.apply("{" + PLAIN + "}");

        assertThat(live.refused("{" + PLAIN.replace("oidc", "keycloak-oidc") + "}")).extracting(Problem::what)
                .containsExactly(
                        "providerId of identity-provider/" + realm.name() + "/corp cannot be changed in place");
    }

    @Test
    void aFlowThatItNamesHasToBeThereAndIsMadeBefore() {
        String document = "{" + PLAIN.replace("\"config\"", "\"firstBrokerLoginFlowAlias\": \"our login\", \"config\"")
                + ", \"authenticationFlows\": [{\"alias\": \"our login\", \"topLevel\": true, \"providerId\": \"basic-flow\"}]}";

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
        assertThat(live.refused(document.replace("Alias\": \"our", "Alias\": \"no"))).extracting(Problem::what)
                .containsExactly(
                        "flow/%1$s/no login is neither declared nor live, and identity-provider/%1$s/corp refers to it"
                                .formatted(realm.name()));
    }

    @Test
    void onlyWhatTheFileNamesIsRead() {
        String document = "{" + PLAIN + mapper("{\"template\": \"a\"}") + "}";
        live.apply(document);
        live.requests();

        live.plan(document);

        assertThat(live.requests()).filteredOn(request -> request.contains("identity-provider"))
                .containsExactlyInAnyOrder("GET /admin/realms/R/identity-provider/instances/corp",
                        "GET /admin/realms/R/identity-provider/instances/corp/mappers");
        live.plan("{}");
        assertThat(live.requests()).filteredOn(request -> request.contains("mapper-types")).isEmpty();
    }

    @Test
    void moreThanTheServerShowsAtOnceAreFound() {
        StringBuilder providers = new StringBuilder();
        for (int i = 0; i < 105; i++) {
            realm.post("identity-provider/instances", """
                    {"alias": "g%d", "providerId": "github", "enabled": true}""".formatted(i));
            providers.append(i == 0 ? "" : ", ").append("\"g").append(i).append("\": {\"providerId\": \"github\"}");
        }

        assertThat(live.plan("{\"identityProviders\": {" + providers + "}}"))
                .filteredOn(line -> line.contains("identity-provider"))
                .hasSize(105)
                .allMatch(line -> line.startsWith("adopt "));
    }

    private JsonNode corp() {
        return realm.get("identity-provider/instances/corp");
    }

    private List<JsonNode> mappers() {
        List<JsonNode> mappers = new java.util.ArrayList<>();
        realm.get("identity-provider/instances/corp/mappers").forEach(mappers::add);
        return mappers;
    }
}
