package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.plan.Planned;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is made in bundles against what is made call by call, on the real server. */
@ExtendWith(RealKeycloak.class)
class BundlesIT {

    private final Bench bench;

    BundlesIT(KeycloakServer server) {
        bench = new Bench(server);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** Also what nobody declares: defaults for everybody, secrets, scopes, what the user profile drops. */
    @Test
    void theRealmIsTheSameAsMadeCallByCall(TestRealm one, AdminApi admin) {
        TestRealm other = new TestRealm(one.name() + "-other", admin);
        admin.post("", "{\"realm\": \"" + other.name() + "\"}");
        try {
            compare(one, other);
        } finally {
            other.delete("");
        }
    }

    private void compare(TestRealm one, TestRealm other) {
        givesToEverybody(one);
        givesToEverybody(other);
        Planned singly = bench.plan(document(one));
        bench.apply(singly);
        List<String> ownedSingly = owned(one);
        List<String> leftSingly = left(one);
        bench.forget().applyTogether(bench.plan(document(other)));

        assertThat(bench.calls()).filteredOn(call -> call.path().endsWith("partialImport"))
                .hasSizeBetween(RealKeycloak.isOlderThan("26.5") ? 3 : 4, 4)
                .allMatch(call -> call.outcome().equals("200"));
        assertThat(new Snapshot(other).lines()).containsExactlyElementsOf(new Snapshot(one).lines());
        assertThat(owned(other)).isEqualTo(ownedSingly);
        assertThat(left(other)).isEqualTo(leftSingly);
        idsAreThoseOfTheServer(other);
    }

    /** What a second plan finds: the group that everybody is given though the file gives others. */
    private List<String> left(TestRealm realm) {
        return Bench.edits(bench.plan(document(realm)).plan())
                .stream()
                .map(line -> line.replace(realm.name(), "R"))
                .toList();
    }

    private List<String> owned(TestRealm realm) {
        return bench.owned()
                .entrySet()
                .stream()
                .map(entry -> (entry.getKey() + " " + entry.getValue().created() + " "
                        + entry.getValue().id().isPresent()
                        + " " + new TreeSet<>(entry.getValue().fields().keySet()) + " "
                        + new TreeSet<>(entry.getValue().needs())).replace(realm.name(), "R"))
                .sorted()
                .toList();
    }

    /** Some the answers tell, others are looked up. */
    private void idsAreThoseOfTheServer(TestRealm realm) {
        JsonNode top = realm.get("groups?search=leaf").get(0);
        JsonNode client = realm.get("clients?clientId=web").get(0);

        assertThat(id("group/%s/Team 1/sub-1/leaf", realm))
                .isEqualTo(top.path("subGroups").get(0).path("subGroups").get(0).path("id").asText());
        assertThat(id("client-role/%s/web/reader", realm)).isEqualTo(
                realm.get("clients/" + client.path("id").asText() + "/roles/reader").path("id").asText());
        assertThat(id("realm-role/%s/lead", realm)).isEqualTo(realm.get("roles/lead").path("id").asText());
        assertThat(id("user/%s/user-3", realm))
                .isEqualTo(realm.get("users?username=user-3&exact=true").get(0).path("id").asText());
    }

    private String id(String address, TestRealm realm) {
        return bench.owned()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().toString().equals(address.formatted(realm.name())))
                .findFirst()
                .orElseThrow()
                .getValue()
                .id()
                .orElseThrow();
    }

    private static void givesToEverybody(TestRealm realm) {
        String group = realm.post("groups", "{\"name\": \"Everybody\"}");
        realm.put("default-groups/" + group, "");
        realm.put("authentication/required-actions/VERIFY_EMAIL",
                realm.get("authentication/required-actions/VERIFY_EMAIL")
                        .toString()
                        .replace("\"defaultAction\":false", "\"defaultAction\":true"));
        realm.put("users/profile", realm.get("users/profile")
                .toString()
                .replaceFirst("\"attributes\":\\[", """
                        "attributes": [{"name": "team", "multivalued": true,
                         "permissions": {"view": ["admin"], "edit": ["admin"]}},
                         {"name": "desk", "validations": {"pattern": {"pattern": "[A-Z]\\\\\\\\d+"}},
                         "permissions": {"view": ["admin"], "edit": ["admin"]}},"""));
    }

    private static String document(TestRealm realm) {
        return "{\"realm\": \"" + realm.name() + "\", \"enabled\": true, " + ROLES + ", " + CLIENTS + ", " + GROUPS
                + ", " + USERS.replace("DEFAULT", "default-roles-" + realm.name()) + "}";
    }

    private static final String ROLES = """
            "roles": {"realm": [{"name": "reader", "description": "Reads"}, {"name": "writer", "attributes": {"a": ["1", "2"]}},
              {"name": "editor", "composites": {"realm": ["reader", "writer"], "client": {"web": ["reader"]}}},
              {"name": "lead", "composites": {"realm": ["editor", "offline_access"], "client": {"account": ["view-profile"]}}},
              {"name": "odd/name"}],
             "client": {"web": [{"name": "reader"}, {"name": "writer", "description": "w", "composites": {"client": {"web": ["reader"]}}},
               {"name": "owner", "composites": {"realm": ["reader"], "client": {"robot": ["run"]}}}],
              "robot": [{"name": "run"}, {"name": "stop", "attributes": {"x": ["y"]}}]}}""";

    private static final String CLIENTS = """
            "clients": [{"clientId": "web", "protocol": "openid-connect", "redirectUris": ["https://web.example/*"]},
             {"clientId": "robot", "protocol": "openid-connect", "serviceAccountsEnabled": true, "publicClient": false,
              "$serviceAccount": {"realmRoles": ["reader"], "clientRoles": {"web": ["reader"]}}},
             {"clientId": "saml", "protocol": "saml", "attributes": {"saml.client.signature": "false"}},
             {"clientId": "mapped", "rootUrl": "https://m.example", "optionalClientScopes": ["phone"], "protocolMappers": [
              {"name": "team", "protocolMapper": "oidc-usermodel-attribute-mapper", "config": {"user.attribute": "team"}}]},
             {"clientId": "plain"}]""";

    private static final String GROUPS = """
            "groups": [{"name": "Team 1", "description": "first", "attributes": {"cost": ["1", "2"]}, "realmRoles": ["lead"],
               "clientRoles": {"web": ["reader", "writer"], "robot": ["run"]}, "subGroups": [
                {"name": "sub-1", "realmRoles": ["reader"], "subGroups": [{"name": "leaf", "clientRoles": {"web": ["owner"]}}]},
                {"name": "sub-2", "attributes": {"cost": ["3"]}}]},
             {"name": "Team/2", "realmRoles": ["writer"], "subGroups": [{"name": "x"}]},
             {"name": "Team 3", "$members": ["user-1", "user-2"]}, {"name": "Team 4"}]""";

    private static final String USERS = """
            "users": [{"username": "User-1", "email": "User-1@Example.com", "firstName": "Ada", "lastName": "O'Neil",
               "enabled": true, "emailVerified": true, "groups": ["/Team 1/sub-1", "/Team 3"]},
             {"username": "user-2", "enabled": true, "realmRoles": ["lead"], "clientRoles": {"web": ["owner"]},
              "requiredActions": ["UPDATE_PASSWORD"]},
             {"username": "user-3", "attributes": {"team": ["red", "blue"], "dropped": ["x"]}},
             {"username": "user-4", "attributes": {"desk": "A12"}},
             {"username": "mail@example.com", "email": "mail@example.com", "enabled": true},
             {"username": "ünïcode", "firstName": "Zoë"},
             {"username": "with-password", "enabled": true, "credentials": [{"value": "secret-1", "temporary": true}]},
             {"username": "not-default", "realmRoles": {"$add": ["reader"], "$remove": ["DEFAULT"]}},
             {"username": "in-odd-group", "groups": ["/Team~/2/x"]},
             {"username": "user-5", "enabled": false, "groups": ["/Team 4", "/Team 1"]}]""";
}
