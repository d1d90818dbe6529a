package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnmarkedPathsTest {

    @Test
    void aPathOfAnExportMeansTheGroupThatIsWrittenThatWay() {
        String groups = "[{\"name\": \"a/b\"}, {\"name\": \"Top\", \"subGroups\": [{\"name\": \"EU/US\"}]}]";

        assertThat(value(groups, "user").texts("groups")).containsExactly("/Top", "/Top/EU~/US", "/a~/b");
        assertThat(value(groups, "service-account").texts("groups")).containsExactly("/a~/b");
        assertThat(value(groups, "realm-bindings").texts("defaultGroups")).containsExactly("/a~/b");
        assertThat(value(groups, "authorization-policy").map("config").map("groups").fields())
                .containsOnlyKeys("/Top", "/a~/b");
    }

    @Test
    void aGroupInsideAnotherIsMeantBeforeOneWithASlash() {
        String groups = "[{\"name\": \"a/b\"}, {\"name\": \"a\", \"subGroups\": [{\"name\": \"b\"}]}]";

        assertThat(value(groups, "service-account").texts("groups")).containsExactly("/a/b");
    }

    @Test
    void ofTwoThatAreWrittenThatWayNoneIsTaken() {
        String groups = "[{\"name\": \"a/b/c\"}, {\"name\": \"a/b\", \"subGroups\": [{\"name\": \"c\"}]}]";
        String path = "/a/b/c";

        assertThat(value(groups, "service-account", path).texts("groups"))
                .containsExactly(path);
    }

    @Test
    void aMapperMayMeanAnyGroupThatIsWrittenThatWay() {
        Resource mapper = resource("[]", "identity-provider-mapper", "/a/b/c");

        assertThat(new IdentityProviderMapperType().references(mapper))
                .filteredOn(reference -> reference.to().type().equals(GroupType.NAME))
                .singleElement()
                .satisfies(reference -> assertThat(reference.any()).map(Object::toString)
                        .containsExactlyInAnyOrder("group/r/a/b/c", "group/r/\"a/b\"/c", "group/r/a/\"b/c\"",
                                "group/r/\"a/b/c\""));
        assertThat(mapper.value().map("config").text("group")).contains("/a/b/c");
    }

    private static Value.MapOf value(String groups, String type) {
        return value(groups, type, "/a/b");
    }

    private static Value.MapOf value(String groups, String type, String path) {
        return resource(groups, type, path).value();
    }

    private static Resource resource(String groups, String type, String path) {
        String document = """
                {"realm": "r", "groups": %s, "defaultGroups": ["%2$s"],
                 "users": [{"username": "ada", "groups": ["%2$s", "/Top", "/Top/EU/US"]},
                           {"username": "service-account-shop", "serviceAccountClientId": "shop", "groups": ["%2$s"]}],
                 "identityProviders": [{"alias": "idp", "providerId": "oidc"}],
                 "identityProviderMappers": [{"name": "m", "identityProviderAlias": "idp",
                   "identityProviderMapper": "oidc-hardcoded-group-idp-mapper", "config": {"group": "%2$s"}}],
                 "clients": [{"clientId": "shop", "serviceAccountsEnabled": true, "authorizationServicesEnabled": true,
                   "authorizationSettings": {"policies": [{"name": "p", "type": "group",
                     "config": {"groups": "[{\\"path\\":\\"%2$s\\",\\"extendChildren\\":false},{\\"path\\":\\"/Top\\"}]"}}]}}]}"""
                .formatted(groups, path);
        List<Resource> found = new RealmDocument().expand((Value.MapOf) Json.parse(document), Origin.NONE)
                .resources()
                .stream()
                .filter(resource -> resource.address().type().equals(type))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
