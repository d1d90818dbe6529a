package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.AdminApi;
import dev.realmform.testing.Campaign;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.RealKeycloak.RealmName;
import dev.realmform.testing.TestRealm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full. Skipped where no small one can be had: a limit on a file's size is another failure. */
@Tag(Campaign.TAG)
@ExtendWith(RealKeycloak.class)
class FullDiskIT {

    /** When the disk is full. */
    private enum Point {
        /** Before the first write: not even the journal can be begun. */
        FIRST,
        /** In the middle: the journal cannot grow. */
        MIDDLE,
        /** All is done, and the state cannot be written. */
        LAST
    }

    /** Taken by the word on who holds the lock. */
    private static final int HOLDER = 1;

    /** What the last answers add to a journal, at most; less than what a state takes. */
    private static final int LAST_ANSWERS = 3;

    @TempDir
    Path folder;

    @BeforeAll
    static void aSmallDisk() {
        assumeTrue(SmallDisk.isThere(), "needs unshare(1), and the right to mount a tmpfs in a namespace of its own");
    }

    @Test
    void whatAFullDiskCutsOffIsNamedAndTheNextRunGoesOn(RealmName realm, KeycloakServer server, AdminApi admin)
            throws IOException {
        Course course = new Course(realm.value(), admin, server, folder);
        for (long seed : Campaign.seeds(1, 1, 17)) {
            Workbench bench = course.bench("seed-" + seed);
            for (Course.Leg leg : Course.Leg.values()) {
                Point point = Point.values()[(int) ((leg.seed(seed) + seed) % 3)];
                course.begin(leg, bench);
                Snapshot before = course.now();
                int spare = spare(course, leg, point, new Random(leg.seed(seed)));
                List<String> arguments = new ArrayList<>(leg.command());
                CommandLineRun run = SmallDisk.with(spare, bench.path("state"))
                        .run(bench, arguments.toArray(String[]::new));
                String what = "seed " + seed + ", " + leg + ", " + point + ", " + spare + " pages\n" + run;
                saysWhatToDo(run, point, what);
                Snapshot after = course.now();
                if (point == Point.FIRST) {
                    assertThat(after.differences(before)).as(what).isEmpty();
                }
                everythingNewIsKnown(bench, realm.value(), run, before, after, what);
                course.converges(leg, bench, what);
            }
        }
    }

    private static int spare(Course course, Course.Leg leg, Point point, Random random) {
        int journal = SmallDisk.pages(course.journal(leg));
        return HOLDER + switch (point) {
            case FIRST -> 0;
            case MIDDLE -> 1 + random.nextInt(Math.max(1, journal - 1));
            case LAST -> journal + LAST_ANSWERS;
        };
    }

    private static void saysWhatToDo(CommandLineRun run, Point point, String what) {
        assertThat(run.code()).as(what).isEqualTo(1);
        String file = point == Point.LAST ? "json" : "json.journal";
        assertThat(run.err().replaceAll("\\s+", " ")).as(what)
                .containsPattern("error: cannot write state/\\w+\\." + file + "(\\.backup)?: No space left on device")
                .contains("Free some space", "run the same command again");
    }

    /** What is in the realm since: in the journal or in the state, or named in the message. */
    private static void everythingNewIsKnown(Workbench bench, String realm, CommandLineRun run, Snapshot before,
            Snapshot after, String what) {
        StringBuilder known = new StringBuilder(run.err().substring(run.err().indexOf("error: ")));
        for (String ending : List.of("", ".journal")) {
            String file = "state/" + realm + ".json" + ending;
            if (bench.path(file).toFile().exists()) {
                known.append(bench.read(file));
            }
        }
        for (String part : after.parts().keySet()) {
            String name = part.replaceFirst("^\\S+ /?", "").replaceFirst(" of .*", "");
            if (!before.parts().containsKey(part) && !name.startsWith("service-account-")) {
                assertThat(known.toString()).as(() -> part + "\n" + what)
                        .containsPattern("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
            }
        }
    }

    @Test
    void aReportIsWrittenWholeOrNotAtAll(TestRealm realm, KeycloakServer server) {
        Workbench bench = Workbench.at(server, folder);
        StringBuilder roles = new StringBuilder("realm: " + realm.name() + "\nroles:\n  realm:\n");
        for (int i = 0; i < 60; i++) {
            roles.append("    role").append(i).append(": {description: Role ").append(i).append("}\n");
        }
        bench.write("realm.yaml", roles.toString());
        for (String option : List.of("--out=", "--json=", "--markdown=").subList(0, Campaign.count(1, 3))) {
            bench.write("reports/report", "the one before\n");
            CommandLineRun run = SmallDisk.with(1, bench.path("reports"))
                    .run(bench, "plan", "-f", "realm.yaml", option + "reports/report");
            run.ended(1)
                    .complained("error: cannot write ", "report: No space left on device", "Free some space",
                            "What was in it before is untouched");
            assertThat(bench.read("reports/report")).as(option).isEqualTo("the one before\n");
            assertThat(bench.path("reports").toFile().list()).as(option).containsExactly("report");
        }
    }

    /** {@code /dev/full}: a disk on which nothing has room. */
    @Test
    void outputThatIsCutOffIsAFailureAndTheApplyIsDoneAllTheSame(TestRealm realm, KeycloakServer server) {
        Workbench bench = Workbench.at(server, folder);
        bench.write("realm.yaml", "realm: " + realm.name() + "\nroles: {realm: {one: {description: First}}}\n");
        for (List<String> arguments : List.of(List.of("plan", "-f", "realm.yaml", "--json"),
                List.of("apply", "-f", "realm.yaml", "--auto-approve", "--json"))) {
            List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "full"));
            command.addAll(ChildProcess.command());
            command.addAll(arguments);
            LiveRun.start(bench, command, arguments)
                    .ended()
                    .ended(1)
                    .complained("standard output could not be written");
        }
        bench.run("plan", "-f", "realm.yaml").foundNothingToDo();
    }
}
