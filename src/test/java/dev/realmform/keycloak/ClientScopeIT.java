package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Client scopes and their mappers, on a real server. */
@ExtendWith(RealKeycloak.class)
class ClientScopeIT {

    private static final String AUDIENCE = """
            {"protocolMapper": "oidc-audience-mapper", "config": {"included.client.audience": "account"}}""";

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) {
        realm = own;
        live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void attributesAndMappersOfOthersStayWhenOursChangeAndGo() {
        live.apply("""
                {"clientScopes": {"ledger": {"description": "d", "attributes": {"ours": "1", "also": "1"},
                  "protocolMappers": {"audience": %s, "second": %s}}}}""".formatted(AUDIENCE, AUDIENCE));
        String id = scope("ledger").path("id").asText();
        realm.put("client-scopes/" + id, "{\"name\": \"ledger\", \"attributes\": {\"theirs\": \"1\"}}");
        realm.post("client-scopes/" + id + "/protocol-mappers/models", """
                {"name": "theirs", "protocol": "openid-connect", "protocolMapper": "oidc-full-name-mapper",
                 "config": {"id.token.claim": "true"}}""");
        String audience = mapper("ledger", "audience").path("id").asText();
        realm.put("client-scopes/" + id + "/protocol-mappers/models/" + audience, """
                {"id": "%s", "name": "audience", "protocol": "openid-connect", "protocolMapper": "oidc-audience-mapper",
                 "config": {"included.client.audience": "account", "theirs": "1"}}""".formatted(audience));
        String document = """
                {"clientScopes": {"ledger": {"attributes": {"ours": "2"}, "protocolMappers": {"audience":
                  {"protocolMapper": "oidc-audience-mapper", "config": {"included.client.audience": "broker"}}}}}}""";

        assertThat(live.apply(document))
                .containsExactly("update client-scope/R/ledger: attributes.also, attributes.ours,"
                        + " protocolMappers.audience.config.\"included.client.audience\", protocolMappers.second");

        JsonNode attributes = scope("ledger").path("attributes");
        assertThat(attributes.path("ours").asText()).isEqualTo("2");
        assertThat(attributes.path("theirs").asText()).isEqualTo("1");
        assertThat(attributes.has("also")).isFalse();
        assertThat(scope("ledger").path("description").asText()).isEqualTo("d");
        assertThat(mappers("ledger")).containsExactlyInAnyOrder("audience", "theirs");
        JsonNode config = mapper("ledger", "audience").path("config");
        assertThat(config.path("included.client.audience").asText()).isEqualTo("broker");
        assertThat(config.path("theirs").asText()).isEqualTo("1");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aClientAndAScopeOfOneNameKeepTheirMappersApart() {
        String document = """
                {"clients": {"pay": {"protocolMappers": {"audience": %s}}},
                 "clientScopes": {"pay": {"protocolMappers": {"audience": %s}}}}""";
        live.apply(document.formatted(AUDIENCE, AUDIENCE));
        String other = AUDIENCE.replace("account", "broker");

        assertThat(live.apply(document.formatted(other, other))).hasSize(2);

        assertThat(mapper("pay", "audience").at("/config/included.client.audience").asText()).isEqualTo("broker");
        assertThat(realm.get("clients?clientId=pay")
                .get(0)
                .at("/protocolMappers/0/config/included.client.audience")
                .asText()).isEqualTo("broker");
        assertThat(live.plan(document.formatted(other, other))).isEmpty();
    }

    @Test
    void aRenamedScopeStaysWithItsClientsAndLists() {
        live.apply("""
                {"clientScopes": {"old": {}}, "clients": {"pay": {"defaultClientScopes": ["old"]}},
                 "defaultDefaultClientScopes": {"$add": ["old"]}}""");
        String id = scope("old").path("id").asText();
        String document = """
                {"clientScopes": {"new": {"$was": "old"}}, "clients": {"pay": {"defaultClientScopes": ["new"]}},
                 "defaultDefaultClientScopes": {"$add": ["new"]}}""";

        assertThat(live.apply(document)).containsExactly("update client-scope/R/new");

        assertThat(scope("new").path("id").asText()).isEqualTo(id);
        assertThat(realm.get("default-default-client-scopes").findValuesAsText("name")).contains("new");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aScopeGoesOnceItsClientsHaveLetGoOfIt() {
        live.apply(
                """
                {"clientScopes": {"ledger": {}}, "clients": {"pay": {"optionalClientScopes": {"$add": ["ledger"]}}}}""");
        String document = """
                {"clients": {"pay": {"optionalClientScopes": {"$remove": ["ledger"]}}}}""";

        assertThat(live.apply(document)).containsExactly("update client/R/pay: optionalClientScopes",
                "delete client-scope/R/ledger");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void builtInScopesAreAdoptedAndNeverDeleted() {
        String document = """
                {"clientScopes": {"profile": {"description": "Ours now"}, "ours": {}}}""";
        live.apply("{}");
        live.manage(Map.of("clientScopes", List.of("*")));
        realm.post("client-scopes", "{\"name\": \"theirs\", \"protocol\": \"openid-connect\"}");

        assertThat(live.apply(document)).containsExactlyInAnyOrder("adopt client-scope/R/profile: description",
                "create client-scope/R/ours", "delete client-scope/R/theirs");

        assertThat(realm.get("client-scopes").findValuesAsText("name")).contains("email", "role_list", "ours")
                .doesNotContain("theirs");
        assertThat(mappers("profile")).hasSizeGreaterThan(10);
        assertThat(live.apply("{}")).containsExactlyInAnyOrder("forget client-scope/R/profile",
                "delete client-scope/R/ours");
    }

    @Test
    void aSettingThatAMapperOnlyBehavesAsIfItHadIsNoChangeAndAnotherValueOfItIsOne() {
        String mapper = """
                {"protocolMapper": "oidc-acr-mapper", "config": {"id.token.claim": "true", %s"access.token.claim": "true"}}""";
        String document = """
                {"clients": {"pay": {"protocolMappers": {"level": %1$s}}},
                 "clientScopes": {"pay": {"protocolMappers": {"level": %1$s}}}}""";
        live.apply(document.formatted(mapper.formatted("")));
        String off = document.formatted(mapper.formatted("\"userinfo.token.claim\": \"false\", "));

        assertThat(live.plan(off.replace("\"userinfo.token.claim\": \"false\"", "\"userinfo.token.claim\": \"true\"")))
                .isEmpty();
        assertThat(live.apply(off)).containsExactlyInAnyOrder(
                "update client/R/pay: protocolMappers.level.config.\"userinfo.token.claim\"",
                "update client-scope/R/pay: protocolMappers.level.config.\"userinfo.token.claim\"");

        assertThat(mapper("pay", "level").at("/config/userinfo.token.claim").asText()).isEqualTo("false");
        assertThat(live.plan(off)).isEmpty();
    }

    @Test
    void aMapperTypeOrProtocolThatTheServerHasNotIsRefusedBeforeAnythingIsWritten() {
        String mappers = """
                {"protocolMappers": {"audience": {"protocolMapper": "oidc-audience-maper"}}}""";

        assertThat(live.refused("""
                {"clients": {"pay": %s}, "clientScopes": {"ledger": %s, "credential": {"protocol": "oid4vc"}}}"""
                .formatted(mappers, mappers)))
                .extracting(problem -> problem.what().replace(realm.name(), "R") + " | " + problem.where())
                .containsExactlyInAnyOrder(
                        "the server does not speak oid4vc, and client-scope/R/credential is of it"
                                + " | test.json:1:1  protocol",
                        "the server has no protocol mapper type oidc-audience-maper, and client-scope/R/ledger asks for"
                                + " it | test.json:1:1  protocolMappers.audience.protocolMapper",
                        "the server has no protocol mapper type oidc-audience-maper, and client/R/pay asks for it"
                                + " | test.json:1:1  protocolMappers.audience.protocolMapper");
        assertThat(live.requests()).noneMatch(request -> request.startsWith("POST /admin"));
    }

    private JsonNode scope(String name) {
        for (JsonNode scope : realm.get("client-scopes")) {
            if (scope.path("name").asText().equals(name)) {
                return scope;
            }
        }
        throw new AssertionError("no scope " + name);
    }

    private List<String> mappers(String scope) {
        return scope(scope).path("protocolMappers").findValuesAsText("name");
    }

    private JsonNode mapper(String scope, String name) {
        for (JsonNode mapper : scope(scope).path("protocolMappers")) {
            if (mapper.path("name").asText().equals(name)) {
                return mapper;
            }
        }
        throw new AssertionError("no mapper " + name);
    }
}
