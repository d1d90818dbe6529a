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

/** What a server does to clients by itself, on a real one. */
@ExtendWith(RealKeycloak.class)
class ClientIT {

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
    void aClientThatIsToHaveNoRedirectGetsNoneFromItsRootUrl() {
        String document = """
                {"clients": {"device": {"rootUrl": "https://shop.example.com", "redirectUris": [], "webOrigins": []}}}""";

        live.apply(document);

        JsonNode client = realm.get("clients?clientId=device").get(0);
        assertThat(client.path("redirectUris")).isEmpty();
        assertThat(client.path("webOrigins")).isEmpty();
        assertThat(client.path("rootUrl").asText()).isEqualTo("https://shop.example.com");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void anUpdateLetsNoBrowserInFromTheRedirectUris() {
        String document = """
                {"clients": {"shop": {"redirectUris": ["https://shop.example.com/*"], "webOrigins": []}}}""";
        live.apply(document);

        live.apply("{\"clients\": {\"shop\": {\"description\": \"Sells\"}}}");

        assertThat(realm.get("clients?clientId=shop").get(0).path("webOrigins")).isEmpty();
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatIsEmptiedIsEmptyFromTheStart() {
        String document = """
                {"clients": {"shop": {"redirectUris": ["https://shop.example.com/*"], "webOrigins": null,
                   "defaultClientScopes": null, "optionalClientScopes": null, "consentRequired": null}}}""";

        live.apply(document);

        JsonNode client = realm.get("clients?clientId=shop").get(0);
        assertThat(client.path("webOrigins")).isEmpty();
        assertThat(client.path("defaultClientScopes")).isEmpty();
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void whatKeycloakAlwaysHasAValueInIsLeftAsItIsWhereAFileEmptiesIt() {
        live.apply("{\"clients\": {\"shop\": {\"nodeReRegistrationTimeout\": 5, \"notBefore\": 3}}}");
        String document = """
                {"clients": {"shop": {"nodeReRegistrationTimeout": null, "notBefore": null, "protocol": null,
                   "clientAuthenticatorType": null}}}""";

        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void textsThatTheDatabaseDoesNotTakeAreRefusedInThePlan() {
        String document = """
                {"clients": {"shop": {"description": "%1$s", "redirectUris": ["https://shop.example.com/%2$s"]}},
                 "roles": {"realm": {"clerk": {"description": "%1$s", "attributes": {"a": ["%1$s"]}}}}}""";

        assertThat(live.refused(document.formatted("x".repeat(256), "x".repeat(256)))).extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "description of client/" + realm.name() + "/shop has 256 characters, and Keycloak takes 255",
                        "redirectUris of client/" + realm.name() + "/shop has 281 characters, and Keycloak takes 255",
                        "description of realm-role/" + realm.name()
                                + "/clerk has 256 characters, and Keycloak takes 255",
                        "attributes.a of realm-role/" + realm.name()
                                + "/clerk has 256 characters, and Keycloak takes 255");
        assertThat(live.refused("{\"roles\": {\"realm\": {\"" + "x".repeat(256) + "\": {}}}}"))
                .extracting(Problem::what)
                .containsExactly("the name of this realm role has 256 characters, and Keycloak takes 255");
        String longest = document.formatted("x".repeat(255), "x".repeat(230));
        assertThat(live.apply(longest)).contains("create client/R/shop", "create realm-role/R/clerk");
        assertThat(live.plan(longest)).isEmpty();
    }
}
