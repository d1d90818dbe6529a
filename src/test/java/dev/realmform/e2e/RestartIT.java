package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Campaign;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The server goes away in the middle of an apply, really, and comes back on the same port with the same data. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
@Isolated("It stops the server.")
class RestartIT {

    @TempDir
    Path folder;

    /**
     * Takes the server away at the n-th request that writes, and brings it back while the apply goes on. In good order: what it has
     * confirmed, it has kept, which the database of a trial server does not do when it crashes (measured: a role whose creation had
     * been answered 201 was gone).
     */
    private static final class Restarting implements Relay.Manner {

        private final int at;
        private final KeycloakServer server;
        private final boolean comesBack;
        private final AtomicInteger writes = new AtomicInteger();
        private final CompletableFuture<Void> back = new CompletableFuture<>();

        Restarting(int at, KeycloakServer server, boolean comesBack) {
            this.at = at;
            this.server = server;
            this.comesBack = comesBack;
        }

        @Override
        public Optional<Relay.Reply> instead(Relay.Call call) {
            if (call.writes() && writes.incrementAndGet() == at) {
                try {
                    server.stop();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                if (comesBack) {
                    Thread.ofVirtual().start(this::startAgain);
                }
            }
            return Optional.empty();
        }

        private void startAgain() {
            try {
                server.startAgain();
                back.complete(null);
            } catch (IOException e) {
                back.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void anApplyThatWaitsRidesARestartOut(RealmName realm, KeycloakServer server, AdminApi admin) throws IOException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 3)) {
            Workbench bench = course.bench("seed-" + seed);
            for (Course.Leg leg : Course.Leg.values()) {
                course.begin(leg, bench);
                String what = "seed " + seed + ", " + leg;
                if (leg.seed(seed) % 4 == 0 || Campaign.count(0, 1) == 1) {
                    Restarting restarting = restarting(seed, leg, server, true);
                    try (Relay relay = Relay.before(server.url(), restarting)) {
                        CommandLineRun run = course.run(bench.with("KEYCLOAK_URL", relay.url()), leg, "--wait=300s");
                        restarting.back.join();
                        assertThat(run.code()).as(() -> what + "\n" + run).isZero();
                    }
                }
                course.converges(leg, bench, what);
            }
        }
    }

    @Test
    void oneThatDoesNotWaitSaysSoAndTheNextGoesOn(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException, InterruptedException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 3)) {
            Workbench bench = course.bench("seed-" + seed);
            for (Course.Leg leg : Course.Leg.values()) {
                course.begin(leg, bench);
                String what = "seed " + seed + ", " + leg;
                if (leg.seed(seed) % 4 == 0 || Campaign.count(0, 1) == 1) {
                    try (Relay relay = Relay.before(server.url(), restarting(seed, leg, server, false))) {
                        course.run(bench.with("KEYCLOAK_URL", relay.url()), leg)
                                .ended(1)
                                .complained("cannot reach Keycloak", "--wait", "Next: realmform");
                    } finally {
                        server.startAgain();
                    }
                }
                course.converges(leg, bench, what);
            }
        }
    }

    private static Restarting restarting(long seed, Course.Leg leg, KeycloakServer server, boolean comesBack) {
        Random random = new Random(leg.seed(seed));
        return new Restarting(random.nextInt(10) + 2, server, comesBack);
    }
}
