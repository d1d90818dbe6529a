package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which roles tokens may carry, on a real server. */
@ExtendWith(RealKeycloak.class)
class ScopeMappingsIT {

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
    void rolesOfBothKindsReachClientsAndScopesMadeInTheSameRun() {
        String document = """
                {"roles": {"realm": {"auditor": {}}, "client": {"ledger": {"read": {}, "write": {}}}},
                 "clients": {"ledger": {}, "web": {"fullScopeAllowed": false}},
                 "clientScopes": {"books": {}},
                 "scopeMappings": [{"client": "web", "roles": ["auditor"]}, {"clientScope": "books", "roles": ["auditor"]}],
                 "clientScopeMappings": {"ledger": [{"client": "web", "roles": ["read", "write"]},
                   {"clientScope": "books", "roles": ["read"]}]}}""";

        live.apply(document);

        JsonNode ofClient = realm.get("clients/" + client("web") + "/scope-mappings");
        assertThat(ofClient.path("realmMappings").findValuesAsText("name")).containsExactly("auditor");
        assertThat(ofClient.at("/clientMappings/ledger/mappings").findValuesAsText("name"))
                .containsExactlyInAnyOrder("read", "write");
        JsonNode ofScope = realm.get("client-scopes/" + scope("books") + "/scope-mappings");
        assertThat(ofScope.at("/clientMappings/ledger/mappings").findValuesAsText("name")).containsExactly("read");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatTheFileDoesNotNameStaysAndASetInPartKeepsTheOthers() {
        String rest = """
                "roles": {"realm": {"one": {}, "two": {}, "three": {}}, "client": {"ledger": {"read": {}, "write": {}}}},
                "clients": {"ledger": {}, "web": {}}""";
        live.apply("{" + rest + """
                , "scopeMappings": [{"client": "web", "roles": ["one", "two"]}],
                "clientScopeMappings": {"ledger": [{"client": "web", "roles": ["read"]}]}}""");
        String account = client("account");
        realm.post("clients/" + client("web") + "/scope-mappings/clients/" + account,
                "[" + realm.get("clients/" + account + "/roles/view-profile") + "]");
        String document = "{" + rest + """
                , "scopeMappings": [{"client": "web", "roles": {"$add": ["three"], "$remove": ["one"]}}],
                "clientScopeMappings": {"ledger": [{"client": "web", "roles": ["write"]}]}}""";

        assertThat(live.apply(document))
                .containsExactly("update scope-mappings/R/web: clientRoles.ledger, realmRoles");

        JsonNode mappings = realm.get("clients/" + client("web") + "/scope-mappings");
        assertThat(mappings.path("realmMappings").findValuesAsText("name")).containsExactlyInAnyOrder("two", "three");
        assertThat(mappings.at("/clientMappings/ledger/mappings").findValuesAsText("name")).containsExactly("write");
        assertThat(mappings.at("/clientMappings/account/mappings").findValuesAsText("name"))
                .containsExactly("view-profile");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatKeycloakMapsByItselfIsAdopted() {
        String document = """
                {"scopeMappings": [{"clientScope": "offline_access", "roles": ["offline_access"]}],
                 "clientScopeMappings": {"account": [{"client": "account-console", "roles": ["view-groups", "manage-account"]}]}}
                """;

        assertThat(live.apply(document)).contains("adopt scope-mappings/R/account-console",
                "adopt client-scope-mappings/R/offline_access");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void mappingsFollowTheirHolderAndRolesToNewNames() {
        live.apply("""
                {"roles": {"realm": {"one": {}}}, "clientScopes": {"books": {}},
                 "scopeMappings": [{"clientScope": "books", "roles": ["one"]}]}""");
        String document = """
                {"roles": {"realm": {"first": {"$was": "one"}}}, "clientScopes": {"ledger": {"$was": "books"}},
                 "scopeMappings": [{"clientScope": "ledger", "roles": ["first"]}]}""";

        assertThat(live.apply(document)).contains("update client-scope/R/ledger", "update realm-role/R/first",
                "adopt client-scope-mappings/R/ledger");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aRoleOrHolderThatIsNotThereIsNamed() {
        assertThat(live.refused("""
                {"scopeMappings": [{"client": "account", "roles": ["nope"]}, {"clientScope": "none", "roles": []}]}"""))
                .extracting(Problem::what)
                .anyMatch(what -> what.contains("realm-role/" + realm.name() + "/nope is neither declared nor live"))
                .anyMatch(what -> what.contains("client-scope/" + realm.name() + "/none is neither declared nor live"));
        assertThat(live.wrong("""
                {"scopeMappings": [{"client": "a", "roles": []}, {"client": "a", "roles": []}, {"roles": []}]}"""))
                .containsExactlyInAnyOrder("the scope mappings of a are declared twice",
                        "a scope mapping names no holder");
    }

    @Test
    void aFileWithoutMappingsReadsNone() {
        live.plan("""
                {"clients": {"account": {}}, "clientScopes": {"profile": {}}}""");

        assertThat(live.requests()).noneMatch(request -> request.contains("scope-mappings"));
    }

    private String client(String clientId) {
        return realm.get("clients?clientId=" + clientId).get(0).path("id").asText();
    }

    private String scope(String name) {
        for (JsonNode scope : realm.get("client-scopes")) {
            if (scope.path("name").asText().equals(name)) {
                return scope.path("id").asText();
            }
        }
        throw new AssertionError("no scope " + name);
    }
}
