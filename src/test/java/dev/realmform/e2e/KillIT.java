package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Campaign;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 in the middle: the next run ends where one that nobody killed does, in the realm and in the state. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
class KillIT {

    /** When a process dies, told by one of its requests that write. */
    enum Moment {
        /** The request has been sent, and the server never hears of it. */
        BEFORE,
        /** The server has acted, and its answer never arrives. */
        AFTER,
        /** The answer is on its way back: the journal may know of it, or not yet. */
        ANSWERED
    }

    @TempDir
    Path folder;

    /** Kills a process at its n-th request that writes. */
    private static final class Assassin implements Relay.Manner {

        private final int victim;
        private final Moment moment;
        private final CompletableFuture<Process> process = new CompletableFuture<>();
        private final AtomicInteger writes = new AtomicInteger();
        private volatile Optional<Relay.Call> last = Optional.empty();

        Assassin(int victim, Moment moment) {
            this.victim = victim;
            this.moment = moment;
        }

        @Override
        public Optional<Relay.Reply> instead(Relay.Call call) {
            if (!call.writes() || writes.incrementAndGet() != victim) {
                return Optional.empty();
            }
            last = Optional.of(call);
            if (moment == Moment.BEFORE) {
                kill();
                return Optional.of(Relay.Reply.reset());
            }
            return Optional.empty();
        }

        @Override
        public Relay.Reply passing(Relay.Call call, Relay.Reply reply) {
            if (moment == Moment.AFTER && last.filter(call::equals).isPresent()) {
                kill();
            }
            return reply;
        }

        @Override
        public void passed(Relay.Call call) {
            if (moment == Moment.ANSWERED && last.filter(call::equals).isPresent()) {
                kill();
            }
        }

        private void kill() {
            // Not by the process itself: that would close the streams in which what it said is read.
            process.join().toHandle().destroyForcibly();
            process.join().onExit().join();
        }
    }

    @Test
    void theNextRunEndsWhereAnUnkilledOneDoes(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 67)) {
            Random random = new Random(seed);
            Workbench bench = course.bench("seed-" + seed);
            for (Course.Leg leg : Course.Leg.values()) {
                int point = random.nextInt(course.writes(leg)) + 1;
                Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
                int parallelism = random.nextBoolean() ? 1 : 4;
                course.begin(leg, bench);
                String what = "seed " + seed + ", " + leg + ", killed " + moment + " write " + point + " of "
                        + course.writes(leg) + ", " + parallelism + " in flight";
                killed(bench, server, leg, new Assassin(point, moment), "--parallelism=" + parallelism);
                course.converges(leg, bench, what);
            }
        }
    }

    private static void killed(Workbench bench, KeycloakServer server, Course.Leg leg, Assassin assassin,
            String option) throws IOException {
        try (Relay relay = Relay.before(server.url(), assassin)) {
            List<String> arguments = new ArrayList<>(leg.command());
            arguments.add(option);
            Process process = ChildProcess.start(bench.with("KEYCLOAK_URL", relay.url()),
                    arguments.toArray(String[]::new));
            assassin.process.complete(process);
            CommandLineRun run = ChildProcess.ended(process, arguments.toArray(String[]::new));
            // The last answer of all may be followed by the end.
            assertThat(run.code()).as(run.toString())
                    .isIn(assassin.moment == Moment.ANSWERED ? List.of(137, 0)
                            : List.of(137));
        }
    }
}
