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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one state at once: exactly one at a time, and the end is that of one undisturbed run. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
class ContentionIT {

    /** How the two meet. */
    private enum Meeting {
        /** The second comes when the first is in the middle, and is refused. */
        REFUSED,
        /** The second comes when the first is in the middle, waits, and finds nothing left to do. */
        WAITING,
        /** The second waits, the first is interrupted, and the second does the rest. */
        GOING_ON,
        /** Both start at the same time; one is refused, or comes too late and finds nothing left to do. */
        AT_ONCE,
        /** Both start at the same time and wait for each other. */
        AT_ONCE_WAITING
    }

    @TempDir
    Path folder;

    private final Map<Meeting, Integer> met = new EnumMap<>(Meeting.class);

    @Test
    void ofTwoRunsOfOneStateOneAtATimeWrites(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 17)) {
            try (StatePlace place = StatePlace.inTurns(seed)) {
                Workbench bench = place.at(course.bench("seed-" + seed));
                for (Course.Leg leg : Course.Leg.values()) {
                    Meeting meeting = Meeting.values()[(int) (leg.seed(seed - 1) % Meeting.values().length)];
                    Round round = new Round(course, leg, bench, place, server, new Random(leg.seed(seed)),
                            "seed " + seed + ", " + leg + ", " + meeting);
                    course.begin(leg, bench);
                    round.run(meeting);
                    met.merge(meeting, 1, Integer::sum);
                    course.converges(leg, bench, round.what);
                    assertThat(place.isFree(bench, course.name())).as(round.what).isTrue();
                    assertThat(place.isSettled(bench, course.name())).as(round.what).isTrue();
                }
            }
        }
        System.out.println("contentions: " + met);
    }

    /** One meeting on one leg of the course. */
    private record Round(Course course, Course.Leg leg, Workbench bench, StatePlace place, KeycloakServer server,
            Random random, String what) {

        void run(Meeting meeting) throws IOException {
            Turns turns = new Turns();
            // The first quarter, so that it is in the middle whatever is sent in one request.
            Barrier barrier = new Barrier(random.nextInt(Math.max(1, course.writes(leg) / 4)) + 1);
            try (Relay one = Relay.before(server.url(), turns.watching("one", barrier));
                    Relay other = Relay.before(server.url(), turns.watching("other", new Relay.Manner() {}))) {
                switch (meeting) {
                    case REFUSED -> refused(start(one), barrier, other);
                    case WAITING -> waiting(start(one), barrier, other);
                    case GOING_ON -> goingOn(start(one), barrier, other);
                    case AT_ONCE -> atOnce(start(one), start(other), barrier);
                    case AT_ONCE_WAITING -> atOnceWaiting(start(one, "--lock-timeout=5m"),
                            start(other, "--lock-timeout=5m"), barrier);
                }
            }
            turns.oneAtATime(what);
            switch (meeting) {
                case REFUSED, WAITING -> assertThat(turns.writesOf("other")).as(what).isZero();
                case GOING_ON -> assertThat(turns.writesOf("other")).as(what).isPositive();
                case AT_ONCE, AT_ONCE_WAITING ->
                    assertThat(Math.min(turns.writesOf("one"), turns.writesOf("other"))).as(what).isZero();
            }
        }

        private LiveRun start(Relay relay, String... more) {
            List<String> arguments = new ArrayList<>(leg.command());
            arguments.add("--parallelism=1");
            arguments.addAll(List.of(more));
            return LiveRun.start(bench.with("KEYCLOAK_URL", relay.url()).with("USER", "ada").with("HOSTNAME", "home"),
                    arguments.toArray(String[]::new));
        }

        private void refused(LiveRun first, Barrier barrier, Relay relay) {
            assertThat(barrier.isReachedBy(first)).as(() -> what + "\n" + first).isTrue();
            CommandLineRun second = start(relay).ended();
            barrier.letGo();
            completed(first.ended());
            isRefused(second, first.pid());
            assertThat(words(second)).as(() -> what + "\n" + second)
                    .containsPattern(place.isFile()
                            ? leg.command().getFirst() + ", \\d+ of \\d+ done"
                            : "\\d+ changes were still open when it stored serial \\d+");
        }

        /** It says who holds the state, and what to do. */
        private void isRefused(CommandLineRun run, long holder) {
            assertThat(run.code()).as(() -> what + "\n" + run).isEqualTo(1);
            assertThat(words(run)).as(() -> what + "\n" + run)
                    .containsPattern("is held by (ada@home|gitlab-user) since \\d{4}-")
                    .contains("--lock-timeout")
                    .contains(place.isFile() ? "process " + holder : "realmform force-unlock ");
        }

        private static String words(CommandLineRun run) {
            return run.err().replaceAll("\\s+", " ");
        }

        private void waiting(LiveRun first, Barrier barrier, Relay relay) {
            assertThat(barrier.isReachedBy(first)).as(() -> what + "\n" + first).isTrue();
            LiveRun second = start(relay, "--lock-timeout=5m");
            second.says("Waiting: the state");
            assertThat(second.isAlive()).as(() -> what + "\n" + second).isTrue();
            barrier.letGo();
            completed(first.ended());
            foundNothingToDo(second.ended());
        }

        private void goingOn(LiveRun first, Barrier barrier, Relay relay) {
            assertThat(barrier.isReachedBy(first)).as(() -> what + "\n" + first).isTrue();
            LiveRun second = start(relay, "--lock-timeout=5m");
            second.says("Waiting: the state");
            boolean dies = place.isFile() && random.nextBoolean();
            if (dies) {
                first.signal("KILL");
                assertThat(first.ended().code()).as(what).isEqualTo(137);
                barrier.drop();
            } else {
                first.signal("INT");
                first.says("Interrupted:");
                barrier.letGo();
                CommandLineRun interrupted = first.ended();
                assertThat(interrupted.code()).as(() -> what + "\n" + interrupted).isEqualTo(130);
            }
            completed(second.ended());
        }

        private void atOnce(LiveRun one, LiveRun other, Barrier barrier) {
            // Either may have the lock; if the one has, it waits here until the other has ended.
            if (barrier.isReachedBy(one)) {
                CommandLineRun second = other.ended();
                barrier.letGo();
                completed(one.ended());
                isRefused(second, one.pid());
                return;
            }
            completed(other.ended());
            CommandLineRun first = one.ended();
            if (first.code() == 0) {
                foundNothingToDo(first);
            } else {
                isRefused(first, other.pid());
            }
        }

        private void atOnceWaiting(LiveRun one, LiveRun other, Barrier barrier) {
            if (barrier.isReachedBy(one)) {
                other.says("Waiting: the state");
                barrier.letGo();
                completed(one.ended());
                foundNothingToDo(other.ended());
                return;
            }
            completed(other.ended());
            foundNothingToDo(one.ended());
        }

        private void completed(CommandLineRun run) {
            assertThat(run.code()).as(() -> what + "\n" + run).isZero();
            assertThat(run.out()).as(() -> what + "\n" + run).contains("complete!");
        }

        private void foundNothingToDo(CommandLineRun run) {
            assertThat(run.code()).as(() -> what + "\n" + run).isZero();
            assertThat(run.out()).as(() -> what + "\n" + run).contains("No changes.");
        }
    }
}
