package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.SinceKeycloak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A login that may only look: plan, drift and validate work, apply says what is missing. */
@ExtendWith(RealKeycloak.class)
class ReadOnlyIT {

    private static final List<String> VIEW = List.of("view-realm", "view-clients", "view-users", "query-clients",
            "query-groups", "query-realms", "query-users");

    private static final String FILE = """
            realmform: {secrets: {shop: {env: SHOP_SECRET}, smtp: {env: SMTP_PASSWORD}}}
            realm: %s
            enabled: true
            displayName: Before
            smtpServer: {host: mail.example.com, from: a@example.com, user: mailer, password: $(secret:smtp), auth: "true"}
            clients:
              shop:
                secret: $(secret:shop)
                redirectUris: ["https://shop.example.com/*"]
                authenticationFlowBindingOverrides: {direct_grant: direct grant}
            browserFlow: own
            authenticationFlows:
              own:
                authenticationExecutions:
                  - authenticator: auth-conditional-otp-form
                    requirement: ALTERNATIVE
                    authenticatorConfig: {alias: own, config: {defaultOtpOutcome: skip}}
            requiredActions: {UPDATE_PASSWORD: {enabled: true}}
            roles: {realm: {staff: {description: Works here}}, client: {shop: {buyer: {description: Buys}}}}
            groups: {/Staff: {realmRoles: [staff], clientRoles: {shop: [buyer]}, $members: [ada]}}
            users: {ada: {enabled: true, firstName: Ada, lastName: Lovelace, email: ada@example.com, attributes: {desk: ["7"]}}}
            userProfile: {attributes: {desk: {permissions: {view: [admin], edit: [admin]}}}}
            components:
              KeyProvider: {ec: {providerId: ecdsa-generated, config: {priority: 10}}}
              UserStorageProvider:
                corp:
                  providerId: kerberos
                  config: {kerberosRealm: X, serverPrincipal: HTTP/x@X, keyTab: /x, editMode: UNSYNCED, enabled: false}
            """;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder).with("SHOP_SECRET", "the-shops-secret").with("SMTP_PASSWORD", "mailer");
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void viewRolesOfTheRealmAreEnoughToPlan(RealmName realm, AdminApi admin) {
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            looksAndMayNotWrite(realm, bench.asClient(realm.value(), viewer.clientId(), viewer.secret()));
            withoutViewUsers(realm, viewer, "realm-management");
        }
    }

    @Test
    void viewRolesOfTheMasterRealmAreEnoughToPlan(RealmName realm, AdminApi admin) {
        try (ServiceAccount viewer = ServiceAccount.in(admin, "master", "viewer-" + realm, "viewers-secret")) {
            viewer.withClientRoles(realm + "-realm", VIEW);
            looksAndMayNotWrite(realm, bench.asClient("master", viewer.clientId(), viewer.secret()));
            withoutViewUsers(realm, viewer, realm + "-realm");
        }
    }

    @Test
    void aPlanOfIdentityProvidersNeedsOneRoleMoreAndNamesIt(RealmName realm, AdminApi admin) {
        bench.write("realm.yaml", FILE.formatted(realm) + """
                identityProviders:
                  corp: {providerId: oidc, config: {authorizationUrl: "https://x/a", tokenUrl: "https://x/t", clientId: x}}
                identityProviderMappers:
                  corp: {staff: {identityProviderMapper: oidc-hardcoded-role-idp-mapper, config: {role: staff}}}
                """);
        bench.apply("-f", "realm.yaml").ended(0);
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench looking = bench.asClient(realm.value(), viewer.clientId(), viewer.secret());
            looking.run("plan", "-f", "realm.yaml")
                    .ended(1)
                    .complained("the role view-identity-providers is missing", "realm " + realm);
            viewer.withClientRoles("realm-management", List.of("view-identity-providers"));
            looking.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        }
    }

    @Test
    @SinceKeycloak(value = "26.2", what = "fine-grained admin permissions of version 2")
    void viewRolesShowAuthorizationServicesAndPermissionsOfAdministrators(RealmName realm, AdminApi admin) {
        String file = FILE.formatted(realm).replace("clients:\n  shop:\n", """
                adminPermissionsEnabled: true
                clients:
                  admin-permissions: {authorizationSettings: {policies: {
                    staff: {type: role, config: {roles: [staff]}},
                    see ada: {type: scope, config: {defaultResourceType: Users, resources: [ada], scopes: [view],
                      applyPolicies: [staff]}}}}}
                  shop:
                    serviceAccountsEnabled: true
                    authorizationServicesEnabled: true
                    authorizationSettings:
                      scopes: {view: {}}
                      resources: {Orders: {scopes: [view]}}
                      policies:
                        buyers: {type: role, description: Buy, config: {roles: [shop/buyer]}}
                        view: {type: scope, config: {resources: [Orders], scopes: [view], applyPolicies: [buyers]}}
                """);
        assertThat(file).contains("description: Buy,");
        bench.write("realm.yaml", file);
        bench.apply("-f", "realm.yaml").ended(0);
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench looking = bench.asClient(realm.value(), viewer.clientId(), viewer.secret());
            looking.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
            looking.write("realm.yaml", file.replace("description: Buy,", "description: Buys,"));
            looking.apply("-f", "realm.yaml").ended(1).complained("the role manage-authorization");
        }
    }

    @Test
    void aPlanOfOrganizationsAndWorkflowsNamesWhatItNeeds(RealmName realm, AdminApi admin) {
        bench.write("realm.yaml", FILE.formatted(realm) + """
                organizationsEnabled: true
                organizations: {acme: {domains: {acme.example: {}}, members: [ada]}}
                """);
        bench.apply("-f", "realm.yaml").ended(0);
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench looking = bench.asClient(realm.value(), viewer.clientId(), viewer.secret());
            looking.run("plan", "-f", "realm.yaml")
                    .ended(1)
                    .complained(
                            "the role view-organizations (manage-realm on a server without such a role) is missing");
            boolean older = RealKeycloak.isOlderThan("26.6");
            viewer.withClientRoles("realm-management", List.of(older ? "manage-realm" : "view-organizations"));
            looking.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
            if (older) {
                return;
            }
            bench.write("more.yaml",
                    "workflows: {idle: {on: user-created, steps: [{uses: disable-user, after: 30d}]}}\n");
            looking.run("plan", "-f", "realm.yaml", "-f", "more.yaml")
                    .ended(1)
                    .complained("the role manage-realm is missing");
        }
    }

    @Test
    void viewRolesAreEnoughForScopesPoliciesAndTextsAndTellWhichProvidersThereAre(RealmName realm, AdminApi admin) {
        String more = """
                clientScopes:
                  ledger:
                    protocolMappers: {audience: {protocolMapper: oidc-audience-mapper, config: {included.client.audience: shop}}}
                scopeMappings: [{clientScope: ledger, roles: [staff]}]
                clientScopeMappings: {shop: [{client: shop, roles: [buyer]}]}
                defaultOptionalClientScopes: {$add: [ledger]}
                defaultRoles: {$add: [staff]}
                clientProfiles: {profiles: {strict: {executors: [{executor: consent-required}]}}}
                clientPolicies: {policies: {all: {conditions: [{condition: any-client}], profiles: [strict]}}}
                localizationTexts: {de: {loginTitle: Hallo}}
                """;
        bench.write("realm.yaml", FILE.formatted(realm) + more);
        bench.apply("-f", "realm.yaml").ended(0);
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm.value(), "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", VIEW);
            Workbench looking = bench.asClient(realm.value(), viewer.clientId(), viewer.secret());
            looking.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
            looking.write("realm.yaml", FILE.formatted(realm)
                    + more.replace("oidc-audience-mapper", "oidc-nothing-mapper").replace("any-client", "any-one"));
            looking.run("plan", "-f", "realm.yaml")
                    .ended(1)
                    .complained("no protocol mapper type oidc-nothing-mapper", "no condition any-one", "realm.yaml:31:",
                            "realm.yaml:37:");
        }
    }

    @Test
    void aProxyThatMasksClientSecretsMakesNoChange(KeycloakServer server, AdminApi admin, RealmName realm)
            throws IOException {
        Relay.Manner masking = new Relay.Manner() {
            @Override
            public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
                return call.path().contains("/clients")
                        ? reply.with(reply.body().replaceAll("\"secret\":\"[^\"]*\"", "\"secret\":\"**********\""))
                        : reply;
            }
        };
        try (Relay relay = Relay.before(server.url(), masking)) {
            Workbench masked = bench.with("KEYCLOAK_URL", relay.url());
            masked.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
            masked.run("drift", "-f", "realm.yaml").ended(0);
            masked.write("realm.yaml", FILE.formatted(realm).replace("https://shop", "https://store"));
            masked.apply("-f", "realm.yaml").ended(0).printed("0 added, 1 changed, 0 destroyed");
        }
        assertThat(admin.get(realm + "/clients?clientId=shop")
                .get(0)
                .path("secret")
                .asText()).isEqualTo("the-shops-secret");
    }

    private void looksAndMayNotWrite(RealmName realm, Workbench viewer) {
        viewer.run("validate", "-f", "realm.yaml").ended(0);
        viewer.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        viewer.run("drift", "-f", "realm.yaml").ended(0);
        viewer.write("realm.yaml", FILE.formatted(realm).replace("Before", "After"));
        viewer.run("plan", "-f", "realm.yaml", "--detailed-exitcode")
                .ended(2)
                .printed("displayName: Before → After",
                        "Plan: 0 to add, 1 to change, 0 to destroy.");
        viewer.run("drift", "-f", "realm.yaml").ended(0);
        viewer.apply("-f", "realm.yaml").ended(1).complained("the role manage-realm is missing");
        viewer.write("realm.yaml", FILE.formatted(realm).replace("Buys", "Buys much"));
        viewer.apply("-f", "realm.yaml").ended(1).complained("manage-clients");
    }

    private void withoutViewUsers(RealmName realm, ServiceAccount viewer, String container) {
        for (String role : List.of("view-users", "query-users", "query-groups")) {
            viewer.withoutClientRole(container, role);
        }
        bench.asClient(viewer.realm(), viewer.clientId(), viewer.secret())
                .run("plan", "-f", "realm.yaml")
                .ended(1)
                .complained("the role view-users is missing", "realm " + realm);
    }
}
