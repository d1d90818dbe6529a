package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.Expansion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies as files say them. */
class PolicyConfigTest {

    private static Expansion expand(String client, String policies) {
        String document = """
                {"realm": "r", "groups": [{"id": "00000000-0000-4000-8000-000000000001", "name": "Top"}],
                 "clients": {"%s": {"authorizationSettings": {"policies": %s}}}}""".formatted(client, policies);
        return new RealmDocument().expand((Value.MapOf) Json.parse(document), Origin.of(new Source("f.json", 1, 1)));
    }

    private static Resource policy(String client, String type, String config) {
        List<Resource> found = expand(client, "{\"p\": {\"type\": \"" + type + "\", \"config\": " + config + "}}")
                .resources()
                .stream()
                .filter(resource -> resource.address().type().equals(AuthorizationPolicyType.NAME))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            role         | {"roles": "[{\\"id\\":\\"b\\",\\"required\\":true},{\\"id\\":\\"c/a\\"}]"} | {"roles": ["c/a", {"id": "b", "required": "true"}]}
            group        | {"groups": "[{\\"path\\":\\"/Top\\",\\"extendChildren\\":false}]"}         | {"groups": ["Top"]}
            user         | {"users": "[\\"b\\",\\"a\\"]"}                                             | {"users": ["A", "b"]}
            client-scope | {"clientScopes": "[{\\"id\\":\\"x\\",\\"required\\":false}]"}              | {"clientScopes": ["x"]}
            scope        | {"scopes": "[\\"b\\",\\"a\\"]", "applyPolicies": "[]"}                     | {"scopes": ["a", "b"], "applyPolicies": []}
            time         | {"hour": "8"}                                                              | {"hour": 8}
            """)
    void anExportAndWhatAPersonWritesMeanTheSame(String type, String exported, String written) {
        assertThat(policy("shop", type, exported).value()).isEqualTo(policy("shop", type, written).value());
    }

    @Test
    void everyNameIsAReferenceAtItsPlace() {
        Resource policy = policy("shop", "scope", """
                {"roles": ["boss", "shop/clerk", "odd~/name"], "groups": ["/Top/Sub"], "users": ["ada"],
                 "clients": ["web"], "clientScopes": ["email"], "resources": ["Orders"], "scopes": ["view"],
                 "applyPolicies": {"$add": ["other"]}}""");

        Set<Reference> references = new AuthorizationPolicyType().references(policy);

        assertThat(references).extracting(reference -> reference.to() + " " + reference.at())
                .containsExactlyInAnyOrder("realm/r ", "client/r/shop ",
                        "realm-role/r/boss config.roles", "client-role/r/shop/clerk config.roles",
                        "realm-role/r/\"odd/name\" config.roles", "group/r/Top/Sub config.groups",
                        "user/r/ada config.users", "client/r/web config.clients",
                        "client-scope/r/email config.clientScopes",
                        "authorization-resource/r/shop/Orders config.resources",
                        "authorization-scope/r/shop/view config.scopes",
                        "authorization-policy/r/shop/other config.applyPolicies");
    }

    @ParameterizedTest
    @CsvSource({"Users,ada,user/r/ada", "Groups,/Top,group/r/Top", "Roles,shop/x,client-role/r/shop/x",
        "Clients,shop,client/r/shop"})
    void resourcesOfAdministratorsAreWhatTheyName(String kind, String name, String address) {
        Resource policy = policy(AdminPermissions.CLIENT, "scope",
                "{\"defaultResourceType\": \"" + kind + "\", \"resources\": [\"" + name + "\"]}");

        assertThat(new AuthorizationPolicyType().references(policy)).contains(
                new Reference(Address.parse(address), Path.of("config", "resources")));
    }

    @Test
    void anIdThatTheDocumentItselfExplainsBecomesAName() {
        Value.MapOf config = policy(AdminPermissions.CLIENT, "scope", """
                {"defaultResourceType": "Groups", "resources":
                 "[\\"00000000-0000-4000-8000-000000000001\\", \\"00000000-0000-4000-8000-000000000002\\"]"}""")
                .value()
                .map("config");

        assertThat(config.texts("resources")).containsExactlyInAnyOrder("/Top",
                "00000000-0000-4000-8000-000000000002");
    }

    @Test
    void aPermissionOfAdministratorsAboutNothingIsAboutAllOfItsKind() {
        assertThat(policy(AdminPermissions.CLIENT, "scope", "{\"defaultResourceType\": \"Users\", \"resources\": []}")
                .value()
                .map("config")
                .texts("resources")).containsExactly("Users");
    }

    @Test
    void whatKeycloakMakesForAdministratorsIsLeftToIt() {
        String document = """
                {"realm": "r", "clients": [{"clientId": "admin-permissions", "authorizationSettings": {
                  "decisionStrategy": "UNANIMOUS", "resources": [{"name": "Users"}], "scopes": [{"name": "view"}],
                  "policies": [{"name": "p", "type": "user"}]}}]}""";
        Expansion expansion = new RealmDocument().expand((Value.MapOf) Json.parse(document), Origin.NONE);

        assertThat(expansion.resources()).extracting(resource -> resource.address().toString())
                .containsExactlyInAnyOrder("realm/r", "authorization-policy/r/admin-permissions/p");
        assertThat(expansion.notices()).extracting(Plan.Notice::text)
                .anyMatch(text -> text.contains("admin-permissions (4)"));
    }

    @Test
    void whatIsWrongByItselfIsSaidWithoutAServer() {
        assertThat(
                expand("shop", "{\"p\": {}, \"q\": {\"type\": \"role\", \"config\": {\"roles\": \"[\"}}}").problems())
                .extracting(Problem::what)
                .containsExactlyInAnyOrder("the policy p of the client shop has no type",
                        "roles of the policy q is neither a list nor a text of JSON");
    }

    @Test
    void whatUsersGaveEachOtherIsNamedAndLeftAlone() {
        Expansion expansion = expand("shop", "{\"u\": {\"type\": \"uma\"}}");

        assertThat(expansion.resources()).noneMatch(
                resource -> resource.address().type().equals(AuthorizationPolicyType.NAME));
        assertThat(expansion.notices()).extracting(Plan.Notice::text)
                .contains("not managed: permissions that users gave each other (1)");
    }

    @ParameterizedTest
    @CsvSource({"boss,realm-role/r/boss", "shop/clerk,client-role/r/shop/clerk",
        "https://pay/saml/clerk,client-role/r/\"https://pay/saml\"/clerk",
        "a~/b,realm-role/r/\"a/b\"", "shop/a~/b,client-role/r/shop/\"a/b\""})
    void aRoleHasOneText(String text, String address) {
        assertThat(RoleName.address("r", text)).isEqualTo(Address.parse(address));
        assertThat(RoleName.text(Address.parse(address))).isEqualTo(text);
    }
}
