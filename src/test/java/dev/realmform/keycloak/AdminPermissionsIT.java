package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.model.Problem;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Person;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.SinceKeycloak;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What administrators of a realm may do, object by object, on a real server. */
@SinceKeycloak(value = "26.2", what = "fine-grained admin permissions of version 2")
@ExtendWith(RealKeycloak.class)
class AdminPermissionsIT {

    private static final String WHOLE = """
            {"enabled": true, "adminPermissionsEnabled": true,
             "roles": {"realm": {"approver": {}}, "client": {"shop": {"clerk": {}}}},
             "groups": {"Payments": {"subGroups": {"EU": {}}}, "Operations": {}},
             "organizationsEnabled": true, "organizations": {"acme": {"name": "Acme", "domains": {"acme.example": {}}}},
             "users": {
               "grace": {"enabled": true, "email": "g@x", "firstName": "G", "lastName": "H", "emailVerified": true,
                 "clientRoles": {"realm-management": ["query-groups"]},
                 "credentials": [{"type": "password", "value": "grace"}]},
               "lin": {}},
             "clients": {"shop": {}, "admin-permissions": {"authorizationSettings": {"policies": {
               "grace": {"type": "user", "config": {"users": ["grace"]}},
               "approvers": {"type": "role", "config": {"roles": ["approver", "shop/clerk"]}},
               "one group": {"type": "scope", "config": {"defaultResourceType": "Groups",
                 "resources": ["/Payments/EU"], "scopes": ["view", "view-members"], "applyPolicies": ["grace"]}},
               "one user": {"type": "scope", "config": {"defaultResourceType": "Users", "resources": ["lin"],
                 "scopes": ["view"], "applyPolicies": ["approvers"]}},
               "roles": {"type": "scope", "config": {"defaultResourceType": "Roles",
                 "resources": ["approver", "shop/clerk"], "scopes": ["map-role"], "applyPolicies": ["approvers"]}},
               "shop": {"type": "scope", "config": {"defaultResourceType": "Clients", "resources": ["shop"],
                 "scopes": ["manage"], "applyPolicies": ["grace", "approvers"]}},
%s
               "all users": {"type": "scope", "config": {"defaultResourceType": "Users",
                 "scopes": ["view"], "applyPolicies": ["approvers"]}}}}}}}""";

    private static final String ON_ORGANIZATION = """
               "acme": {"type": "scope", "config": {"defaultResourceType": "Organizations", "resources": ["acme"],
                 "scopes": ["view"], "applyPolicies": ["grace"]}},""";

    private static final String DOCUMENT = WHOLE.formatted(
            RealKeycloak.isOlderThan("26.7") ? "" : ON_ORGANIZATION);

    private KeycloakServer server;
    private AdminApi admin;
    private String realm;
    private LiveRealm live;

    @BeforeEach
    void open(RealmName realm, KeycloakServer server, AdminApi admin) {
        this.server = server;
        this.admin = admin;
        this.realm = realm.value();
        this.live = new LiveRealm(server, realm.value());
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aNewRealmHasThemInOneRun() {
        live.apply(DOCUMENT);

        assertThat(live.plan(DOCUMENT)).isEmpty();
        Person grace = Person.of(server, realm, "grace");
        String payments = group("Payments");
        assertThat(grace.statusOf(
                "groups/" + admin.get(realm + "/groups/" + payments + "/children").get(0).path("id").asText()))
                .isEqualTo(200);
        assertThat(grace.statusOf("groups/" + payments)).isEqualTo(403);
        assertThat(grace.statusOf("groups/" + group("Operations"))).isEqualTo(403);
    }

    @Test
    void aPermissionOnAClientLeavesItsAuthorizationServicesInSight() {
        String document = """
                {"enabled": true, "adminPermissionsEnabled": true, "clients": {%s
                 "shop": {"serviceAccountsEnabled": true, "authorizationServicesEnabled": true,
                   "authorizationSettings": {"decisionStrategy": "AFFIRMATIVE", "scopes": {"see": {}}}}}}""";
        live.apply(document.formatted(""));
        String client = admin.get(realm + "/clients?clientId=shop").get(0).path("id").asText();

        // The change of the settings takes them out of the server's cache, or it would go on by that.
        live.apply(document.formatted("""
                "admin-permissions": {"authorizationSettings": {"policies": {
                  "shop": {"type": "scope", "config": {"defaultResourceType": "Clients", "resources": ["shop"],
                    "scopes": ["manage"]}}}}},""").replace("AFFIRMATIVE", "UNANIMOUS"));

        assertThat(admin.send("GET", realm + "/clients/" + client + "/authz/resource-server", "").statusCode())
                .isEqualTo(200);
        assertThat(admin.get(realm + "/clients/" + client).path("authorizationServicesEnabled").asBoolean()).isTrue();
    }

    @Test
    void aRealmThatIsSwitchedOnHasThemInTheSameRun() {
        live.apply("""
                {"enabled": true, "groups": {"Operations": {}}}""");

        live.apply(DOCUMENT);

        assertThat(live.plan(DOCUMENT)).isEmpty();
    }

    @Test
    void onesOnOrganizationsAreRefusedWhereTheServerHasNone() {
        assertThat(live.refused(WHOLE.formatted(ON_ORGANIZATION))).extracting(Problem::what)
                .isEqualTo(RealKeycloak.isOlderThan("26.7")
                        ? List.of("Keycloak " + RealKeycloak.version()
                                + " has no permissions of administrators on organizations")
                        : List.of());
    }

    @Test
    void aPermissionMovesFromOneObjectToAnotherAndToAll() {
        live.apply(DOCUMENT);
        String other = DOCUMENT.replace("\"resources\": [\"/Payments/EU\"]", "\"resources\": [\"/Operations\"]");

        assertThat(live.apply(other)).containsExactly(
                "update authorization-policy/R/admin-permissions/one group: config.resources");
        assertThat(live.plan(other)).isEmpty();
        assertThat(Person.of(server, realm, "grace").statusOf("groups/" + group("Operations"))).isEqualTo(200);

        String all = DOCUMENT.replace("\"resources\": [\"/Payments/EU\"]", "\"resources\": []");
        assertThat(live.apply(all)).hasSize(1);
        assertThat(live.plan(all)).isEmpty();
        assertThat(Person.of(server, realm, "grace").statusOf("groups/" + group("Payments"))).isEqualTo(200);
    }

    @Test
    void othersPermissionsStayAndOursGoWhenTheyLeaveTheFile() {
        live.apply(DOCUMENT);
        admin.post(services() + "/permission/scope", """
                {"name": "theirs", "resourceType": "Users", "scopes": ["manage"], "policies": ["approvers"]}""");

        String less = DOCUMENT.replaceAll("(?s)\"one user\": .*?\\}\\},", "");
        assertThat(live.apply(less)).containsExactly("delete authorization-policy/R/admin-permissions/one user");
        assertThat(live.plan(less)).isEmpty();
        assertThat(admin.get(services() + "/policy/search?name=theirs").path("type").asText()).isEqualTo("scope");
    }

    @Test
    void anExportOfTheRealmIsADeclarationOfThem() {
        live.apply(DOCUMENT);
        JsonNode exported = AdminApi.json(admin.send("POST", realm
                + "/partial-export?exportClients=true&exportGroupsAndRoles=true", "").body());
        int policies = DOCUMENT.indexOf("\"admin-permissions\": {");
        String document = DOCUMENT.substring(0, policies) + "\"admin-permissions\": " + client(exported)
                + "}, \"adminPermissionsClient\": " + exported.path("adminPermissionsClient") + "}";

        assertThat(live.plan(document)).isEmpty();
        String whole = document.replace("\"groups\": {\"Payments\": {\"subGroups\": {\"EU\": {}}}, \"Operations\": {}}",
                "\"groups\": " + exported.path("groups"));
        assertThat(live.plan(whole)).isEmpty();
    }

    @Test
    void whatTheServerWouldRefuseIsSaidInThePlan() {
        live.apply("""
                {"enabled": true}""");
        String on = """
                {"adminPermissionsEnabled": %s, "clients": {"admin-permissions": {"authorizationSettings": {"policies": {
                  "p": {"type": "%s", "config": {"defaultResourceType": "Groups", "scopes": ["%s"]}}}}}}}""";

        assertThat(live.refused(on.formatted("false", "scope", "view"))).extracting(Problem::what)
                .containsExactly("realm/" + realm + " has no fine-grained admin permissions");
        assertThat(live.refused(on.formatted("true", "resource", "view"))).extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("permissions of administrators are of the type scope");
        assertThat(live.refused(on.formatted("true", "scope", "fly"))).extracting(Problem::what)
                .singleElement()
                .asString()
                .contains("admin-permissions/fly is neither declared nor live");
        live.apply("""
                {"enabled": true, "adminPermissionsEnabled": true}""");
        assertThat(live.refused(on.formatted("true", "scope", "map-role"))).extracting(Problem::what)
                .containsExactly("the scope map-role is none of Groups");
        assertThat(live.refused(on.formatted("true", "scope", "view")
                .replace("\"scopes\"",
                        "\"resources\": [\"f4152ee1-905e-4cd3-87ec-1d58a84ae27d\"], \"scopes\"")))
                .extracting(Problem::what)
                .containsExactly("the server has nothing of the kind Groups with the id"
                        + " f4152ee1-905e-4cd3-87ec-1d58a84ae27d, and no file says what it stands for");
        assertThat(live.refused(on.formatted("true", "scope", "view")
                .replace("\"scopes\"",
                        "\"resources\": [\"/Gone\"], \"scopes\"")))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("group/" + realm + "/Gone is neither declared nor live");
    }

    private static JsonNode client(JsonNode exported) {
        for (JsonNode client : exported.path("clients")) {
            if (client.path("clientId").asText().equals(AdminPermissions.CLIENT)) {
                return client;
            }
        }
        throw new AssertionError("the export has no such client");
    }

    private String services() {
        return realm + "/clients/" + admin.get(realm + "/clients?clientId=admin-permissions").get(0).path("id").asText()
                + "/authz/resource-server";
    }

    private String group(String name) {
        for (JsonNode group : admin.get(realm + "/groups")) {
            if (group.path("name").asText().equals(name)) {
                return group.path("id").asText();
            }
        }
        throw new AssertionError("there is no group " + name);
    }
}
