package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.Person;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Authorization services of clients, on a real server. */
@ExtendWith(RealKeycloak.class)
class AuthorizationIT {

    /** One of each type, as a file would say it. */
    private static final String ALL_TYPES = """
            {"roles": {"realm": {"boss": {}, "odd/name": {}}, "client": {"shop": {"clerk": {}}}},
             "groups": {"Top": {"subGroups": {"Sub": {}}}},
             "users": {"ada": {}},
             "clients": {"shop": {"serviceAccountsEnabled": true, "authorizationServicesEnabled": true,
               "authorizationSettings": {
                 "allowRemoteResourceManagement": false, "policyEnforcementMode": "PERMISSIVE",
                 "scopes": {"view": {"displayName": "View"}, "edit": {}},
                 "resources": {
                   "Orders": {"type": "urn:order", "uris": ["/b/*", "/a/*"], "scopes": ["view", "edit"],
                     "attributes": {"tier": ["gold"]}},
                   "Diary": {"owner": "ada", "ownerManagedAccess": true, "scopes": ["view"]}},
                 "policies": {
                   "roles": {"type": "role", "logic": "NEGATIVE",
                     "config": {"roles": ["boss", "odd~/name", {"id": "shop/clerk", "required": true}]}},
                   "users": {"type": "user", "config": {"users": ["Ada"]}},
                   "groups": {"type": "group", "config": {"groupsClaim": "groups",
                     "groups": ["/Top/Sub", {"path": "Top", "extendChildren": true}]}},
                   "clients": {"type": "client", "config": {"clients": ["shop", "account"]}},
                   "client scopes": {"type": "client-scope",
                     "config": {"clientScopes": ["email", {"id": "phone", "required": true}]}},
                   "hours": {"type": "time", "config": {"nbf": "2026-01-01 00:00:00", "hour": 8, "hourEnd": 18}},
                   "mail": {"type": "regex", "config": {"targetClaim": "email", "pattern": ".*@shop",
                     "targetContextAttributes": true}},
                   "either": {"type": "aggregate", "decisionStrategy": "AFFIRMATIVE",
                     "config": {"applyPolicies": ["users", "hours"]}},
                   "orders": {"type": "resource", "config": {"resources": ["Orders"], "applyPolicies": ["either"]}},
                   "all orders": {"type": "resource",
                     "config": {"defaultResourceType": "urn:order", "applyPolicies": ["mail"]}},
                   "view orders": {"type": "scope", "config": {"resources": ["Orders"], "scopes": ["view"],
                     "applyPolicies": ["roles", "groups"]}},
                   "edit": {"type": "scope", "config": {"scopes": ["edit"], "applyPolicies": ["roles"]}}}}}}}""";

    static final String NOTHING_IN_IT = """
            {"clients": {"shop": {"serviceAccountsEnabled": true, "authorizationServicesEnabled": true%s}}}""";

    private KeycloakServer server;
    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(TestRealm realm, KeycloakServer server) {
        this.server = server;
        this.realm = realm;
        this.live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void everyTypeIsMadeFoundAgainAndDeletedWhenItLeavesTheFile() {
        live.apply(ALL_TYPES);
        assertThat(live.plan(ALL_TYPES)).isEmpty();

        JsonNode settings = realm.get(services() + "/settings");
        assertThat(config(settings, "roles", "roles")).contains("\"boss\"",
                "{\"id\":\"shop/clerk\",\"required\":true}");
        assertThat(config(settings, "groups", "groups")).contains("/Top/Sub",
                "{\"path\":\"/Top\",\"extendChildren\":true}");
        assertThat(config(settings, "view orders", "applyPolicies")).contains("roles", "groups");
        assertThat(config(settings, "hours", "nbf")).isEqualTo("2026-01-01 00:00:00");

        String less = NOTHING_IN_IT.formatted("");
        assertThat(live.apply(less)).filteredOn(line -> line.startsWith("delete authorization"))
                .hasSize(16)
                .last()
                .asString()
                .startsWith("delete authorization-scope");
        assertThat(realm.get(services() + "/policy?max=-1").findValuesAsText("name"))
                .allMatch(name -> name.startsWith("Default "));
        assertThat(live.plan(less)).isEmpty();
    }

    /** A PUT of a client that says nothing of authorization services would switch them off, and with them go all settings. */
    @Test
    void aChangeOfTheClientLeavesTheSettingsAlone() {
        live.apply(ALL_TYPES);
        List<String> names = names();
        String described = ALL_TYPES.replaceFirst("\\{\"serviceAccountsEnabled\"",
                "{\"description\": \"Sells\", \"serviceAccountsEnabled\"");

        assertThat(live.apply(described)).hasSize(1);

        assertThat(names()).isEqualTo(names);
        assertThat(live.plan(described)).isEmpty();
    }

    @Test
    void whoDeclaresAClientWithoutItsSettingsLeavesThemAlone() {
        live.apply(ALL_TYPES);
        List<String> names = names();

        try (LiveRealm other = new LiveRealm(server, realm.name())) {
            other.apply("{\"clients\": {\"shop\": {\"description\": \"Sells\"}}}");
        }

        assertThat(names()).isEqualTo(names);
        assertThat(realm.get("users?username=service-account-shop&exact=true")).hasSize(1);
    }

    /** Of all that the settings hold. */
    private List<String> names() {
        return realm.get(services() + "/settings").findValuesAsText("name").stream().sorted().toList();
    }

    @Test
    void anExportOfTheSettingsIsADeclarationOfThem() {
        live.apply(ALL_TYPES);
        String exported = realm.get(services() + "/settings").toString();
        String document = """
                {"roles": {"realm": {"boss": {}, "odd/name": {}}, "client": {"shop": {"clerk": {}}}},
                 "groups": {"Top": {"subGroups": {"Sub": {}}}}, "users": {"ada": {}},
                 "clients": {"shop": {"serviceAccountsEnabled": true, "authorizationServicesEnabled": true,
                   "authorizationSettings": %s}}}""".formatted(exported.replace("odd/name", "odd~/name"));

        assertThat(live.plan(document)).allMatch(line -> line.matches("adopt .*/Default \\w+"));
    }

    @Test
    void oneChangedFieldIsOneEditAndLeavesTheRest() {
        live.apply(ALL_TYPES);
        String other = ALL_TYPES
                .replace("{\"id\": \"shop/clerk\", \"required\": true}",
                        "{\"id\": \"shop/clerk\", \"required\": false}")
                .replace("\"hourEnd\": 18", "\"hourEnd\": 19")
                .replace("\"resources\": [\"Orders\"], \"scopes\": [\"view\"]",
                        "\"resources\": [\"Orders\"], \"scopes\": [\"edit\"]")
                .replace("\"displayName\": \"View\"", "\"displayName\": \"Look\"")
                .replace("\"tier\": [\"gold\"]", "\"tier\": [\"silver\"]");

        assertThat(live.apply(other)).containsExactlyInAnyOrder(
                "update authorization-policy/R/shop/hours: config.hourEnd",
                "update authorization-policy/R/shop/roles: config.roles.\"shop/clerk\".required".replace("\"", ""),
                "update authorization-policy/R/shop/view orders: config.scopes",
                "update authorization-resource/R/shop/Orders: attributes.tier",
                "update authorization-scope/R/shop/view: displayName");

        assertThat(live.plan(other)).isEmpty();
        JsonNode settings = realm.get(services() + "/settings");
        assertThat(config(settings, "hours", "nbf")).isEqualTo("2026-01-01 00:00:00");
        assertThat(config(settings, "view orders", "resources")).isEqualTo("[\"Orders\"]");
        assertThat(config(settings, "view orders", "applyPolicies")).contains("roles", "groups");
    }

    @Test
    void whatOthersMadeAndSaidStays() {
        live.apply(ALL_TYPES);
        String theirs = realm.get(services() + "/scope/search?name=edit").path("id").asText();
        realm.put(services() + "/scope/" + theirs, """
                {"name": "edit", "iconUri": "https://theirs"}""");
        realm.post(services() + "/resource", """
                {"name": "Theirs", "scopes": [{"name": "view"}]}""");
        realm.post(services() + "/policy/time", """
                {"name": "their hours", "hour": "3"}""");
        String orders = realm.get(services() + "/resource/search?name=Orders").path("_id").asText();
        realm.put(services() + "/resource/" + orders, """
                {"name": "Orders", "displayName": "Their name", "type": "urn:order", "uris": ["/a/*", "/b/*"],
                 "scopes": [{"name": "view"}, {"name": "edit"}], "attributes": {"tier": ["gold"], "theirs": ["x"]}}""");

        String other = ALL_TYPES.replace("\"edit\": {}", "\"edit\": {\"displayName\": \"Edit\"}")
                .replace("\"tier\": [\"gold\"]", "\"tier\": [\"silver\"]");
        live.apply(other);

        assertThat(live.plan(other)).isEmpty();
        assertThat(realm.get(services() + "/scope/search?name=edit").path("iconUri").asText())
                .isEqualTo("https://theirs");
        JsonNode after = realm.get(services() + "/resource/search?name=Orders");
        assertThat(after.path("displayName").asText()).isEqualTo("Their name");
        assertThat(after.path("attributes").toString()).contains("silver", "theirs");
        assertThat(realm.get(services() + "/resource/search?name=Theirs").path("name").asText()).isEqualTo("Theirs");
        assertThat(realm.get(services() + "/policy/search?name=their%20hours").path("type").asText())
                .isEqualTo("time");
    }

    @Test
    void servicesThatAreSwitchedOnInTheSameRunComeFirst() {
        live.apply("""
                {"clients": {"shop": {"serviceAccountsEnabled": true}}}""");
        String document = NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"decisionStrategy": "AFFIRMATIVE", "scopes": {"view": {}}}""");

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
        assertThat(realm.get(services()).path("decisionStrategy").asText()).isEqualTo("AFFIRMATIVE");
    }

    @Test
    void aPolicyThatOthersUseIsNotTakenAway() {
        String document = NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"scopes": {"view": {}},
                  "policies": {"hours": {"type": "time", "config": {"hour": 8}}}}""");
        live.apply(document);
        realm.post(services() + "/permission/scope", """
                {"name": "theirs", "scopes": ["view"], "policies": ["hours"]}""");

        assertThat(live.refused(NOTHING_IN_IT.formatted(""))).extracting(Problem::what)
                .anyMatch(what -> what.contains("authorization-policy/" + realm.name() + "/shop/theirs"));

        String otherType = document.replace("\"type\": \"time\", \"config\": {\"hour\": 8}",
                "\"type\": \"user\", \"config\": {\"users\": []}");
        assertThat(live.refused(otherType)).extracting(Problem::what).anyMatch(what -> what.contains("shop/theirs"));
    }

    @Test
    void servicesThatHoldWhatOthersMadeAreNotSwitchedOff() {
        live.apply(NOTHING_IN_IT.formatted(""));
        String off = NOTHING_IN_IT.formatted("")
                .replace("\"authorizationServicesEnabled\": true",
                        "\"authorizationServicesEnabled\": false");
        realm.post(services() + "/scope", """
                {"name": "theirs"}""");

        assertThat(live.refused(off)).extracting(Problem::what)
                .containsExactly("without authorization services client/" + realm.name()
                        + "/shop would lose\n  authorization-scope/" + realm.name() + "/shop/theirs");

        realm.delete(services() + "/scope/" + realm.get(services() + "/scope/search?name=theirs").path("id").asText());
        live.apply(off);
        assertThat(live.plan(off)).isEmpty();
    }

    @Test
    void aGroupInsideOneWithASlashInItsNameIsKnownAgain() {
        String document = """
                {"groups": {"Top": {"subGroups": {"EU/US": {"subGroups": {"Inner": {}}}}}},"""
                + NOTHING_IN_IT.formatted("""
                        , "authorizationSettings": {"policies": {"p": {"type": "group",
                          "config": {"groups": ["/Top/EU~/US/Inner"]}}}}""").substring(1);
        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void anotherTypeMakesAnotherPolicy() {
        String document = NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"policies": {"p": {"type": "time", "config": {"hour": 8}}}}""");
        live.apply(document);
        String otherType = document.replace("\"type\": \"time\", \"config\": {\"hour\": 8}",
                "\"type\": \"client\", \"config\": {\"clients\": [\"shop\"]}");

        assertThat(live.apply(otherType)).singleElement()
                .asString()
                .startsWith("replace authorization-policy/R/shop/p");

        assertThat(live.plan(otherType)).isEmpty();
    }

    @Test
    void aRenameKeepsTheIdAndTheLinks() {
        live.apply(ALL_TYPES);
        String id = realm.get(services() + "/policy/search?name=hours").path("id").asText();
        String renamed = ALL_TYPES.replace("\"hours\": {\"type\"", "\"office\": {\"$was\": \"hours\", \"type\"")
                .replace("[\"users\", \"hours\"]", "[\"users\", \"office\"]");

        assertThat(live.apply(renamed)).containsExactly("update authorization-policy/R/shop/office");

        assertThat(live.plan(renamed)).isEmpty();
        assertThat(realm.get(services() + "/policy/search?name=office").path("id").asText()).isEqualTo(id);
    }

    @Test
    void whatTheServerWouldRefuseIsSaidInThePlan() {
        assertThat(live.refused(
                """
                {"clients": {"shop": {"serviceAccountsEnabled": true, "authorizationSettings": {"scopes": {"v": {}}}}}}"""))
                .extracting(Problem::what)
                .containsExactly("client/" + realm.name() + "/shop has no authorization services");
        assertThat(live.refused("""
                {"clients": {"shop": {"authorizationServicesEnabled": true}}}""")).extracting(Problem::what)
                .singleElement()
                .asString()
                .contains("no service account, which they need");
        live.apply(NOTHING_IN_IT.formatted(""));
        assertThat(live.refused(NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"policies": {"p": {"type": "lunar", "config": {"phase": "full"}}}}""")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("the server has no policies of the type lunar");
                    assertThat(problem.remedy()).contains("aggregate, client, client-scope, group");
                });
        assertThat(live.refused(NOTHING_IN_IT.formatted(
                """
                , "authorizationSettings": {"policies": {"p": {"type": "role", "config": {"roles": ["gone", "shop/no"]}}}}""")))
                .extracting(Problem::what)
                .anyMatch(what -> what.startsWith("realm-role/" + realm.name() + "/gone is neither declared nor live"))
                .anyMatch(what -> what
                        .startsWith("client-role/" + realm.name() + "/shop/no is neither declared nor live"));
        assertThat(live.refused(NOTHING_IN_IT.formatted("""
                , "authorizationSettings": {"policies": {"p": {"type": "user", "config": {"user": ["ada"]}}}}""")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("policies of the type user have no setting user");
                    assertThat(problem.remedy()).contains("users");
                });
    }

    @Test
    void whatIsDeclaredIsWhatTheServerGrants() {
        String document = """
                {"enabled": true, "roles": {"realm": {"boss": {}}},
                 "users": {
                   "grace": {"enabled": true, "email": "g@x", "firstName": "G", "lastName": "H", "emailVerified": true,
                     "realmRoles": {"$add": ["boss"]}, "credentials": [{"type": "password", "value": "grace"}]},
                   "lin": {"enabled": true, "email": "l@x", "firstName": "L", "lastName": "T", "emailVerified": true,
                     "credentials": [{"type": "password", "value": "lin"}]}},
                 "clients": {"shop": {"serviceAccountsEnabled": true, "authorizationServicesEnabled": true,
                   "authorizationSettings": {"scopes": {"view": {}, "edit": {}},
                     "resources": {"Orders": {"scopes": ["view", "edit"]}},
                     "policies": {
                       "bosses": {"type": "role", "config": {"roles": ["boss"], "fetchRoles": true}},
                       "view": {"type": "scope", "config": {"resources": ["Orders"], "scopes": ["%s"],
                         "applyPolicies": ["bosses"]}}}}}}}""";
        live.apply(document.formatted("view"));

        assertThat(Person.of(server, realm.name(), "grace").isGranted("shop", "Orders#view")).isTrue();
        assertThat(Person.of(server, realm.name(), "grace").isGranted("shop", "Orders#edit")).isFalse();
        assertThat(Person.of(server, realm.name(), "lin").isGranted("shop", "Orders#view")).isFalse();

        live.apply(document.formatted("edit"));
        assertThat(Person.of(server, realm.name(), "grace").isGranted("shop", "Orders#view")).isFalse();
        assertThat(Person.of(server, realm.name(), "grace").isGranted("shop", "Orders#edit")).isTrue();
    }

    @Test
    void aFileWithoutSuchSettingsCostsNoRequestForThem() {
        live.apply(ALL_TYPES);

        try (LiveRealm another = new LiveRealm(server, realm.name())) {
            another.plan(NOTHING_IN_IT.formatted(""));
            assertThat(another.requests()).noneMatch(request -> request.contains("authz"));
        }
    }

    @Test
    void aPlanReadsEachCollectionOnceAndWhatEachPermissionHolds() {
        live.apply(ALL_TYPES);
        live.requests();

        live.plan(ALL_TYPES);

        String services = "GET /admin/realms/R/clients/ID/authz/resource-server";
        assertThat(live.requests()).filteredOn(request -> request.contains("authz"))
                .map(request -> request.replaceAll("\\?.*", ""))
                .containsExactlyInAnyOrder(services, services + "/scope", services + "/resource", services + "/policy",
                        services + "/policy/ID/associatedPolicies", services + "/policy/ID/associatedPolicies",
                        services + "/policy/ID/associatedPolicies", services + "/policy/ID/associatedPolicies",
                        services + "/policy/ID/associatedPolicies");
    }

    private static String config(JsonNode settings, String policy, String key) {
        return StreamSupport.stream(settings.path("policies").spliterator(), false)
                .filter(node -> node.path("name").asText().equals(policy))
                .findFirst()
                .orElseThrow()
                .path("config")
                .path(key)
                .asText();
    }

    private String services() {
        List<String> ids = realm.get("clients?clientId=shop").findValuesAsText("id");
        return "clients/" + ids.getFirst() + "/authz/resource-server";
    }
}
