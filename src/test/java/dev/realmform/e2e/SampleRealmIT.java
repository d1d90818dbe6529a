package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.RealKeycloak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The realm that OSMO gives to its users as a sample: an export of a 26.1.1 server, taken as it is. It is not ours to hand on:
 * {@code -Dsample.realm=FILE} says where it lies; without it the test is skipped.
 */
@ExtendWith(RealKeycloak.class)
@ResourceLock("realm osmo")
class SampleRealmIT {

    private static final Path SAMPLE = Path
            .of(System.getProperty("sample.realm", "../shared/data/sample_osmo_realm.json"));

    private static final String REALM = "osmo";

    /** What the export masks. */
    private static final String LAYER = """
            realm: osmo
            clients: {osmo-browser-flow: {secret: "$(env:OSMO_CLIENT_SECRET)"}}
            """;

    @TempDir
    Path folder;

    private final AdminApi admin;

    SampleRealmIT(AdminApi admin) {
        this.admin = admin;
    }

    @AfterEach
    void gone() {
        if (admin.find(REALM).isPresent()) {
            admin.delete(REALM);
        }
    }

    @Test
    void theSampleIsAppliedToAnEmptyServerWholeAndThenInStep(KeycloakServer server) throws IOException {
        assumeTrue(Files.isRegularFile(SAMPLE), () -> "there is no " + SAMPLE + "; -Dsample.realm=FILE names it");
        Workbench bench = Workbench.at(server, folder).with("OSMO_CLIENT_SECRET", "canary-osmo");
        bench.write("sample.json", Files.readString(SAMPLE));
        bench.write("secret.yaml", LAYER);

        CommandLineRun plan = bench.run("plan", "-f", "sample.json", "-f", "secret.yaml").ended(0);
        assertThat(plan.all()).doesNotContain("not managed", "canary-osmo");
        bench.apply("-f", "sample.json", "-f", "secret.yaml").ended(0);

        assertThat(bench.run("plan", "-f", "sample.json", "-f", "secret.yaml").foundNothingToDo().all())
                .doesNotContain("not managed");
        assertThat(admin.get(REALM + "/clients?clientId=osmo-browser-flow").get(0).path("secret").asText())
                .isEqualTo("canary-osmo");
    }
}
