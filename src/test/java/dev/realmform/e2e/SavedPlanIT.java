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

/** A plan that is kept does later what it showed, or nothing. */
@ExtendWith(RealKeycloak.class)
class SavedPlanIT {

    private static final String FILE = """
            realmform: {secrets: {shop: {env: SHOP_SECRET}}}
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
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        bench.run("plan", "-f", "realm.yaml", "--out", "kept.plan", "--detailed-exitcode").ended(2);
    }

    @Test
    void itIsShownAndCarriedOutOnce(RealmName realm, AdminApi admin) {
        bench.run("show", "kept.plan")
                .ended(0)
                .printed("description: First → Number one",
                        "Plan: 0 to add, 1 to change, 0 to destroy.");
        bench.write("realm.yaml", "not: even valid");
        bench.apply("kept.plan").ended(0).printed("Apply complete! Resources: 0 added, 1 changed, 0 destroyed.");
        assertThat(description(realm, admin)).isEqualTo("Number one");
        bench.apply("kept.plan")
                .ended(1)
                .complained("the saved plan is stale", "something else (no longer to do: realm-role/" + realm
                        + "/one)")
                .notComplained("No changes.");
        bench.write("realm.yaml", FILE.formatted(realm).replace("First", "Number one"));
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }

    @Test
    void anotherEffectIsRefusedAndOnlyWhatDiffersIsShown(RealmName realm, AdminApi admin) {
        admin.put(realm + "/roles/two", "{\"name\": \"two\", \"description\": \"Somebody else's\"}");
        CommandLineRun run = bench.apply("kept.plan")
                .ended(1)
                .complained("the saved plan is stale",
                        "description: Somebody else's → Second");
        assertThat(run.all()).doesNotContain("Number one");
        assertThat(description(realm, admin)).isEqualTo("First");
    }

    @Test
    void theSameFieldMovedIsAnotherEffect(RealmName realm, AdminApi admin) {
        admin.put(realm + "/roles/one", "{\"name\": \"one\", \"description\": \"Somebody else's\"}");
        bench.apply("kept.plan")
                .ended(1)
                .complained("description: Somebody else's → Number one", "the saved plan is stale",
                        "(what differs stands above)");
        assertThat(description(realm, admin)).isEqualTo("Somebody else's");
    }

    @Test
    void whatNobodyDeclaredMayMoveAndSoMayTheSerial(RealmName realm, AdminApi admin) {
        admin.put(realm.value(), "{\"displayNameHtml\": \"<b>moved</b>\"}");
        admin.post(realm + "/roles", "{\"name\": \"three\"}");
        long before = bench.json("state/" + realm + ".json").path("serial").asLong();
        bench.write("realm.yaml", FILE.formatted(realm).replace("displayName: Before", ""));
        bench.apply("-f", "realm.yaml").ended(0);
        assertThat(bench.json("state/" + realm + ".json").path("serial").asLong()).isGreaterThan(before);
        bench.apply("kept.plan").ended(0);
        assertThat(description(realm, admin)).isEqualTo("Number one");
        assertThat(admin.get(realm.value()).path("displayNameHtml").asText()).isEqualTo("<b>moved</b>");
    }

    @Test
    void aPlanThatWasEditedIsRefused(RealmName realm, AdminApi admin) {
        String kept = bench.read("kept.plan");
        bench.write("kept.plan", kept.replace("Number one", "Number 666"));
        bench.apply("kept.plan").ended(1).complained("kept.plan");
        bench.write("kept.plan", kept.substring(0, kept.length() / 2));
        bench.apply("kept.plan").ended(1).complained("kept.plan");
        bench.write("kept.plan", "{}");
        bench.apply("kept.plan").ended(1).complained("kept.plan");
        bench.run("show", "kept.plan").ended(1).complained("kept.plan");
        assertThat(description(realm, admin)).isEqualTo("First");
    }

    @Test
    void aPlanWithoutSecretsIsCarriedOutByARunThatHasThem(RealmName realm, AdminApi admin) {
        bench.write("realm.yaml", FILE.formatted(realm) + "clients: {shop: {secret: $(secret:shop)}}\n");
        bench.run("plan", "-f", "realm.yaml", "--out", "kept.plan").ended(0).printed("Plan: 1 to add");
        bench.apply("kept.plan").ended(1).complained("has not been given to this run", "realmform.secrets");
        bench.apply("-f", "realm.yaml").ended(1).complained("$(secret:shop)", "has not been given to this run");
        assertThat(admin.get(realm + "/clients?clientId=shop")).isEmpty();
        bench.with("SHOP_SECRET", "given-at-apply").apply("kept.plan").ended(0);
        assertThat(admin.get(realm + "/clients?clientId=shop").get(0).path("secret").asText()).isEqualTo(
                "given-at-apply");
        bench.run("plan", "-f", "realm.yaml").ended(0).printed("not given here; compared at apply", "No changes.");
        bench.with("SHOP_SECRET", "rotated")
                .run("plan", "-f", "realm.yaml", "--detailed-exitcode")
                .ended(2)
                .printed("secret: secret #1 → #2");
        bench.with("SHOP_SECRET", "rotated").run("plan", "-f", "realm.yaml", "--out", "kept.plan").ended(0);
        bench.apply("kept.plan")
                .ended(1)
                .complained("has not been given to this run")
                .notComplained("stale");
    }

    @Test
    void anInitialPasswordIsNeededOnlyToMakeTheUser(RealmName realm) {
        String file = FILE.formatted(realm)
                + "users: {ada: {credentials: [{type: password, value: $(secret:shop)}]}}\n";
        bench.write("realm.yaml", file);
        bench.apply("-f", "realm.yaml").ended(1).complained("$(secret:shop)", "has not been given to this run");
        bench.with("SHOP_SECRET", "initial").apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", file.replace("Second", "Number two"));
        bench.apply("-f", "realm.yaml").ended(0).printed("0 added, 1 changed");
    }

    private static String description(RealmName realm, AdminApi admin) {
        return admin.get(realm + "/roles/one").path("description").asText();
    }
}
