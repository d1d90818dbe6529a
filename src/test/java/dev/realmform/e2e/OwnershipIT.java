package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes when it leaves the file, what stays, what is renamed, and what nobody may delete. */
@ExtendWith(RealKeycloak.class)
class OwnershipIT {

    @TempDir
    Path folder;

    private Workbench bench;
    private String realm;

    @BeforeEach
    void place(KeycloakServer server, RealmName name) {
        bench = Workbench.at(server, folder);
        realm = name.value();
    }

    @Test
    void whatWeCreatedIsDeletedAndWhatWeAdoptedIsForgotten(AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        admin.post(realm + "/roles", "{\"name\": \"theirs\"}");
        apply("roles: {realm: {ours: {}, theirs: {}}}").printed("Plan: 2 to adopt, 1 to add");
        apply("enabled: true").printed("Plan: 0 to add, 0 to change, 1 to destroy, 1 to forget.",
                "! destroys realm-role/" + realm + "/ours");
        assertThat(roles(admin)).contains("theirs").doesNotContain("ours");
        destroy().ended(0);
        assertThat(admin.find(realm)).isPresent();
    }

    @Test
    void destroyTakesAllThatWeCreated(AdminApi admin) {
        apply("roles: {realm: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}}}");
        bench.answering("y\n", "destroy", "-f", "realm.yaml").ended(1).complained("not approved");
        assertThat(admin.find(realm)).isPresent();
        destroy().ended(0).printed("7 destroyed");
        assertThat(admin.find(realm)).isEmpty();
    }

    @Test
    void moreDeletionsThanAllowedAreRefused(AdminApi admin) {
        apply("roles: {realm: {a: {}, b: {}}}");
        write("enabled: true");
        bench.apply("-f", "realm.yaml", "--max-destroy", "1")
                .ended(1)
                .complained("this plan destroys 2 resources",
                        "--max-destroy 2");
        assertThat(roles(admin)).contains("a", "b");
        bench.apply("-f", "realm.yaml", "--max-destroy", "2").ended(0);
        assertThat(roles(admin)).doesNotContain("a", "b");
    }

    @Test
    void onlyYesApproves(AdminApi admin) {
        write("enabled: true");
        bench.run("apply", "-f", "realm.yaml")
                .ended(1)
                .complained("nobody can be asked: this is not a terminal",
                        "--auto-approve");
        for (String answer : List.of("y\n", "Yes\n", "\n", "", "yes please\n")) {
            bench.answering(answer, "apply", "-f", "realm.yaml")
                    .ended(1)
                    .printed("Plan: 1 to add")
                    .complained(
                            "Only \"yes\" will be accepted", "not approved, nothing was changed");
        }
        assertThat(admin.find(realm)).isEmpty();
        bench.answering("yes\n", "apply", "-f", "realm.yaml").ended(0).printed("Apply complete!");
        assertThat(admin.find(realm)).isPresent();
    }

    @Test
    void deletingAContainerListsWhatIsNotOursInside(AdminApi admin) {
        apply("groups: {/Staff: {description: Ours}}");
        String id = admin.get(realm + "/group-by-path/Staff").path("id").asText();
        admin.post(realm + "/groups/" + id + "/children", "{\"name\": \"Theirs\"}");
        write("enabled: true");
        for (String command : List.of("plan", "apply")) {
            bench.run(command, "-f", "realm.yaml")
                    .ended(1)
                    .complained("would take along what is not ours",
                            "group/" + realm + "/Staff/Theirs", "--cascade");
        }
        assertThat(admin.find(realm + "/group-by-path/Staff")).isPresent();
        bench.apply("-f", "realm.yaml", "--cascade").ended(0).printed("! destroys");
        assertThat(admin.find(realm + "/group-by-path/Staff")).isEmpty();
    }

    @Test
    void protectionOutlivesTheBlockItStoodIn(AdminApi admin) {
        apply("roles: {realm: {kept: {$protect: true}}}");
        write("enabled: true");
        bench.apply("-f", "realm.yaml").ended(1).complained("realm-role/" + realm + "/kept is protected");
        destroy().ended(1).complained("is protected");
        assertThat(roles(admin)).contains("kept");
        apply("roles: {realm: {kept: {$protect: false}}}");
        apply("enabled: true").printed("1 destroyed");
        assertThat(roles(admin)).doesNotContain("kept");
    }

    @Test
    void aRenameKeepsTheId(AdminApi admin) {
        apply("clients: {shop: {}}\nroles: {realm: {old: {description: Same}}}");
        String role = admin.get(realm + "/roles/old").path("id").asText();
        String client = admin.get(realm + "/clients?clientId=shop").get(0).path("id").asText();
        String renamed = "clients: {store: {$was: shop}}\nroles: {realm: {new: {$was: old, description: Same}}}";
        apply(renamed).printed("Plan: 0 to add, 2 to change, 0 to destroy.");
        assertThat(admin.get(realm + "/roles/new").path("id").asText()).isEqualTo(role);
        assertThat(admin.get(realm + "/clients?clientId=store").get(0).path("id").asText()).isEqualTo(client);
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
        bench.run("state", "list", "-f", "realm.yaml").ended(0).printed("realm-role/" + realm + "/new");
        apply("enabled: true").printed("2 to destroy");
    }

    @Test
    void whatIsAskedToGoGoesEvenIfWeDidNotMakeIt(AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        admin.post(realm + "/roles", "{\"name\": \"theirs\"}");
        apply("roles: {realm: {theirs: {$delete: true}}}").printed("1 to destroy");
        assertThat(roles(admin)).doesNotContain("theirs");
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
        write("clients: {account: {$delete: true}}");
        bench.apply("-f", "realm.yaml").ended(1).complained("client/" + realm + "/account", "cannot be deleted");
    }

    @Test
    void anAuthoritativeCollectionHoldsOnlyWhatIsDeclaredAndBuiltIn(AdminApi admin) {
        String file = "clients: {pay-portal: {}}\nroles: {realm: {staff: {}}}";
        apply(file);
        for (String client : List.of("pay-old", "shop")) {
            admin.post(realm + "/clients", "{\"clientId\": \"" + client + "\"}");
        }
        admin.post(realm + "/roles", "{\"name\": \"stray\"}");
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
        bench.write("realm.yaml", "realmform: {manage: {clients: [pay-*], realmRoles: full}}\nrealm: " + realm + "\n"
                + file);
        bench.run("drift", "-f", "realm.yaml").ended(2).printed("pay-old", "stray", "2 appeared");
        bench.apply("-f", "realm.yaml").ended(0).printed("Plan: 0 to add, 0 to change, 2 to destroy.");
        assertThat(admin.get(realm + "/clients").findValuesAsText("clientId")).contains("pay-portal", "shop",
                "account", "realm-management").doesNotContain("pay-old");
        assertThat(roles(admin)).contains("staff", "offline_access", "uma_authorization").doesNotContain("stray");
    }

    @Test
    void anIgnoredFieldIsLeftToOthers(AdminApi admin) {
        apply("displayName: Ours\naccessTokenLifespan: 60");
        admin.put(realm, "{\"displayName\": \"Theirs\", \"accessTokenLifespan\": 4711}");
        apply("displayName: Ours\naccessTokenLifespan: 60\n$ignore: [displayName]").printed("accessTokenLifespan");
        assertThat(admin.get(realm).path("displayName").asText()).isEqualTo("Theirs");
        assertThat(admin.get(realm).path("accessTokenLifespan").asInt()).isEqualTo(60);
    }

    @Test
    void nobodyLocksHimselfOut(AdminApi admin) {
        admin.post("", "{\"realm\": \"" + realm + "\", \"enabled\": true}");
        try (ServiceAccount self = ServiceAccount.in(admin, realm, "self", "selfs-secret")) {
            self.withClientRoles("realm-management", List.of("realm-admin"));
            Workbench own = bench.asClient(realm, self.clientId(), self.secret());
            refused(own, "clients: {self: {$delete: true}}", "this would remove the client you are logged in with");
            refused(own, "clients: {self: {enabled: false}}", "this would disable the client you are logged in with");
            refused(own, "clients: {self: {serviceAccountsEnabled: false}}", "the client you are logged in with");
            refused(own, "enabled: false", "this would disable the realm you are logged in to");
        }
    }

    @Test
    void theMasterRealmIsLeftAlone(AdminApi admin) {
        bench.write("realm.yaml", "realm: master\nenabled: false\n");
        bench.apply("-f", "realm.yaml").ended(1).complained("this would disable realm/master");
        bench.write("realm.yaml", "realm: master\nroles: {realm: {admin: {$delete: true}}}\n");
        bench.apply("-f", "realm.yaml").ended(1).complained("realm-role/master/admin");
        assertThat(admin.get("master").path("enabled").asBoolean()).isTrue();
    }

    @Test
    void whoLogsInWithALightTokenDoesNotLockHimselfOutEither(AdminApi admin) {
        for (String name : List.of(realm + "-boss", realm + "-other")) {
            admin.post("master/users", "{\"username\": \"" + name + "\", \"enabled\": true, \"email\": \"" + name
                    + "@example.com\", \"credentials\": [{\"type\": \"password\", \"value\": \"boss\"}]}");
        }
        String user = "master/users/" + admin.get("master/users?exact=true&username=" + realm + "-boss")
                .get(0)
                .path("id")
                .asText();
        String other = "master/users/" + admin.get("master/users?exact=true&username=" + realm + "-other")
                .get(0)
                .path("id")
                .asText();
        admin.post("master/roles", "{\"name\": \"" + realm + "-role\"}");
        for (String role : List.of("admin", realm + "-role")) {
            admin.post(user + "/role-mappings/realm", "[" + admin.get("master/roles/" + role) + "]");
        }
        for (String name : List.of(realm + "-boss", realm + "-boss@example.com")) {
            Workbench boss = bench.with("KEYCLOAK_USERNAME", name).with("KEYCLOAK_PASSWORD", "boss");
            bench.write("realm.yaml", "realm: master\nusers: {" + realm + "-boss: {enabled: false}}\n");
            boss.apply("-f", "realm.yaml").ended(1).complained("this would disable the user you are logged in as");
            bench.write("realm.yaml", "realm: master\nroles: {realm: {" + realm + "-role: {$delete: true}}}\n");
            boss.apply("-f", "realm.yaml").ended(1).complained("this would remove the role you are logged in with");
        }
        bench.write("realm.yaml", "realm: master\nusers: {" + realm + "-other: {enabled: false}}\n");
        bench.apply("-f", "realm.yaml").ended(0);
        List.of(user, other, "master/roles/" + realm + "-role").forEach(admin::delete);
    }

    private void refused(Workbench own, String declared, String what) {
        write(declared);
        own.apply("-f", "realm.yaml").ended(1).complained(what, "Do it with another login.");
    }

    private void write(String declared) {
        bench.write("realm.yaml", "realm: " + realm + "\n" + declared + "\n");
    }

    private CommandLineRun apply(String declared) {
        write(declared);
        return bench.apply("-f", "realm.yaml").ended(0);
    }

    private CommandLineRun destroy() {
        return bench.run("destroy", "-f", "realm.yaml", "--auto-approve");
    }

    private List<String> roles(AdminApi admin) {
        return admin.get(realm + "/roles").findValuesAsText("name");
    }
}
