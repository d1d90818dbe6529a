package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What moved on the server since the last apply, told apart from what only the file changed. */
@ExtendWith(RealKeycloak.class)
class DriftIT {

    private static final String FILE = """
            realm: %s
            displayName: Before
            roles: {realm: {one: {description: First}, two: {description: Second}}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void applied(KeycloakServer server, RealmName realm) {
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
    }

    @Test
    void whatOnlyTheFileChangedIsNoDrift(RealmName realm) {
        bench.run("drift", "-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one") + "clients: {shop: {}}\n");
        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").ended(2).printed("Plan: 1 to add, 1 to change");
        bench.run("drift", "-f", "realm.yaml").ended(0);
    }

    @Test
    void whatMovedOnTheServerIsDriftAndTheRestOfThePlanIsNot(RealmName realm, AdminApi admin) {
        admin.put(realm + "/roles/two", "{\"name\": \"two\", \"description\": \"Elsewhere\"}");
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        CommandLineRun drift = bench.run("drift", "-f", "realm.yaml")
                .ended(2)
                .printed("realm-role/" + realm + "/two",
                        "description: Elsewhere → Second", "Drift: 1 changed, 0 gone");
        assertThat(drift.out()).doesNotContain("Number one", "also changed");
    }

    @Test
    void whereBothMovedItSaysSo(RealmName realm, AdminApi admin) {
        admin.put(realm + "/roles/one", "{\"name\": \"one\", \"description\": \"Elsewhere\"}");
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        bench.run("drift", "-f", "realm.yaml").ended(2).printed("also changed in the file");
    }

    @Test
    void whatIsGoneIsDrift(RealmName realm, AdminApi admin) {
        admin.delete(realm + "/roles/one");
        bench.run("drift", "-f", "realm.yaml").ended(2).printed("realm-role/" + realm + "/one", "1 gone");
        bench.apply("-f", "realm.yaml").ended(0).printed("1 added");
        bench.run("drift", "-f", "realm.yaml").ended(0);
    }
}
