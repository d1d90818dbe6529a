package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import org.junit.jupiter.api.Test;

class FreshRealmTest {

    private static Value.MapOf document(String json) {
        return (Value.MapOf) Json.parse(json);
    }

    private static Value.MapOf without(String json) {
        return FreshRealm.without("Retail", document(json));
    }

    @Test
    void whatEachNewObjectHasIsLeftOutAndTheObjectStays() {
        assertThat(without("""
                {"clients": {"shop": {"enabled": true, "publicClient": false, "description": "Sells"}, "bare": {"enabled": true}}}
                """)).isEqualTo(document("""
                {"clients": {"shop": {"description": "Sells"}, "bare": {}}}
                """));
    }

    @Test
    void whatCarriesTheNameOfTheRealmIsKnown() {
        assertThat(without("""
                {"clients": {"account": {"baseUrl": "/realms/Retail/account/", "enabled": false}},
                 "roles": {"realm": {"default-roles-retail": {"composites": {"realm": ["offline_access", "uma_authorization"]}}}}}
                """)).isEqualTo(document("{\"clients\": {\"account\": {\"enabled\": false}}}"));
    }

    @Test
    void inARealmThatGivesOtherScopesEachClientSaysItsOwn() {
        String clients = "\"clients\": {\"shop\": {\"defaultClientScopes\": [\"acr\", \"basic\", \"email\", \"profile\","
                + " \"roles\", \"web-origins\"], \"optionalClientScopes\": [\"address\", \"microprofile-jwt\","
                + " \"offline_access\", \"organization\", \"phone\"]}}";
        String scopes = "\"defaultOptionalClientScopes\": [\"phone\"]";

        assertThat(without("{" + scopes + ", " + clients + "}").map("clients"))
                .isEqualTo(document("{" + clients + "}").map("clients"));
    }

    @Test
    void whoSaysOneListOfScopesSaysBoth() {
        String optionals = "\"optionalClientScopes\": [\"address\", \"microprofile-jwt\", \"offline_access\","
                + " \"organization\", \"phone\"]";
        String shop = "{\"clients\": {\"shop\": {\"defaultClientScopes\": [\"basic\"], " + optionals + "}}}";

        assertThat(without(shop)).isEqualTo(document(shop));
    }

    @Test
    void aFlowIsKeptWholeAndItemsOfComponentsOneByOne() {
        assertThat(without("""
                {"authenticationFlows": {"docker auth": {"description": "Ours", "providerId": "basic-flow"}},
                 "components": {"org.keycloak.keys.KeyProvider": [
                   {"config": {"priority": "100"}, "name": "aes-generated", "providerId": "aes-generated"},
                   {"config": {"priority": "1"}, "name": "rsa-generated", "providerId": "rsa-generated"}]}}
                """)).isEqualTo(document("""
                {"authenticationFlows": {"docker auth": {"description": "Ours", "providerId": "basic-flow"}},
                 "components": {"org.keycloak.keys.KeyProvider": [
                   {"config": {"priority": "1"}, "name": "rsa-generated", "providerId": "rsa-generated"}]}}
                """));
    }

    @Test
    void aRuleThatAnAttributeOfTheProfileHasLostIsSaidToBeEmpty() {
        Value attribute = without("""
                {"userProfile": {"attributes": [{"name": "email", "displayName": "Mail"}]}}
                """).map("userProfile").list("attributes").getFirst();

        assertThat(((Value.MapOf) attribute).get("validations")).contains(Value.NULL);
    }

    @Test
    void whatAFileCannotTakeAwayIsNamed() {
        assertThat(FreshRealm.lacking("Retail", document("{\"clientScopes\": {\"email\": {\"protocolMappers\": {}}}}")))
                .contains("clientScopes.address", "clientScopes.email.protocolMappers.email",
                        "authenticationFlows.browser")
                .doesNotContain("clientScopes.email", "clients.*");
    }
}
