package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.BrokeredLogin;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.SinceKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Organizations with their domains, members and groups, on a real server. */
@ExtendWith(RealKeycloak.class)
class OrganizationIT {

    private static final String PEOPLE = """
            "organizationsEnabled": true,
            "users": {"ada": {"enabled": true}, "lin": {"enabled": true}, "grace": {"enabled": true}}""";

    private final KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    OrganizationIT(KeycloakServer server) {
        this.server = server;
    }

    @BeforeEach
    void open(TestRealm own) {
        realm = own;
        live = new LiveRealm(server, own.name());
    }

    @AfterEach
    void close() {
        live.close();
        realm.admin().send("DELETE", realm.name() + "-op", "");
    }

    private static String document(String organizations) {
        return "{" + PEOPLE + ", \"organizations\": {" + organizations + "}}";
    }

    @Test
    void theRealmIsSwitchedOnBeforeItsOrganizationsAreMade() {
        String document = document("\"acme\": {\"domains\": [\"acme.example\"], \"members\": [\"ada\"]}");

        List<String> plan = live.apply(document);

        assertThat(plan.indexOf("adopt realm/R: organizationsEnabled"))
                .isNotNegative()
                .isLessThan(plan.indexOf("create organization/R/acme"));
        assertThat(live.plan(document)).isEmpty();
        assertThat(members("acme")).containsExactly("ada");
    }

    @Test
    void aRealmThatHasThemSwitchedOffIsNamed() {
        assertThat(live.refused("{\"organizations\": {\"acme\": {\"domains\": [\"acme.example\"]}}}"))
                .extracting(Problem::what)
                .containsExactly("realm/%1$s has organizations switched off, and organization/%1$s/acme is to be in it"
                        .formatted(realm.name()));
    }

    @Test
    void nobodyIsTakenOutByAFileThatDoesNotSpeakOfMembers() {
        live.apply(document("\"acme\": {\"domains\": [\"acme.example\"], \"members\": [\"ada\", \"lin\"]}"));

        live.apply(document("\"acme\": {\"domains\": [\"acme.example\"], \"description\": \"Ours\"}"));
        assertThat(members("acme")).containsExactlyInAnyOrder("ada", "lin");

        live.apply(document(
                "\"acme\": {\"domains\": [\"acme.example\"], \"members\": {\"$add\": [\"grace\"], \"$remove\": [\"lin\"]}}"));
        assertThat(members("acme")).containsExactlyInAnyOrder("ada", "grace");

        live.apply(document("\"acme\": {\"domains\": [\"acme.example\"], \"members\": [\"lin\"]}"));
        assertThat(members("acme")).containsExactly("lin");
    }

    @Test
    void aMemberWhomAnIdentityProviderManagesIsNeverTakenOut() {
        String op = realm.name() + "-op";
        AdminApi admin = realm.admin();
        admin.post("", "{\"realm\": \"" + op + "\", \"enabled\": true}");
        admin.post(op + "/clients", "{\"clientId\": \"broker-of-r\", \"secret\": \"s\", \"redirectUris\": [\"*\"]}");
        admin.post(op + "/users", """
                {"username": "zoe", "enabled": true, "email": "zoe@acme.example", "emailVerified": true, "firstName": "Zoe",
                 "lastName": "Z", "credentials": [{"type": "password", "value": "zoes"}]}""");
        realm.post("clients", "{\"clientId\": \"app\", \"publicClient\": true, \"redirectUris\": [\"*\"]}");
        String issuer = server.url() + "/realms/" + op;
        String document = """
                {%s, "identityProviders": {"corp": {"providerId": "oidc", "trustEmail": true, "config": {
                  "authorizationUrl": "OP/protocol/openid-connect/auth", "tokenUrl": "OP/protocol/openid-connect/token",
                  "clientId": "broker-of-r", "clientSecret": "s", "kc.org.domain": "acme.example"}}},
                  "organizations": {"acme": {"domains": ["acme.example"], "identityProviders": ["corp"],
                    "members": ["ada"]}}}""".formatted(PEOPLE).replace("OP", issuer);
        live.apply(document);
        assertThat(new BrokeredLogin(server.url()).succeeds(realm.name(), "app", "corp", "zoe", "zoes")).isTrue();
        assertThat(members("acme")).containsExactlyInAnyOrder("ada", "zoe");

        assertThat(live.plan(document)).isEmpty();
        live.apply(document.replace("\"members\": [\"ada\"]", "\"members\": {\"$remove\": [\"zoe\", \"ada\"]}"));
        live.apply(document.replace("\"members\": [\"ada\"]", "\"members\": []"));

        assertThat(members("acme")).containsExactly("zoe");
        assertThat(realm.get("users?username=zoe&exact=true")).hasSize(1);
    }

    @Test
    void whatOthersSetStays() {
        String document = document("""
                "acme": {"name": "Acme", "description": "Ours", "domains": {"acme.example": {"verified": true}},
                  "attributes": {"ours": ["1"]}}""");
        live.apply(document);
        JsonNode acme = organization("acme");
        realm.put("organizations/" + acme.path("id").asText(), acme.toString()
                .replace("\"domains\":[",
                        "\"redirectUrl\":\"https://acme.example\",\"domains\":[{\"name\":\"acme.org\"},")
                .replace("\"ours\":[\"1\"]", "\"ours\":[\"1\"],\"theirs\":[\"2\"]"));
        String changed = document.replace("\"Ours\"", "\"Changed\"")
                .replace("[\"1\"]", "[\"3\"]")
                .replace("\"verified\": true}", "\"verified\": true}, \"acme.net\": {}");

        assertThat(live.apply(changed)).containsExactly(
                "update organization/R/acme: attributes.ours, description, domains.\"acme.net\"");

        JsonNode after = organization("acme");
        assertThat(after.path("redirectUrl").asText()).isEqualTo("https://acme.example");
        assertThat(after.path("attributes").toString()).contains("\"theirs\":[\"2\"]", "\"ours\":[\"3\"]");
        assertThat(after.path("domains").findValuesAsText("name"))
                .containsExactlyInAnyOrder("acme.example", "acme.org", "acme.net");
        assertThat(live.plan(changed)).isEmpty();

        live.apply(document);
        assertThat(organization("acme").path("domains").findValuesAsText("name"))
                .containsExactlyInAnyOrder("acme.example", "acme.org");
    }

    @Test
    void anIdentityProviderIsLinkedAndLetGo() {
        String document = """
                {%s, "identityProviders": {"a": {"providerId": "github"}, "b": {"providerId": "github"}},
                 "organizations": [{"name": "acme", "domains": ["acme.example"], "identityProviders": [{"alias": "a"}, {"alias": "b"}]}]}"""
                .formatted(PEOPLE);
        live.apply(document);
        assertThat(linked()).containsExactlyInAnyOrder("a", "b");
        assertThat(live.plan(document)).isEmpty();

        live.apply(document.replace("{\"alias\": \"a\"}, ", ""));
        assertThat(linked()).containsExactly("b");
        live.apply(document.replace("\"a\": {\"providerId\"", "\"a\": {\"trustEmail\": true, \"providerId\""));

        assertThat(linked()).containsExactlyInAnyOrder("a", "b");
        assertThat(realm.get("identity-provider/instances/a").path("organizationId").asText())
                .isEqualTo(organization("acme").path("id").asText());
    }

    private List<String> linked() {
        return texts("organizations/" + organization("acme").path("id").asText() + "/identity-providers", "alias");
    }

    @Test
    @SinceKeycloak(value = "26.6", what = "groups inside organizations")
    void groupsHaveRolesAndMembersOfTheirOwn() {
        String document = """
                {%s, "roles": {"realm": {"buyer": {}}}, "organizations": {"acme": {"members": ["ada", "lin"],
                  "groups": {"Sales": {"realmRoles": ["buyer"], "$members": ["ada"],
                    "subGroups": {"Inner": {"attributes": {"a": ["b"]}, "$members": ["lin"]}}}}}}}""".formatted(PEOPLE);

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
        String acme = "organizations/" + organization("acme").path("id").asText();
        String sales = realm.get(acme + "/groups").get(0).path("id").asText();
        assertThat(texts(acme + "/groups/" + sales + "/members", "username")).containsExactly("ada");
        assertThat(realm.get(acme + "/groups/" + sales).path("realmRoles").toString()).isEqualTo("[\"buyer\"]");
        String renamed = document.replace("\"Sales\": {", "\"Sellers\": {\"$was\": \"Sales\", ");
        assertThat(live.apply(renamed)).contains("update organization-group/R/acme/Sellers")
                .noneMatch(line -> line.startsWith("create") || line.startsWith("delete"));
        assertThat(live.plan(renamed)).isEmpty();
        assertThat(realm.get(acme + "/groups").get(0).path("id").asText()).isEqualTo(sales);
    }

    @Test
    @SinceKeycloak(value = "26.6", what = "groups inside organizations")
    void groupsThatLeaveTheFileGoUnlessOthersMadeWhatIsInThem() {
        String groups = document("\"acme\": {\"groups\": {\"Sales\": {\"subGroups\": {\"Inner\": {}}}}}");
        live.apply(groups);
        String acme = "organizations/" + organization("acme").path("id").asText();
        String sales = acme + "/groups/" + realm.get(acme + "/groups").get(0).path("id").asText();
        String theirs = realm.post(sales + "/children", "{\"name\": \"Theirs\"}");
        assertThat(live.refused(document("\"acme\": {}"))).extracting(Problem::what)
                .anyMatch(what -> what.contains("would take along what is not ours") && what.contains("Theirs"));
        realm.delete(acme + "/groups/" + theirs);

        live.apply(document("\"acme\": {}"));

        assertThat(realm.get(acme + "/groups")).isEmpty();
    }

    @Test
    void oneThatOthersMadeIsAdoptedUnderWhateverName() {
        live.apply("{" + PEOPLE + "}");
        realm.post("organizations", """
                {"name": "The Acme Company", "alias": "acme", "domains": [{"name": "acme.example"}]}""");

        assertThat(live.apply(document("\"acme\": {\"name\": \"Acme\"}")))
                .containsExactly("adopt organization/R/acme: name");

        assertThat(organization("acme").path("name").asText()).isEqualTo("Acme");
        assertThat(live.wrong(document("\"acme\": {\"$was\": \"old\"}")))
                .containsExactly("the alias of an organization cannot be changed: Keycloak refuses another one");
    }

    @Test
    void aFewOfManyAreLookedUpByName() {
        live.apply("{" + PEOPLE + "}");
        for (int i = 0; i < 15; i++) {
            realm.post("organizations",
                    "{\"name\": \"o%1$d\", \"domains\": [{\"name\": \"o%1$d.example\"}]}".formatted(i));
        }
        String document = document("\"o3\": {\"description\": \"x\"}, \"o14\": {\"name\": \"o14\"}");
        live.apply(document);
        live.requests();

        assertThat(live.plan(document)).isEmpty();

        assertThat(live.requests()).filteredOn(request -> request.contains("organizations"))
                .hasSize(2);
        live.manage(java.util.Map.of("organizations", List.of("o*")));
        assertThat(live.plan(document)).filteredOn(line -> line.startsWith("delete organization/")).hasSize(13);
    }

    private JsonNode organization(String alias) {
        for (JsonNode one : realm.get("organizations?max=-1")) {
            if (one.path("alias").asText().equals(alias)) {
                return realm.get("organizations/" + one.path("id").asText());
            }
        }
        throw new AssertionError("no organization " + alias);
    }

    private List<String> members(String alias) {
        return texts("organizations/" + organization(alias).path("id").asText() + "/members?max=-1", "username");
    }

    private List<String> texts(String path, String field) {
        List<String> texts = new ArrayList<>();
        realm.get(path).forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }
}
