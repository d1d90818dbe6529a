package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Campaign;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signals, as a person or a pipeline sends them, at whatever the run is doing. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
class InterruptIT {

    /** How a run is interrupted while it writes. */
    private enum Manner {
        ONCE("INT"), TWICE("INT"), TERMINATED("TERM"), HUNG_UP("HUP"), TERMINATED_TWICE("TERM");

        private final String signal;

        Manner(String signal) {
            this.signal = signal;
        }

        boolean isTwice() {
            return this == TWICE || this == TERMINATED_TWICE;
        }
    }

    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    /** In milliseconds: what was about to be started when the interrupt was told. */
    private static final int LATE = 20;

    @TempDir
    static Path folder;

    private static Course course;
    private static KeycloakServer server;

    private final Map<Manner, Integer> met = new EnumMap<>(Manner.class);
    private int endedAnyway;

    @BeforeAll
    static void theCourse(RealmName realm, KeycloakServer keycloak, AdminApi admin) throws IOException {
        course = new Course(realm.value(), admin, keycloak, folder);
        server = keycloak;
    }

    @Test
    void aRunThatIsInterruptedWhileItWritesEndsInOrderAndTheNextGoesOn() throws IOException {
        for (long seed : Campaign.seeds(1, 1, 34)) {
            try (StatePlace place = StatePlace.inTurns(seed)) {
                Workbench bench = place.at(course.bench("writing-" + seed));
                for (Course.Leg leg : Course.Leg.values()) {
                    Manner manner = Manner.values()[(int) (leg.seed(seed - 1) % Manner.values().length)];
                    course.begin(leg, bench);
                    new Round(leg, bench, place, manner, new Random(leg.seed(seed))).run();
                    course.converges(leg, bench, "seed " + seed + ", " + leg + ", " + manner);
                    assertThat(place.isSettled(bench, course.name())).isTrue();
                    met.merge(manner, 1, Integer::sum);
                }
            }
        }
        int all = met.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("interrupts: " + met + ", of which " + endedAnyway + " after the last change had begun");
        assertThat(endedAnyway).isLessThan(all / 2);
    }

    /** One interrupt on one leg of the course. */
    private final class Round {

        private final Course.Leg leg;
        private final Workbench bench;
        private final StatePlace place;
        private final Manner manner;
        private final Random random;
        private final String what;

        Round(Course.Leg leg, Workbench bench, StatePlace place, Manner manner, Random random) {
            this.leg = leg;
            this.bench = bench;
            this.place = place;
            this.manner = manner;
            this.random = random;
            what = bench.folder().getFileName() + ", " + leg + ", " + manner;
        }

        void run() throws IOException {
            Barrier barrier = new Barrier(random.nextInt(Math.max(1, course.writes(leg) * 2 / 3)) + 1);
            try (Relay relay = Relay.before(server.url(), barrier)) {
                List<String> arguments = new ArrayList<>(leg.command());
                arguments.addAll(List.of("--json", "--parallelism=" + (random.nextBoolean() ? 1 : 4)));
                LiveRun live = LiveRun.start(bench.with("KEYCLOAK_URL", relay.url()),
                        arguments.toArray(String[]::new));
                assertThat(barrier.isReachedBy(live)).as(() -> what + "\n" + live).isTrue();
                live.signal(manner.signal);
                live.says("Interrupted:");
                Instant heard = Instant.now();
                if (manner.isTwice()) {
                    twice(live, barrier, heard);
                } else {
                    barrier.letGo();
                    endsInOrder(live.ended(), heard);
                }
            }
        }

        private void twice(LiveRun live, Barrier barrier, Instant heard) {
            live.signal(manner.signal);
            CommandLineRun run = live.ended();
            assertThat(Duration.between(heard, Instant.now())).as(what).isLessThan(AT_ONCE);
            if (random.nextBoolean()) {
                barrier.letGo();
            } else {
                barrier.drop();
            }
            assertThat(run.code()).as(() -> what + "\n" + run).isEqualTo(130);
            assertThat(run.err()).as(what).contains("Interrupted twice: ending at once.", "run the same command again");
            place.shelf().ifPresent(shelf -> {
                String id = shelf.lockId().orElseThrow();
                assertThat(run.err()).as(what).contains("realmform force-unlock " + id);
                bench.run("force-unlock", id, "--force", "--state", shelf.url()).ended(0);
            });
        }

        /** Nothing was started any more, all that ran has ended, is recorded and told, and the lock is free. */
        private void endsInOrder(CommandLineRun run, Instant heard) {
            List<JsonNode> events = run.out().lines().map(AdminApi::json).toList();
            Set<String> open = new TreeSet<>();
            Set<String> gone = new TreeSet<>();
            Set<String> made = new TreeSet<>();
            for (JsonNode event : events) {
                String address = event.path("address").asText();
                switch (event.path("type").asText()) {
                    case "apply_start" -> {
                        open.add(address);
                        if (!wentWithItsContainer(address, gone)) {
                            assertThat(Instant.parse(event.path("timestamp").asText())).as(() -> what + "\n" + run)
                                    .isBefore(heard.plusMillis(LATE));
                        }
                    }
                    case "apply_complete" -> {
                        open.remove(address);
                        if (event.path("action").asText().equals("delete")) {
                            gone.add(address);
                        }
                        if (event.path("action").asText().equals("create")) {
                            made.add(address);
                        }
                    }
                    default -> assertThat(event.path("type").asText()).isNotEqualTo("apply_errored");
                }
            }
            assertThat(open).as(() -> "what has not ended\n" + what + "\n" + run).isEmpty();
            JsonNode summary = events.getLast();
            assertThat(summary.path("type").asText()).as(what).isEqualTo("apply_summary");
            if (summary.path("not_started").asInt() == 0) {
                endedAnyway++;
                assertThat(run.code()).as(() -> what + "\n" + run).isZero();
            } else {
                assertThat(run.code()).as(() -> what + "\n" + run).isEqualTo(130);
                assertThat(summary.path("outcome").asText()).as(what).isEqualTo("interrupted");
                assertThat(run.err().replaceAll("\\s+", " ")).as(what)
                        .contains("not started, since the run was interrupted: ",
                                "Next: realmform " + leg.command().getFirst() + " again");
            }
            assertThat(Snapshot.ofState(bench, course.name()).parts().keySet()).as(what).containsAll(made);
            assertThat(place.isFree(bench, course.name())).as(what + ", the lock").isTrue();
            assertThat(place.isSettled(bench, course.name())).as(what + ", nothing pending").isTrue();
        }
    }

    /** What is inside of something that is deleted is a fact as soon as that is; nothing is sent for it. */
    private static boolean wentWithItsContainer(String address, Set<String> gone) {
        return gone.stream().anyMatch(one -> key(address).startsWith(key(one) + "/"));
    }

    private static String key(String address) {
        return address.substring(address.indexOf('/') + 1);
    }

    @Test
    void aRunThatIsInterruptedBeforeItWritesChangesNothingAndHoldsNothing() throws IOException {
        if (!PersonsTerminal.isThere()) {
            System.out.println("InterruptIT: no terminal to ask in (script of util-linux): left out");
        }
        for (long seed : Campaign.seeds(2, 1, 6)) {
            try (StatePlace place = StatePlace.inTurns(seed)) {
                Workbench bench = place.at(course.bench("before-" + seed));
                for (Course.Leg leg : Course.Leg.values()) {
                    course.begin(leg, bench);
                    String what = "seed " + seed + ", " + leg;
                    Snapshot before = course.now();
                    if (leg != Course.Leg.FIRST && PersonsTerminal.isThere()) {
                        asking(leg, bench, place, leg.seed(seed) % 2 == 0, what);
                        assertThat(course.now().differences(before)).as(what).isEmpty();
                        assertThat(place.isFree(bench, course.name())).as(what + ", the lock").isTrue();
                    }
                    if (leg == Course.Leg.FIRST || Campaign.count(0, 1) == 1) {
                        waiting(leg, bench, leg.seed(seed) % 2 == 0 ? "INT" : "TERM");
                    }
                    assertThat(place.isFree(bench, course.name())).as(what + ", the lock").isTrue();
                    course.converges(leg, bench, what);
                }
            }
        }
    }

    private static void asking(Course.Leg leg, Workbench bench, StatePlace place, boolean types, String what) {
        List<String> arguments = new ArrayList<>(leg.command());
        arguments.remove("--auto-approve");
        LiveRun asking = PersonsTerminal.start(bench, arguments.toArray(String[]::new));
        asking.says("Only \"yes\" will be accepted:");
        place.shelf().ifPresent(shelf -> assertThat(shelf.lockId()).isPresent());
        if (types) {
            asking.type(PersonsTerminal.CONTROL_C);
        } else {
            LiveRun.signal("TERM", asking.child().pid());
        }
        CommandLineRun run = asking.ended();
        assertThat(run.code()).as(() -> what + "\n" + run).isEqualTo(130);
        assertThat(run.out()).as(() -> what + "\n" + run).contains("interrupted before anything was changed");
    }

    /** One holds the state in the middle of its work; the other, which waits, is interrupted; the one does not notice. */
    private static void waiting(Course.Leg leg, Workbench bench, String signal) throws IOException {
        Barrier barrier = new Barrier(course.writes(leg) / 2 + 1);
        List<String> arguments = new ArrayList<>(leg.command());
        arguments.add("--parallelism=1");
        try (Relay relay = Relay.before(server.url(), barrier)) {
            LiveRun holder = LiveRun.start(bench.with("KEYCLOAK_URL", relay.url()), arguments.toArray(String[]::new));
            assertThat(barrier.isReachedBy(holder)).as(holder.toString()).isTrue();
            arguments.add("--lock-timeout=5m");
            LiveRun waiting = LiveRun.start(bench, arguments.toArray(String[]::new));
            waiting.says("Waiting: the state");
            waiting.signal(signal);
            waiting.ended().ended(130).complained("interrupted while waiting for the lock", "Nothing was changed.");
            assertThat(holder.isAlive()).isTrue();
            barrier.letGo();
            holder.ended().ended(0);
        }
    }
}
