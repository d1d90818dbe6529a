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

/** {@code --target}: some resources and what they need, and nothing else. */
@ExtendWith(RealKeycloak.class)
class TargetIT {

    private static final String FILE = """
            realm: REALM
            displayName: Before
            clients: {shop: {enabled: true}, legacy: {enabled: true}}
            roles: {client: {legacy: {reader: {}}}}
            groups: {/Staff: {clientRoles: {legacy: [reader]}}}
            """;

    private static final String AFTER = """
            realm: REALM
            displayName: After
            clients: {shop: {enabled: false}}
            roles: {client: {shop: {buyer: {}}}, realm: {other: {}}}
            groups: {/Staff: {clientRoles: {shop: [buyer]}, $members: [ada]}}
            users: {ada: {enabled: true}, bob: {enabled: true}}
            """;

    @TempDir
    Path folder;

    private Workbench bench;
    private RealmName realm;

    @BeforeEach
    void applied(KeycloakServer server, RealmName name) {
        realm = name;
        bench = Workbench.at(server, folder);
        bench.write("realm.yaml", FILE.replace("REALM", realm.value()));
        bench.apply("-f", "realm.yaml").ended(0);
        bench.write("realm.yaml", after());
    }

    @Test
    void aTargetIsChangedWithWhatItNeedsAndTheRestIsLeft(AdminApi admin) {
        CommandLineRun run = bench.apply("-f", "realm.yaml", "--target", "group/Staff")
                .ended(0)
                .printed("+ client-role/%s/shop/buyer".formatted(realm), "~ group/%s/Staff".formatted(realm),
                        "+ user/%s/ada".formatted(realm), "! This plan holds only what --target asks for")
                .complained("Applied for --target alone", "plan without --target");
        assertThat(run.all()).doesNotContain("client/" + realm + "/legacy", "bob", "displayName");
        assertThat(admin.get(realm.value()).path("displayName").asText()).isEqualTo("Before");
        bench.run("plan", "-f", "realm.yaml", "--target", "Staff", "--detailed-exitcode").foundNothingToDo();
        bench.run("state", "list", "-f", "realm.yaml").printed("client/%s/legacy".formatted(realm));
        bench.apply("-f", "realm.yaml").ended(0);
        bench.run("plan", "-f", "realm.yaml", "--detailed-exitcode").foundNothingToDo();
        assertThat(admin.find(realm + "/users?username=bob").orElseThrow()).hasSize(1);
        assertThat(admin.get(realm + "/clients?clientId=legacy")).isEmpty();
    }

    @Test
    void whatLeftTheFileIsDeletedOnceNobodyUsesItAnyMore(AdminApi admin) {
        bench.apply("-f", "realm.yaml", "--target", "reader")
                .ended(0)
                .printed("- client-role/%s/legacy/reader".formatted(realm), "~ group/%s/Staff".formatted(realm));
        assertThat(admin.get(realm + "/clients?clientId=legacy")).hasSize(1);
        bench.apply("-f", "realm.yaml", "--target", "client/%s/legacy".formatted(realm)).ended(0);
        assertThat(admin.get(realm + "/clients?clientId=legacy")).isEmpty();
        assertThat(admin.get(realm.value()).path("displayName").asText()).isEqualTo("Before");
    }

    @Test
    void aKeptPlanRemembersItsTargets(AdminApi admin) {
        bench.run("plan", "-f", "realm.yaml", "--target", "realm/" + realm, "--out", "kept.plan").ended(0);
        bench.run("show", "kept.plan").printed("displayName: Before → After", "--target");
        bench.apply("kept.plan", "--target", "ada").ended(64).complained("exclude each other");
        bench.apply("kept.plan").ended(0).printed("0 added, 1 changed, 0 destroyed");
        assertThat(admin.get(realm.value()).path("displayName").asText()).isEqualTo("After");
        assertThat(admin.find(realm + "/users?username=bob").orElseThrow()).isEmpty();
    }

    @Test
    void destroyTakesTheTargetAndWhatHoldsOnToIt(AdminApi admin) {
        bench.run("destroy", "-f", "realm.yaml", "--auto-approve", "--target", "reader")
                .ended(0)
                .printed("- client-role/%s/legacy/reader".formatted(realm), "- group/%s/Staff".formatted(realm),
                        "0 to change, 2 to destroy");
        assertThat(admin.get(realm + "/clients?clientId=legacy")).hasSize(1);
    }

    @Test
    void whatIsNotKnownOrMayBeSeveralIsRefused() {
        bench.run("plan", "-f", "realm.yaml", "--target", "client/shopp")
                .ended(1)
                .complained("--target client/shopp is neither declared nor in the state", "Similar: client/shop");
        bench.run("plan", "-f", "realm.yaml", "--target", "").ended(1).complained("neither declared nor in the state");
        bench.write("realm.yaml", after().replace("bob:", "shop:"));
        bench.run("plan", "-f", "realm.yaml", "--target", "shop")
                .ended(1)
                .complained("may be any of client/%s/shop, user/%s/shop".formatted(realm, realm));
    }

    @Test
    void secretsAndFieldsOfOthersAreNotAskedFor(AdminApi admin) {
        bench.write("realm.yaml", "realmform: {secrets: {gone: {env: NOT_GIVEN}}}\n" + after()
                .replace("shop: {enabled: false}", "shop: {enabled: false, secret: $(secret:gone), unheardOf: 1}"));
        bench.apply("-f", "realm.yaml", "--target", "other").ended(0);
        assertThat(admin.find(realm + "/roles/other")).isPresent();
        bench.apply("-f", "realm.yaml", "--target", "shop").ended(1).complained("unheardOf");
    }

    private String after() {
        return AFTER.replace("REALM", realm.value());
    }
}
