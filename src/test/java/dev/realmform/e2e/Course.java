package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way that each unit of the campaign goes with a {@link CampaignRealm}: the first file, the second, and everything of
 * ours taken away again. Undisturbed first, to know where each leg has to end; then as often as one likes, disturbed.
 */
final class Course {

    enum Leg {
        FIRST(0), SECOND(1), NOTHING(2);

        /** From 0 on: makes seeds of the seed of a whole course. */
        private final int number;

        Leg(int number) {
            this.number = number;
        }

        long seed(long course) {
            return LEGS * course + number;
        }

        List<String> command() {
            return this == NOTHING ? List.of("destroy", "--auto-approve", "-f", "realm.yaml")
                    : List.of("apply", "--auto-approve", "--max-destroy=100", "-f", "realm.yaml");
        }
    }

    private static final int LEGS = 3;

    /** Where a leg ends: what is on the server, and what is in the state. */
    private record End(Snapshot realm, Snapshot state) {}

    private final CampaignRealm realm;
    private final AdminApi admin;
    private final KeycloakServer server;
    private final Path folder;
    private final JsonNode settings;
    private final Snapshot untouched;
    private final Map<Leg, End> ends = new EnumMap<>(Leg.class);
    private final Map<Leg, Integer> writes = new EnumMap<>(Leg.class);
    private final Map<Leg, Long> journals = new EnumMap<>(Leg.class);

    /** Makes the realm, goes once undisturbed. */
    Course(String name, AdminApi admin, KeycloakServer server, Path folder) throws IOException {
        this.admin = admin;
        this.server = server;
        this.folder = folder;
        realm = new CampaignRealm(name, admin);
        realm.foreign();
        settings = admin.get(name);
        untouched = Snapshot.of(admin, name);
        Workbench bench = bench("undisturbed");
        for (Leg leg : Leg.values()) {
            begin(leg, bench);
            Counting counting = new Counting(bench.path("state/" + name + ".json.journal"));
            try (Relay relay = Relay.before(server.url(), counting)) {
                run(bench.with("KEYCLOAK_URL", relay.url()), leg).ended(0);
            }
            writes.put(leg, counting.writes.get());
            journals.put(leg, counting.journalled.get());
            ends.put(leg, end(bench));
            over(leg, bench, "undisturbed");
        }
    }

    /** Counts the requests that write, and watches the journal grow. */
    private static final class Counting implements Relay.Manner {

        private final Path journal;
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicLong journalled = new AtomicLong();

        Counting(Path journal) {
            this.journal = journal;
        }

        @Override
        public Optional<Relay.Reply> instead(Relay.Call call) {
            if (call.writes()) {
                writes.incrementAndGet();
                journalled.accumulateAndGet(journal.toFile().length(), Math::max);
            }
            return Optional.empty();
        }
    }

    /** How many requests of the undisturbed leg write. */
    int writes(Leg leg) {
        return writes.getOrDefault(leg, 0);
    }

    /** How long the journal of the undisturbed leg was when its last write was sent, in bytes. */
    long journal(Leg leg) {
        return journals.getOrDefault(leg, 0L);
    }

    /** What is in the realm now. */
    Snapshot now() {
        return Snapshot.of(admin, realm.name());
    }

    String name() {
        return realm.name();
    }

    /** A working folder with a state of its own. */
    Workbench bench(String name) {
        try {
            return Workbench.at(server, Files.createDirectory(folder.resolve(name))).with("MAIL_PASSWORD", "s3cret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is there when the leg starts: its file, and before the second what another admin has done since the first. */
    void begin(Leg leg, Workbench bench) {
        switch (leg) {
            case FIRST -> bench.write("realm.yaml", realm.first());
            case SECOND -> {
                realm.foreignInOurs();
                bench.write("realm.yaml", realm.second());
            }
            case NOTHING -> {}
        }
    }

    CommandLineRun run(Workbench bench, Leg leg, String... more) {
        List<String> arguments = new ArrayList<>(leg.command());
        arguments.addAll(List.of(more));
        return bench.run(arguments.toArray(String[]::new));
    }

    /** Runs the leg undisturbed, and holds its end against the one that it has to have. */
    void converges(Leg leg, Workbench bench, String what) {
        CommandLineRun clean = run(bench, leg);
        assertThat(clean.code()).as(() -> what + "\n" + clean).isZero();
        End end = end(bench);
        End shall = Optional.ofNullable(ends.get(leg)).orElseThrow();
        assertThat(end.realm().differences(shall.realm())).as(() -> what + ", in the realm\n" + clean)
                .isEmpty();
        assertThat(end.state().differences(shall.state())).as(() -> what + ", in the state\n" + clean)
                .isEmpty();
        assertThat(bench.path("state/" + realm.name() + ".json.journal")).as(what).doesNotExist();
        over(leg, bench, what);
    }

    /** Nothing is left to do; after the last leg, nothing is left of us, and all that others have is as it was. */
    private void over(Leg leg, Workbench bench, String what) {
        if (leg != Leg.NOTHING) {
            CommandLineRun plan = bench.run("plan", "-f", "realm.yaml");
            assertThat(plan.out()).as(() -> what + "\n" + plan).contains("No changes.");
            return;
        }
        admin.put(realm.name(), settings.toString());
        assertThat(Snapshot.of(admin, realm.name()).differences(untouched)).as(what + ", what others have").isEmpty();
    }

    private End end(Workbench bench) {
        return new End(Snapshot.of(admin, realm.name()), Snapshot.ofState(bench, realm.name()));
    }
}
