package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Users and service accounts against the real server. */
@ExtendWith(RealKeycloak.class)
class UserIT {

    private static final String REST = """
            "roles": {"realm": [{"name": "one"}, {"name": "two"}], "client": {"pay": [{"name": "read"}, {"name": "write"}]}},
            "clients": [{"clientId": "pay"}],
            "groups": [{"name": "A", "subGroups": [{"name": "x/y"}]}, {"name": "B"}]""";

    private static final String FULL = """
            "enabled": true, "email": "Ada@Example.com", "emailVerified": true, "firstName": "Ada", "lastName": "Lovelace",
            "attributes": {"team": ["red", "blue"], "site": "x"}, "requiredActions": ["UPDATE_PROFILE"],
            "groups": ["/B", "/A/x~/y"], "realmRoles": ["one"], "clientRoles": {"pay": ["read"]}""";

    private TestRealm realm;
    private LiveRealm live;
    private URI server;

    @BeforeEach
    void open(TestRealm realm, KeycloakServer server) {
        this.realm = realm;
        this.server = server.url();
        this.live = new LiveRealm(server, realm.name());
    }

    @AfterEach
    void close() {
        live.close();
    }

    private void takeAnyAttribute() {
        realm.put("users/profile", realm.get("users/profile")
                .toString()
                .replaceFirst("\\{",
                        "{\"unmanagedAttributePolicy\": \"ENABLED\", "));
    }

    private static String user(String fields) {
        return "{" + REST + ", \"users\": [{\"username\": \"Ada\"" + (fields.isEmpty() ? "" : ", " + fields) + "}]}";
    }

    private JsonNode ada() {
        return realm.get("users?username=ada&exact=true&briefRepresentation=false").get(0);
    }

    private JsonNode ofAda(String rest) {
        return realm.get("users/" + ada().path("id").asText() + "/" + rest);
    }

    private List<String> roles() {
        return ofAda("role-mappings/realm").findValuesAsText("name");
    }

    private String defaultRole() {
        return "default-roles-" + realm.name();
    }

    @Test
    void whatIsMadeIsThereAndNothingIsLeftToDo() {
        takeAnyAttribute();

        assertThat(live.apply(user(FULL))).contains("create user/R/ada");

        assertThat(live.plan(user(FULL))).isEmpty();
        assertThat(ada().path("email").asText()).isEqualTo("ada@example.com");
        assertThat(ada().path("attributes").path("team")).hasSize(2);
        assertThat(ofAda("groups").findValuesAsText("name")).containsExactlyInAnyOrder("B", "x/y");
        assertThat(roles()).containsExactlyInAnyOrder("one", defaultRole());
        assertThat(ofAda("role-mappings").at("/clientMappings/pay/mappings").findValuesAsText("name"))
                .containsExactly("read");
    }

    @Test
    void eachFieldChangesByItself() {
        takeAnyAttribute();
        live.apply(user(FULL));
        Map<String, String> changes = Map.ofEntries(
                Map.entry(FULL.replace("\"enabled\": true", "\"enabled\": false"), "enabled"),
                Map.entry(FULL.replace("\"emailVerified\": true", "\"emailVerified\": false"), "emailVerified"),
                Map.entry(FULL.replace("Ada@", "ada.l@"), "email"),
                Map.entry(FULL.replace("\"Ada\"", "\"Augusta\""), "firstName"),
                Map.entry(FULL.replace("\"Lovelace\"", "null"), "lastName"),
                Map.entry(FULL.replace("\"blue\"", "\"green\""), "attributes.team"),
                Map.entry(FULL.replace("[\"UPDATE_PROFILE\"]", "[]"), "requiredActions"),
                Map.entry(FULL.replace("[\"/B\", ", "[\"/A\", "), "groups"),
                Map.entry(FULL.replace("[\"one\"]", "[\"two\"]"), "realmRoles"),
                Map.entry(FULL.replace("[\"read\"]", "[\"write\"]"), "clientRoles.pay"));
        changes.forEach((changed, path) -> {
            assertThat(live.apply(user(changed))).containsExactly("update user/R/ada: " + path);
            assertThat(live.plan(user(changed))).as("after " + path).isEmpty();
            live.apply(user(FULL));
            assertThat(live.plan(user(FULL))).as("back from " + path).isEmpty();
        });
    }

    @Test
    void whatOthersSetStaysAsItIs() {
        takeAnyAttribute();
        live.apply(user(
                "\"attributes\": {\"team\": [\"red\"]}, \"groups\": {\"$add\": [\"/B\"]}, \"realmRoles\": [\"one\"]"));
        String id = ada().path("id").asText();
        realm.put("users/" + id,
                "{\"username\": \"ada\", \"email\": \"their@s.org\", \"firstName\": \"Their\", \"lastName\": \"Name\","
                        + " \"enabled\": true, \"attributes\": {\"team\": [\"red\"], \"theirs\": [\"9\"]}}");
        String a = realm.get("groups?search=A&exact=true").get(0).path("id").asText();
        realm.put("users/" + id + "/groups/" + a, "");

        assertThat(live.apply(user(
                "\"attributes\": {\"team\": [\"blue\"]}, \"groups\": {\"$remove\": [\"/B\"]}, \"realmRoles\": []")))
                .containsExactly("update user/R/ada: attributes.team, groups, realmRoles");

        assertThat(ada().path("email").asText()).isEqualTo("their@s.org");
        assertThat(ada().path("firstName").asText()).isEqualTo("Their");
        assertThat(ada().path("enabled").asBoolean()).isTrue();
        assertThat(ada().at("/attributes/theirs/0").asText()).isEqualTo("9");
        assertThat(ada().at("/attributes/team/0").asText()).isEqualTo("blue");
        assertThat(ofAda("groups").findValuesAsText("name")).containsExactly("A");
        assertThat(roles()).containsExactly(defaultRole());
    }

    @Test
    void theLastAttributeGoesWithoutTakingTheNameAlong() {
        takeAnyAttribute();
        live.apply(user("\"firstName\": \"Ada\", \"attributes\": {\"team\": [\"red\"]}"));

        assertThat(live.apply(user("\"firstName\": \"Ada\""))).containsExactly("update user/R/ada: attributes");

        assertThat(ada().path("firstName").asText()).isEqualTo("Ada");
        assertThat(ada().has("attributes")).isFalse();
    }

    @Test
    void theRoleThatEverybodyHasGoesOnlyWhenNamed() {
        String without = user("\"realmRoles\": {\"$remove\": [\"" + defaultRole() + "\"]}");
        live.apply(without);
        assertThat(roles()).isEmpty();
        assertThat(live.plan(without)).isEmpty();

        String with = user("\"realmRoles\": [\"" + defaultRole() + "\", \"one\"]");
        live.apply(with);
        assertThat(roles()).containsExactlyInAnyOrder(defaultRole(), "one");
        assertThat(live.plan(with)).isEmpty();
    }

    @Test
    void whatTheServerGivesToEachNewUserIsTakenAgainIfTheFileSaysSo() {
        String document = """
                {"enabled": true, "groups": {"All": {}, "Some": {}}, "defaultGroups": ["/All"],
                 "requiredActions": {"CONFIGURE_TOTP": {"defaultAction": true}},
                 "users": {
                   "ada": {"enabled": true, "groups": ["/Some"], "requiredActions": [],
                     "credentials": [{"type": "password", "value": "first", "temporary": true}]},
                   "lin": {"enabled": true, "groups": {"$remove": ["/All"]}},
                   "grace": {"enabled": true}}}""";
        live.apply(document.replaceAll("(?s),\\s*\"users\".*", "}"));

        live.apply(document);

        assertThat(live.plan(document)).isEmpty();
        assertThat(ada().path("requiredActions").toString()).isEqualTo("[\"UPDATE_PASSWORD\"]");
        assertThat(groups("ada")).containsExactly("/Some");
        assertThat(groups("lin")).isEmpty();
        assertThat(groups("grace")).containsExactly("/All");
    }

    private List<String> groups(String user) {
        String id = realm.get("users?exact=true&username=" + user).get(0).path("id").asText();
        return realm.get("users/" + id + "/groups").findValuesAsText("path");
    }

    @Test
    void anInitialPasswordIsSetOnceAndNeverSentAgain() throws Exception {
        String document = user("\"enabled\": true, \"requiredActions\": [], \"credentials\": ["
                + "{\"type\": \"password\", \"value\": \"first-Secret\", \"temporary\": true}]");
        live.apply(document);

        assertThat(login("ada", "first-Secret")).contains("Account is not fully set up");
        assertThat(live.plan(document)).isEmpty();
        realm.put("users/" + ada().path("id").asText() + "/reset-password",
                "{\"type\": \"password\", \"value\": \"own-Secret\", \"temporary\": false}");
        String other = document.replace("first-Secret", "second-Secret")
                .replace("\"enabled\": true",
                        "\"enabled\": true, \"firstName\": \"A\", \"lastName\": \"L\", \"email\": \"a@l.org\"");
        live.apply(other);
        assertThat(login("ada", "own-Secret")).contains("access_token");
        assertThat(live.plan(other)).isEmpty();
    }

    private String login(String user, String password) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest
                    .newBuilder(server.resolve("/realms/" + realm.name() + "/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("grant_type=password&client_id=admin-cli&username="
                            + user + "&password=" + password))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void attributesThatTheServerWouldDropAreLeftAsideWithAWarning() {
        live.apply(user("\"attributes\": {\"team\": [\"red\"]}"));

        assertThat(live.leftAside()).singleElement()
                .asString()
                .contains("the attribute team of ada")
                .contains("user profile");
        assertThat(live.plan(user("\"attributes\": {\"team\": [\"red\"]}"))).isEmpty();
        live.plan(user("\"attributes\": {\"team\": [\"red\"]}, \"$ignore\": [\"attributes.team\"]"));
        assertThat(live.leftAside()).isEmpty();
    }

    @Test
    void aUserIsRenamedInPlace() {
        realm.put("", "{\"editUsernameAllowed\": true}");
        takeAnyAttribute();
        live.apply(user("\"email\": \"a@b.org\", \"attributes\": {\"team\": [\"red\"]}"));
        String id = ada().path("id").asText();
        String renamed = user("\"$was\": \"ada\", \"email\": \"a@b.org\", \"attributes\": {\"team\": [\"blue\"]}")
                .replace("\"Ada\"", "\"augusta\"");

        assertThat(live.apply(renamed)).containsExactly("update user/R/augusta: attributes.team");

        assertThat(realm.get("users/" + id).path("username").asText()).isEqualTo("augusta");
        assertThat(live.plan(renamed)).isEmpty();
    }

    @Test
    void aUserInMoreGroupsThanAPageHoldsIsReadWhole() {
        String groups = IntStream.range(0, 120)
                .mapToObj(i -> "{\"name\": \"g" + i + "\"}")
                .collect(Collectors.joining(", "));
        String paths = IntStream.range(0, 120).mapToObj(i -> "\"/g" + i + "\"").collect(Collectors.joining(", "));
        String document = "{\"groups\": [" + groups + "], \"users\": [{\"username\": \"ada\", \"groups\": [" + paths
                + "]}]}";
        live.apply(document);
        assertThat(ofAda("groups?max=-1")).hasSize(120);

        assertThat(live.plan(document)).isEmpty();
        assertThat(live.apply(document.replace("\"/g7\", ", ""))).containsExactly("update user/R/ada: groups");
        assertThat(ofAda("groups?max=-1")).hasSize(119);
    }

    @Test
    void aFewUsersOfManyAreReadByName() {
        String users = IntStream.range(0, 1200)
                .mapToObj(i -> "{\"username\": \"user" + i + "\"}")
                .collect(Collectors.joining(", "));
        realm.post("partialImport", "{\"ifResourceExists\": \"SKIP\", \"users\": [" + users + "]}");

        live.plan("{\"users\": [{\"username\": \"user7\"}, {\"username\": \"user8\"}]}");
        assertThat(live.requests()).filteredOn(call -> call.contains("/users"))
                .hasSize(2)
                .allMatch(call -> call.contains("username=user"));

        String many = IntStream.range(0, 300)
                .mapToObj(i -> "{\"username\": \"user" + i + "\", \"enabled\": false}")
                .collect(Collectors.joining(", "));
        assertThat(live.plan("{\"users\": [" + many + "]}")).filteredOn(line -> line.startsWith("adopt user"))
                .hasSize(300);
        assertThat(live.requests()).filteredOn(call -> call.contains("/users")).hasSize(3);
    }

    /** The server shows it as /A/x/y/z: taken for another group, that one was left again, by its id. */
    @Test
    void aNewUserStaysInAGroupInsideOneWithASlashInItsName() {
        String document = """
                {"groups": {"A": {"subGroups": {"x/y": {"subGroups": {"z": {}}}}}},
                 "users": {"ada": {"groups": ["/A/x~/y/z"]}}}""";
        live.apply(document);

        String ada = realm.get("users?username=ada").get(0).path("id").asText();
        assertThat(realm.get("users/" + ada + "/groups").findValuesAsText("name")).containsExactly("z");
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void theGroupsOfManyUsersAreReadGroupByGroup() {
        String groups = "\"groups\": [{\"name\": \"A\", \"subGroups\": [{\"name\": \"x/y\"}]}, {\"name\": \"B\"}]";
        String users = IntStream.range(0, 120)
                .mapToObj(i -> "{\"username\": \"user" + i + "\", \"groups\": [\"/A/x/y\", \"/B\"]}")
                .collect(Collectors.joining(", "));
        live.apply("{" + groups + "}");
        realm.post("partialImport", "{\"ifResourceExists\": \"SKIP\", \"users\": [" + users + "]}");
        String document = "{" + groups + ", \"users\": [" + users.replace("x/y", "x~/y") + "]}";
        live.requests();

        assertThat(live.plan(document)).hasSize(120).allMatch(line -> line.matches("adopt user/R/user\\d+"));
        assertThat(live.requests()).filteredOn(call -> call.contains("/members")).hasSize(3);
        assertThat(live.plan(document.replace("\"user7\", \"groups\": [\"/A/x~/y\", \"/B\"]",
                "\"user7\", \"groups\": [\"/B\"]"))).contains("adopt user/R/user7: groups");
    }

    @Test
    void whatLeavesTheFileIsDeletedIfWeMadeIt() {
        realm.post("users", "{\"username\": \"theirs\"}");
        live.apply("{\"users\": [{\"username\": \"ada\"}, {\"username\": \"theirs\"}]}");

        assertThat(live.apply("{}")).containsExactlyInAnyOrder("delete user/R/ada", "forget user/R/theirs");

        assertThat(realm.get("users").findValuesAsText("username")).containsExactly("theirs");
    }

    private static String account(String rights) {
        return "{" + REST.replace("\"clients\": [",
                "\"clients\": [{\"clientId\": \"Robot\", \"serviceAccountsEnabled\": true, "
                        + "\"$serviceAccount\": {" + rights + "}}, ")
                + "}";
    }

    private JsonNode ofRobot(String rest) {
        String client = realm.get("clients?clientId=Robot").get(0).path("id").asText();
        return realm.get("users/" + realm.get("clients/" + client + "/service-account-user").path("id").asText() + "/"
                + rest);
    }

    @Test
    void aServiceAccountGetsItsRightsWithItsClient() {
        String first = account(
                "\"realmRoles\": [\"one\"], \"clientRoles\": {\"pay\": [\"read\"]}, \"groups\": [\"/A\"]");
        live.apply(first);

        assertThat(live.plan(first)).isEmpty();
        assertThat(ofRobot("role-mappings/realm").findValuesAsText("name")).containsExactlyInAnyOrder("one",
                defaultRole());
        assertThat(ofRobot("groups").findValuesAsText("name")).containsExactly("A");

        String next = account(
                "\"realmRoles\": [\"two\"], \"clientRoles\": {\"pay\": [\"read\", \"write\"]}, \"groups\": [\"/B\"]");
        assertThat(live.apply(next))
                .containsExactly("update service-account/R/Robot: clientRoles.pay, groups, realmRoles");
        assertThat(live.plan(next)).isEmpty();
        assertThat(ofRobot("role-mappings/realm").findValuesAsText("name")).containsExactlyInAnyOrder("two",
                defaultRole());
    }

    @Test
    void anExportedServiceAccountIsTheSameThing(AdminApi admin) {
        String document = account("\"realmRoles\": [\"one\"]");
        live.apply(document);
        JsonNode exported = AdminApi
                .json(admin.send("POST", realm.name() + "/partial-export?exportClients=true", "{}").body())
                .path("users");
        String users = "{"
                + REST.replace("\"clients\": [",
                        "\"clients\": [{\"clientId\": \"Robot\", \"serviceAccountsEnabled\": true}, ")
                + ", \"users\": " + exported + "}";

        assertThat(exported).hasSize(1);
        assertThat(live.plan(users)).isEmpty();
    }

    @Test
    void aServiceAccountOfAClientThatHasNoneIsRefused() {
        String document = account("\"realmRoles\": [\"one\"]").replace("\"serviceAccountsEnabled\": true, ", "");

        assertThat(live.refused(document)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains("client/" + realm.name() + "/Robot has no service account");
            assertThat(problem.where()).startsWith("test.json");
        });
    }

    @Test
    void aUserAndAGroupThatContradictEachOtherAreRefused() {
        String document = "{\"users\": [{\"username\": \"ada\", \"groups\": [\"/A\"]}, {\"username\": \"lin\", \"groups\": []}],"
                + " \"groups\": [{\"name\": \"A\", \"$members\": [\"lin\"]}]}";

        assertThat(live.wrong(document)).hasSize(2)
                .anyMatch(what -> what.contains("the groups of ada hold /A, whose $members do not name ada"))
                .anyMatch(what -> what.contains("$members of /A names lin, whose own groups do not hold /A"));
        assertThat(live.wrong(document.replace("[\"lin\"]}]", "[\"ada\"]}]"))).isEmpty();
    }
}
