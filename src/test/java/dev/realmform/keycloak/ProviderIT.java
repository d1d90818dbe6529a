package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.keycloak.admin.Connection;
import dev.realmform.keycloak.admin.Login;
import dev.realmform.model.Change;
import dev.realmform.model.Owned;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.plan.Planned;
import dev.realmform.provider.Outcome;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Realm, clients and roles, from one plan to the next, against the real server. */
@ExtendWith(RealKeycloak.class)
class ProviderIT {

    private final KeycloakServer server;
    private final Bench bench;

    ProviderIT(KeycloakServer server) {
        this.server = server;
        this.bench = new Bench(server);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anExportOfARealmChangesNothingThereAndMakesTheSameRealmElsewhere(TestRealm realm, RealmName other,
            AdminApi admin) {
        realm.post("clients", """
                {"clientId": "saml", "protocol": "saml", "frontchannelLogout": true}""");
        realm.post("clients", """
                {"clientId": "public", "publicClient": true, "redirectUris": ["https://a.example/*"]}""");
        realm.post("clients", """
                {"clientId": "robot", "serviceAccountsEnabled": true, "authorizationServicesEnabled": true}""");
        realm.post("roles", "{\"name\": \"approver\", \"attributes\": {\"level\": [\"2\", \"1\"]}}");
        String export = admin
                .send("POST", realm.name() + "/partial-export?exportClients=true&exportGroupsAndRoles=true",
                        "")
                .body()
                .replaceAll("\"[^\"]*\"\\s*:\\s*\"\\*{10}\"\\s*,", "");

        assertThat(Bench.edits(bench.plan(export).plan())).allMatch(line -> line.startsWith("Adopt "));
        bench.forget().settle(export.replace(realm.name(), other.value()));
    }

    @Test
    void builtInsOfANewRealmAreReferredToAndAdoptedAsIfTheyWereThere(RealmName name, AdminApi admin) {
        String document = """
                {"realm": "%1$s", "enabled": true, "clients": {"account": {"enabled": false}, "pay": {
                   "defaultClientScopes": ["email"], "optionalClientScopes": ["phone"]}},
                 "roles": {"realm": {"approver": {"composites": {"realm": ["offline_access"],
                     "client": {"realm-management": ["view-users"]}}},
                   "default-roles-%1$s": {"composites": {"realm": ["approver", "offline_access"],
                     "client": {"account": ["view-profile"]}}}}}}""".formatted(name);

        bench.settle(document);
        assertThat(admin.get(name + "/clients?clientId=account").path(0).path("enabled").asBoolean()).isFalse();
        assertThat(names(admin.get(name + "/roles/default-roles-" + name + "/composites")))
                .containsExactly("approver", "offline_access", "view-profile");
    }

    @Test
    void whatOthersAddedStays(TestRealm realm) {
        String before = """
                {"realm": "%s", "attributes": {"own": "1"}, "clients": {"pay": {"attributes": {"own": "1"},
                   "protocolMappers": {"own": {"protocolMapper": "oidc-sub-mapper", "config": {"access.token.claim": "true"}}},
                   "redirectUris": {"$add": ["https://own.example"]}}},
                 "roles": {"realm": {"basic": {}, "other": {}, "approver": {"attributes": {"own": ["1"]},
                   "composites": {"realm": {"$add": ["basic"]}}}}}}""".formatted(realm.name());
        bench.settle(before);
        String client = realm.get("clients?clientId=pay").path(0).path("id").asText();
        String mapper = realm.get("clients/" + client + "/protocol-mappers/models").path(0).path("id").asText();
        realm.put("", "{\"displayName\": \"Foreign\", \"attributes\": {\"own\": \"1\", \"foreign\": \"1\"}}");
        realm.put("clients/" + client, """
                {"clientId": "pay", "description": "foreign", "attributes": {"foreign": "1"},
                 "redirectUris": ["https://own.example", "https://foreign.example"]}""");
        realm.post("clients/" + client + "/protocol-mappers/models", """
                {"name": "foreign", "protocol": "openid-connect", "protocolMapper": "oidc-sub-mapper"}""");
        realm.put("clients/" + client + "/protocol-mappers/models/" + mapper, """
                {"id": "%s", "name": "own", "protocol": "openid-connect", "protocolMapper": "oidc-sub-mapper",
                 "config": {"access.token.claim": "true", "foreign": "1"}}""".formatted(mapper));
        JsonNode role = realm.get("roles/approver");
        realm.put("roles/approver", "{\"name\": \"approver\", \"description\": \"foreign\", "
                + "\"attributes\": {\"own\": [\"1\"], \"foreign\": [\"1\"]}}");
        realm.post("roles-by-id/" + role.path("id").asText() + "/composites",
                "[{\"id\": \"" + realm.get("roles/other").path("id").asText() + "\"}]");

        Planned planned = bench.plan(before);
        assertThat(Bench.edits(planned.plan())).isEmpty();
        bench.settle(before.replace("\"1\"", "\"2\"")
                .replace("\"true\"", "\"false\"")
                .replace("own.example",
                        "new.example"));

        JsonNode after = realm.get("clients/" + client);
        assertThat(after.path("description").asText()).isEqualTo("foreign");
        assertThat(after.path("attributes").path("own").asText()).isEqualTo("2");
        assertThat(after.path("attributes").path("foreign").asText()).isEqualTo("1");
        assertThat(texts(after.path("redirectUris"))).containsExactly("https://foreign.example", "https://new.example");
        assertThat(names(after.path("protocolMappers"))).containsExactly("foreign", "own");
        JsonNode own = realm.get("clients/" + client + "/protocol-mappers/models/" + mapper).path("config");
        assertThat(own.path("foreign").asText()).isEqualTo("1");
        assertThat(own.path("access.token.claim").asText()).isEqualTo("false");
        assertThat(realm.get("").path("displayName").asText()).isEqualTo("Foreign");
        assertThat(realm.get("").path("attributes").path("foreign").asText()).isEqualTo("1");
        assertThat(realm.get("roles/approver").path("description").asText()).isEqualTo("foreign");
        assertThat(realm.get("roles/approver").path("attributes").path("foreign").path(0).asText()).isEqualTo("1");
        assertThat(names(realm.get("roles/approver/composites"))).containsExactly("basic", "other");
    }

    /** Any PUT of a realm resets these, unless they are sent along (measured). */
    @Test
    void settingsThatAnyWriteOfTheRealmWouldResetStay(TestRealm realm) {
        realm.put("", """
                {"oauth2DeviceCodeLifespan": 601, "oauth2DevicePollingInterval": 6, "clientSessionIdleTimeout": 77,
                 "attributes": {"cibaExpiresIn": "130", "parRequestUriLifespan": "61"}, "otpPolicyType": "totp",
                 "otpPolicyDigits": 8, "otpPolicyPeriod": 45, "otpPolicyAlgorithm": "HmacSHA256",
                 "otpPolicyLookAheadWindow": 2, "otpPolicyInitialCounter": 0, "otpPolicyCodeReusable": true,
                 "webAuthnPolicyRpEntityName": "Own", "webAuthnPolicyCreateTimeout": 9}""");
        JsonNode before = realm.get("");

        bench.settle("{\"realm\": \"%s\", \"displayName\": \"New\"}".formatted(realm.name()));
        bench.settle("{\"realm\": \"%s\", \"otpPolicyDigits\": 6, \"webAuthnPolicyRpId\": \"example.com\"}"
                .formatted(realm.name()));

        JsonNode after = realm.get("");
        Set<String> moved = new TreeSet<>();
        after.fieldNames().forEachRemaining(field -> {
            if (!after.path(field).equals(before.path(field))) {
                moved.add(field);
            }
        });
        assertThat(moved).containsExactly("displayName", "otpPolicyDigits", "webAuthnPolicyRpId");
    }

    @Test
    void aRenameKeepsTheIdAndWhatRefersToItAndMakesNothingOurs(TestRealm realm) {
        bench.settle(
                """
                {"realm": "%s", "clients": {"payments": {}}, "roles": {"client": {"payments": {"read": {}, "kept": {}}},
                 "realm": {"former": {}, "approver": {"composites": {"realm": ["former"], "client": {"payments": ["read"]}}}}}}"""
                        .formatted(realm.name()));
        String id = realm.get("clients?clientId=payments").path(0).path("id").asText();
        String renamed = """
                {"realm": "%s", "clients": {"pay": {"$was": "payments"}}, "roles": {"client": {"pay": {"view": {"$was": "read"}, "kept": {}}},
                 "realm": {"now": {"$was": "former"}, "approver": {"composites": {"realm": ["now"], "client": {"pay": ["view"]}}}}}}"""
                .formatted(realm.name());

        Planned planned = bench.forget().plan(renamed);
        assertThat(planned.plan().changes()).filteredOn(Change.Update.class::isInstance)
                .extracting(change -> change.address().type())
                .containsExactlyInAnyOrder("client", "client-role", "realm-role");
        assertThat(planned.plan().changes()).noneMatch(Change.Create.class::isInstance)
                .allMatch(
                        change -> change.edits().isEmpty());
        bench.apply(planned);
        assertThat(bench.owned().values()).noneMatch(Owned::created);
        assertThat(bench.plan(renamed).plan().isEmpty()).isTrue();

        assertThat(realm.get("clients?clientId=pay").path(0).path("id").asText()).isEqualTo(id);
        assertThat(names(realm.get("clients/" + id + "/roles"))).containsExactly("kept", "view");
        assertThat(names(realm.get("roles/approver/composites"))).containsExactly("now", "view");
    }

    @Test
    void whatStillHasTheOldNameIsSomebodyElsesOnceTheNewOneIsLive(TestRealm realm) {
        String both = """
                {"realm": "%s", "clients": {"a": {}, "b": {}}, "groups": {"a": {}, "b": {}},
                 "roles": {"realm": {"a": {}, "b": {}}, "client": {"a": {"x": {}}, "b": {"x": {}}}}}"""
                .formatted(realm.name());
        bench.settle(both);
        bench.forget()
                .settle("""
                {"realm": "%s", "clients": {"a": {"$was": "b", "description": "new"}},
                 "groups": {"a": {"$was": "b", "attributes": {"x": ["new"]}}},
                 "roles": {"realm": {"a": {"$was": "b", "description": "new"}},
                  "client": {"a": {"x": {"description": "new"}}}}}""".formatted(realm.name()));

        for (String name : List.of("a", "b")) {
            String text = name.equals("a") ? "new" : "";
            JsonNode client = realm.get("clients?clientId=" + name).path(0);
            assertThat(client.path("description").asText()).isEqualTo(text);
            assertThat(realm.get("clients/" + client.path("id").asText() + "/roles/x").path("description").asText())
                    .isEqualTo(text);
            assertThat(realm.get("roles/" + name).path("description").asText()).isEqualTo(text);
            assertThat(realm.get("group-by-path/" + name).path("attributes").path("x").path(0).asText())
                    .isEqualTo(text);
        }
    }

    @Test
    void aNameIsTakenAsSoonAsWhatHadItHasGotAnother(TestRealm realm) {
        bench.settle("""
                {"realm": "%s", "clients": {"b": {}, "x": {}}, "groups": {"b": {}},
                 "roles": {"realm": {"b": {}}, "client": {"b": {"read": {}}}}}""".formatted(realm.name()));
        String id = realm.get("clients?clientId=b").path(0).path("id").asText();
        bench.settle("""
                {"realm": "%s", "clients": {"a": {"$was": "b"}, "b": {}, "y": {"$was": "x"}, "x": {"$was": "w"}},
                 "groups": {"a": {"$was": "b"}, "b": {}},
                 "roles": {"realm": {"a": {"$was": "b"}, "b": {}},
                  "client": {"a": {"read": {}}, "b": {"read": {}}}}}""".formatted(realm.name()));

        assertThat(realm.get("clients?clientId=a").path(0).path("id").asText()).isEqualTo(id);
        assertThat(realm.get("clients?clientId=b").path(0).path("id").asText()).isNotEmpty().isNotEqualTo(id);
    }

    @Test
    void aScopeMovesFromDefaultToOptional(TestRealm realm) {
        String document = """
                {"realm": "%s", "clients": {"pay": {"defaultClientScopes": ["email", "profile"],
                 "optionalClientScopes": ["phone"]}}}""".formatted(realm.name());
        bench.settle(document);
        bench.settle(document.replace("[\"email\", \"profile\"]", "[\"email\"]")
                .replace("[\"phone\"]",
                        "[\"profile\"]"));

        JsonNode client = realm.get("clients?clientId=pay").path(0);
        assertThat(texts(client.path("defaultClientScopes"))).containsExactly("email");
        assertThat(texts(client.path("optionalClientScopes"))).containsExactly("profile");
    }

    @Test
    void whatLeavesTheFileIsDeletedIfWeMadeItAndAnAuthoritativeCollectionKeepsBuiltIns(TestRealm realm) {
        realm.post("clients", "{\"clientId\": \"foreign\"}");
        realm.post("roles", "{\"name\": \"foreign\"}");
        bench.settle(
                """
                {"realm": "%s", "clients": {"pay": {}}, "roles": {"realm": {"own": {}}, "client": {"pay": {"read": {}}}}}"""
                        .formatted(realm.name()));
        String empty = "{\"realm\": \"%s\"}".formatted(realm.name());

        assertThat(Bench.edits(bench.plan(empty).plan())).containsExactlyInAnyOrder(
                "Delete client/" + realm.name() + "/pay", "Delete client-role/" + realm.name() + "/pay/read",
                "Delete realm-role/" + realm.name() + "/own");
        bench.settle(empty);
        bench.managing(Map.of("clients", List.of("*"), "realmRoles", List.of("*"), "clientRoles", List.of("*")));
        assertThat(Bench.edits(bench.plan(empty).plan())).containsExactlyInAnyOrder(
                "Delete client/" + realm.name() + "/foreign", "Delete realm-role/" + realm.name() + "/foreign");
        bench.settle(empty);
        assertThat(realm.get("clients").size()).isEqualTo(6);
    }

    @Test
    void aMailPasswordIsWrittenOnceAndSurvivesOtherChangesOfTheMailServer(TestRealm realm) {
        String document = """
                {"realm": "%s", "smtpServer": {"host": "a.example", "from": "a@b.example", "auth": true, "user": "u",
                 "password": "mail-canary"}}""".formatted(realm.name());
        bench.settle(document);
        assertThat(bench.plan(document).plan().isEmpty()).isTrue();
        bench.settle(document.replace("a.example", "b.example"));

        assertThat(realm.get("").path("smtpServer").path("host").asText()).isEqualTo("b.example");
        assertThat(realm.get("").path("smtpServer").path("password").asText()).isEqualTo("**********");
        assertThat(Bench.edits(bench.plan(document.replace("a.example", "b.example").replace("mail-canary", "other"))
                .plan())).containsExactly("realm/" + realm.name() + " smtpServer.password: (hidden) -> (secret)");
    }

    @Test
    void whatAppearsBetweenPlanAndApplyIsNotTakenForOurs(TestRealm realm) {
        Planned planned = bench.plan("""
                {"realm": "%s", "clients": {"pay": {}}, "roles": {"realm": {"own": {}}}}""".formatted(realm.name()));
        realm.post("clients", "{\"clientId\": \"pay\"}");
        realm.post("roles", "{\"name\": \"own\"}");

        for (Change change : planned.plan().changes()) {
            Outcome outcome = bench.provider().write(List.of(change)).getFirst();
            if (change instanceof Change.Create) {
                assertThat(((Outcome.Failed) outcome).problem().kind()).isEqualTo(Problem.Kind.STALE);
            }
        }
    }

    @Test
    void namesWithSlashesSpacesAndOtherSignsWork(TestRealm realm) {
        String document = """
                {"realm": "%s", "clients": {"https://pay.example/saml?x=1&y=ä": {"name": "1"}},
                 "roles": {"realm": {"a/b c": {"description": "1"}, "100%%": {"description": "1"}},
                  "client": {"https://pay.example/saml?x=1&y=ä": {"r/ü+": {"description": "1"}}}}}"""
                .formatted(realm.name());
        bench.settle(document);
        bench.settle(document.replace("\"1\"", "\"2\""));
        bench.settle("{\"realm\": \"%s\"}".formatted(realm.name()));
        assertThat(realm.get("clients").size()).isEqualTo(6);
    }

    @Test
    void aLoginThatMayOnlyLookPlansAndIsToldWhatItLacksToWrite(TestRealm realm) {
        String document = """
                {"realm": "%s", "displayName": "Shop", "clients": {"pay": {"secret": "client-canary"}},
                 "roles": {"realm": {"own": {"composites": {"realm": ["offline_access"], "client": {"pay": ["read"]}}}},
                  "client": {"pay": {"read": {}}}}}""".formatted(realm.name());
        bench.settle(document);
        Login login = viewer(realm);

        try (Bench viewing = new Bench(Connection.of(server.url(), realm.name(), login))) {
            assertThat(Bench.edits(viewing.plan(document).plan())).allMatch(line -> line.startsWith("Adopt "));
            Planned planned = viewing.plan(document.replace("Shop", "Store"));
            Outcome outcome = viewing.provider()
                    .write(planned.plan()
                            .changes()
                            .stream()
                            .filter(
                                    change -> change.address().type().equals("realm"))
                            .toList())
                    .getFirst();
            Problem problem = ((Outcome.Failed) outcome).problem();
            assertThat(problem.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
            assertThat(problem.what()).contains("manage-realm");
        }
    }

    @Test
    void onesOwnClientAndRealmAreGuarded(TestRealm realm) {
        String document = "{\"realm\": \"%s\", \"clients\": {\"viewer\": {}}}".formatted(realm.name());
        Login login = viewer(realm);

        try (Bench viewing = new Bench(Connection.of(server.url(), realm.name(), login))) {
            Planned planned = viewing.plan(document.replace("{}", "{\"$delete\": true}"));
            assertThat(viewing.provider().review(planned.plan())).singleElement()
                    .extracting(Problem::what)
                    .isEqualTo("this would remove the client you are logged in with");
        }
    }

    private static Login viewer(TestRealm realm) {
        realm.post("clients", """
                {"clientId": "viewer", "secret": "viewer-secret", "serviceAccountsEnabled": true}""");
        String client = realm.get("clients?clientId=viewer").path(0).path("id").asText();
        String user = realm.get("clients/" + client + "/service-account-user").path("id").asText();
        String management = realm.get("clients?clientId=realm-management").path(0).path("id").asText();
        Set<String> roles = Set.of("view-realm", "view-clients", "view-users", "query-clients", "query-users",
                "query-groups", "query-realms");
        List<String> bodies = StreamSupport.stream(realm.get("clients/" + management + "/roles").spliterator(), false)
                .filter(role -> roles.contains(role.path("name").asText()))
                .map(JsonNode::toString)
                .toList();
        realm.post("users/" + user + "/role-mappings/clients/" + management, "[" + String.join(",", bodies) + "]");
        return new Login.ClientSecret("viewer", Secret.of("viewer-secret", ""));
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path("name").asText())
                .sorted()
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).sorted().toList();
    }
}
