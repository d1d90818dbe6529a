package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Campaign;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever breaks between us and the server: nothing double, nothing lost, nothing unowned, and what is not ours untouched. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
class FaultIT {

    /** Of a thousand requests. */
    private static final int SHARE = 60;

    private static final int ATTEMPTS = 2;

    @TempDir
    Path folder;

    private final Map<Faults.Fault, Integer> met = new EnumMap<>(Faults.Fault.class);
    private int failures;

    @Test
    void theRealmEndsAsItShallWhateverBreaksOnTheWay(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 50)) {
            Workbench bench = course.bench("seed-" + seed);
            for (Course.Leg leg : Course.Leg.values()) {
                course.begin(leg, bench);
                String what = "seed " + seed + ", " + leg;
                String faults = disturbed(course, leg, bench, server, new Faults(leg.seed(seed), SHARE),
                        what);
                course.converges(leg, bench, what + ", after\n" + faults);
            }
        }
        int all = met.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(all + " faults, " + failures + " runs that did not get through: " + met);
        assertThat(all).isGreaterThan(Campaign.count(5, 1_000));
    }

    /** Goes the leg through a proxy that breaks things, until it gets through or for some attempts. */
    private String disturbed(Course course, Course.Leg leg, Workbench bench, KeycloakServer server, Faults faults,
            String what) throws IOException {
        StringBuilder told = new StringBuilder();
        try (Relay relay = Relay.before(server.url(), faults)) {
            Workbench behind = bench.with("KEYCLOAK_URL", relay.url());
            boolean through = false;
            for (int i = 0; i < ATTEMPTS && !through; i++) {
                CommandLineRun run = course.run(behind, leg, "--timeout=1500ms");
                told.append(run).append(faults.told()).append('\n');
                saysHowItEnded(run, what + "\n" + told);
                through = run.code() == 0;
                failures += through ? 0 : 1;
                CommandLineRun plan = behind.run("plan", "-f", "realm.yaml", "--timeout=1500ms");
                assertThat(plan.code()).as(() -> what + "\n" + plan).isIn(0, 1, 3);
            }
        }
        faults.injected().forEach(injected -> met.merge(injected.fault(), 1, Integer::sum));
        return told.toString();
    }

    /** A run that did not get through says what is wrong; if it has begun to write, also how far it is and how to go on. */
    private static void saysHowItEnded(CommandLineRun run, String what) {
        assertThat(run.code()).as(what).isIn(0, 1, 3);
        if (run.code() == 0) {
            assertThat(run.out()).as(what).contains("complete!");
            return;
        }
        assertThat(run.err()).as(what).containsPattern("(?m)^error: \\S");
        boolean hasWritten = run.err().contains("incomplete!");
        if (hasWritten) {
            assertThat(run.code()).as(what).isEqualTo(1);
            assertThat(run.err().replaceAll("\\s+", " ")).as(what)
                    .contains("Next: realmform " + run.arguments().getFirst())
                    .containsPattern("\\d+ added, \\d+ changed, \\d+ destroyed; \\d+ failed, \\d+ not started");
        }
    }
}
