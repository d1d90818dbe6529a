package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One file on servers of several versions: what a server does not know is said in the plan, with nothing written half-way. Holds on
 * each version, so it is run on each.
 */
@ExtendWith(RealKeycloak.class)
class OlderServerIT {

    private static final List<String> VIEW = List.of("view-realm", "view-clients", "view-users", "query-clients",
            "query-groups", "query-realms", "query-users");

    private static final String FILE = """
            realm: %s
            enabled: true
            adminPermissionsEnabled: true
            maxSecondaryAuthFailures: 7
            roles: {realm: {staff: {description: Works here}}}
            groups: {/Staff: {description: All who work here, realmRoles: [staff], $members: [ada]}}
            clients: {shop: {redirectUris: ["https://shop.example.com/*"], protocolMappers: {who: {
              protocolMapper: oidc-usermodel-attribute-mapper, config: {user.attribute: desk, claim.name: desk}}}}}
            clientScopes: {desk: {protocol: openid-connect}}
            users: {ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com}}
            browserFlow: own
            authenticationFlows: {own: {authenticationExecutions: [
              {authenticator: auth-cookie, requirement: ALTERNATIVE}]}}
            identityProviders: {corp: {providerId: oidc, config: {
              authorizationUrl: "https://x.example/a", tokenUrl: "https://x.example/t", clientId: x}}}
            components: {KeyProvider: {ec: {providerId: ecdsa-generated, config: {priority: 10}}}}
            userProfile: {attributes: {desk: {permissions: {view: [admin], edit: [admin]}}}}
            """;

    /** What is left aside, each with the first version that knows it. */
    private static final Map<String, String> FIELDS = new TreeMap<>(Map.of("adminPermissionsEnabled", "26.2",
            "maxSecondaryAuthFailures", "26.5", "description", "26.2"));

    @TempDir
    Path folder;

    private Workbench bench;
    private String realm;

    @BeforeEach
    void open(KeycloakServer server, RealmName name) {
        bench = Workbench.at(server, folder);
        realm = name.value();
    }

    @Test
    void aFieldThatTheServerDoesNotKnowIsLeftAsideWithALineAndTheRestIsInStep(AdminApi admin) {
        bench.write("realm.yaml", FILE.formatted(realm));

        CommandLineRun plan = bench.run("plan", "-f", "realm.yaml").ended(0);
        FIELDS.forEach((field, since) -> assertThat(words(plan).contains(leftAside(field, RealKeycloak.version())))
                .as(field + " on " + RealKeycloak.version() + "\n" + plan)
                .isEqualTo(RealKeycloak.isOlderThan(since)));
        bench.apply("-f", "realm.yaml").ended(0);

        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        bench.run("drift", "-f", "realm.yaml").ended(0);
        assertThat(admin.get(realm + "/groups").get(0).path("name").asText()).isEqualTo("Staff");
    }

    private static String leftAside(String field, String version) {
        return field + " is left aside: Keycloak " + version + " does not know it";
    }

    /** What it printed, wherever its lines were broken. */
    private static String words(CommandLineRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    /** Since 26.4 the server tells its version to the administrators of the realm master alone. */
    @Test
    void aLoginOfTheRealmThatMayOnlyLookIsToldTheSame(AdminApi admin) {
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
        boolean hidden = !RealKeycloak.isOlderThan("26.4");
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm, "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            viewer.withClientRoles("realm-management", List.of("view-identity-providers"));

            CommandLineRun plan = bench.asClient(realm, viewer.clientId(), viewer.secret())
                    .run("plan", "-f", "realm.yaml", "--detailed-exitcode")
                    .foundNothingToDo();

            String told = hidden ? RealKeycloak.version().replaceFirst("\\.\\d+$", "") : RealKeycloak.version();
            FIELDS.forEach((field, since) -> assertThat(words(plan).contains(leftAside(field, told)))
                    .as(field + " on " + RealKeycloak.version() + "\n" + plan)
                    .isEqualTo(RealKeycloak.isOlderThan(since)));
        }
    }

    /** Exports of those that make it have it: it comes with the client, and stays as it is. Elsewhere nobody can make one. */
    @Test
    void thePolicyThatOlderServersPutIntoNewAuthorizationServicesIsTaken() {
        bench.write("realm.yaml", """
                realm: %s
                enabled: true
                clients: {shop: {serviceAccountsEnabled: true, authorizationServicesEnabled: true,
                  authorizationSettings: {policies: {Default Policy: {type: js, decisionStrategy: AFFIRMATIVE,
                    description: A policy that grants access only for users within this realm}}}}}
                """.formatted(realm));

        if (RealKeycloak.isOlderThan("26.5")) {
            bench.apply("-f", "realm.yaml").ended(0);
            bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
            bench.run("plan", "-f", "realm.yaml", "--state", "none.json")
                    .ended(0)
                    .printed("Plan: 3 to adopt, 0 to add, 0 to change, 0 to destroy.");
        } else {
            bench.run("plan", "-f", "realm.yaml").ended(1).complained("the server has no policies of the type js");
        }
    }

    /** Of what is refused: the first version that has it, what older ones are said to lack, and its lines in the file. */
    enum Refused {
        WORKFLOWS("26.6", "has no workflows, and workflow/%1$s/leave is one", """
                workflows: {leave: {"on": user-created, steps: [{uses: disable-user, after: 30d}]}}
                """), //
        ORGANIZATION_GROUPS("26.6",
                "has no groups inside organizations, and organization-group/%1$s/acme/Sales is one", """
                        organizationsEnabled: true
                        organizations: {acme: {domains: {acme.example: {}}, groups: {Sales: {}}}}
                        """), //
        ORGANIZATION_WITHOUT_DOMAIN("26.4",
                "takes no organization without a domain, and organization/%1$s/acme has none", """
                        organizationsEnabled: true
                        organizations: {acme: {}}
                        """), //
        ADMIN_PERMISSIONS("26.2", "has no fine-grained admin permissions of version 2, and"
                + " authorization-policy/%1$s/admin-permissions/staff is one", """
                        adminPermissionsEnabled: true
                        roles: {realm: {staff: {}}}
                        clients: {admin-permissions: {authorizationSettings: {policies: {
                          staff: {type: role, config: {roles: [staff]}}}}}}
                        """);

        private final String since;
        private final String text;
        private final String lines;

        Refused(String since, String text, String lines) {
            this.since = since;
            this.text = text;
            this.lines = lines;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerHasNothingOfIsRefusedInThePlanWithItsLine(Refused refused, AdminApi admin) {
        bench.write("realm.yaml", "realm: " + realm + "\nenabled: true\n" + refused.lines);

        if (RealKeycloak.isOlderThan(refused.since)) {
            String text = "Keycloak " + RealKeycloak.version() + " " + refused.text.formatted(realm);
            bench.run("plan", "-f", "realm.yaml").ended(1).complained(text, "realm.yaml:");
            bench.apply("-f", "realm.yaml").ended(1).complained(text);
            assertThat(admin.find(realm)).isEmpty();
        } else {
            bench.apply("-f", "realm.yaml").ended(0);
            bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        }
    }
}
