package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.PublishedSchema;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a file expects of access is checked against what the realm will hold once the plan is carried out. */
@ExtendWith(RealKeycloak.class)
class ExpectIT {

    private static final String OSMO = """
            osmo:
              realm: REALM
              domain: osmo.example.com
              people: {create: [ada, lin]}
              teams:
                group1: {pools: [group1-h100], members: [lin, zoe]}
              admins: [ada]
            users:
              ada: {email: ada@example.com}
              lin: {email: lin@example.com}
            """;

    private static final String EXPECT = """
            expect:
              - ada can group1-h100
              - lin can osmo-group1
              - lin cannot osmo-admin
              - zoe can group1-h100
              - nobody outside /Admin has osmo-admin
              - everybody in /OSMO group1 has osmo-user
              - only ada, lin have group1-h100
            """;

    @TempDir
    Path folder;

    private Workbench bench;
    private AdminApi admin;
    private String realm;

    @BeforeEach
    void place(KeycloakServer server, RealmName name, AdminApi api) {
        admin = api;
        realm = name.value();
        bench = Workbench.at(server, folder);
        write(OSMO + EXPECT);
    }

    private void write(String text) {
        bench.write("osmo.yaml", text.replace("REALM", realm));
    }

    @Test
    void whatHoldsOnceThePlanIsCarriedOutIsExpectedBeforeThereIsARealm() {
        bench.run("plan", "-f", "osmo.yaml")
                .ended(0)
                .printed("expect: 6 of 7 hold ✓", "expect: zoe can group1-h100 · zoe waits for the first login");
        bench.apply("-f", "osmo.yaml").ended(0);
        JsonNode plan = AdminApi.json(bench.run("plan", "-f", "osmo.yaml", "--json").ended(0).out());
        assertThat(plan.path("expectations").findValuesAsText("verdict")).containsExactly("passed", "passed", "passed",
                "waits", "passed", "passed", "passed");
        assertThat(plan.path("expectations").get(0).path("line").asInt()).isEqualTo(12);
    }

    @Test
    void whatAPlanWouldBreakRefusesItAndAnOptionSetsThatAside() {
        bench.apply("-f", "osmo.yaml").ended(0);
        write(OSMO.replace("admins: [ada]", "admins: [ada, lin]") + EXPECT);

        CommandLineRun plan = bench.run("plan", "-f", "osmo.yaml", "--out", "kept.plan")
                .ended(1)
                .printed("expect: 5 of 7 hold ✓",
                        "expect: lin cannot osmo-admin ✗ lin has it through /Admin",
                        "1 user gains osmo-browser-flow/osmo-admin, osmo-device/osmo-admin",
                        "access in OSMO: OSMO keeps what it knows of a user's roles for up to 300 s more.")
                .complained("expected: lin cannot osmo-admin; but lin has it through /Admin", "osmo.yaml:14",
                        "--allow-failed-expectations");
        assertThat(bench.path("kept.plan")).doesNotExist();
        assertThat(plan.out()).doesNotContain("sync_mode");
        bench.apply("-f", "osmo.yaml").ended(1).complained("lin cannot osmo-admin");
        bench.apply("-f", "osmo.yaml", "--json").ended(1);
        assertThat(members("Admin")).containsExactly("ada");

        String json = bench
                .run("plan", "-f", "osmo.yaml", "--allow-failed-expectations", "--json", "--out", "kept.plan")
                .ended(0)
                .out();
        PublishedSchema.PLAN.accepts(json);
        bench.run("show", "kept.plan").printed("lin cannot osmo-admin ✗");
        bench.run("apply", "kept.plan", "--auto-approve").ended(1).complained("lin cannot osmo-admin");
        bench.run("apply", "kept.plan", "--auto-approve", "--allow-failed-expectations").ended(0);
        assertThat(members("Admin")).containsExactly("ada", "lin");
    }

    @Test
    void whatSomebodyDidByHandIsFoundAlsoWhereThePlanChangesNothing() {
        bench.apply("-f", "osmo.yaml").ended(0);
        admin.post(realm + "/groups", "{\"name\": \"Ops\"}");
        String device = admin.get(realm + "/clients?clientId=osmo-device").get(0).path("id").asText();
        JsonNode role = admin.get(realm + "/clients/" + device + "/roles/osmo-admin");
        admin.post(realm + "/groups/" + group("Ops") + "/role-mappings/clients/" + device, "[" + role + "]");
        String eve = admin.post(realm + "/users", "{\"username\": \"eve\", \"enabled\": true}");
        admin.put(realm + "/users/" + eve + "/groups/" + group("Ops"), "");

        bench.run("plan", "-f", "osmo.yaml")
                .ended(1)
                .printed("No changes.", "expect: nobody outside /Admin has osmo-admin ✗ eve has it through /Ops",
                        "expect: only ada, lin have group1-h100 ✗ eve has it through /Ops");
        try (ServiceAccount viewer = ServiceAccount.in(admin, realm, "viewer", "viewers-secret")) {
            viewer.withClientRoles("realm-management", List.of("view-realm", "view-clients", "view-users",
                    "query-clients", "query-groups", "query-realms", "query-users"));
            bench.asClient(realm, viewer.clientId(), viewer.secret())
                    .run("plan", "-f", "osmo.yaml")
                    .ended(1)
                    .printed("✗ eve has it through /Ops");
        }
        // A plan that mends it meets what is expected.
        write(OSMO + EXPECT + "groups: {/Ops: {$delete: true}}\n");
        bench.run("plan", "-f", "osmo.yaml")
                .ended(0)
                .printed("expect: 6 of 7 hold ✓", "1 user loses osmo-admin",
                        "sync_mode: import");
        bench.apply("-f", "osmo.yaml").ended(0);
        bench.run("drift", "-f", "osmo.yaml").ended(0);
        bench.run("destroy", "-f", "osmo.yaml", "--auto-approve", "--cascade").ended(0);
    }

    private String group(String name) {
        for (JsonNode group : admin.get(realm + "/groups")) {
            if (group.path("name").asText().equals(name)) {
                return group.path("id").asText();
            }
        }
        throw new AssertionError("there is no group " + name);
    }

    private List<String> members(String group) {
        return admin.get(realm + "/groups/" + group(group) + "/members").findValuesAsText("username");
    }
}
