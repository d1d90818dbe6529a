package dev.realmform.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures the three tasks on one kind of realm, realmform and the floor under it in turns.
 *
 * <p>Each task is first run once through the recording proxy; that run is not timed. Its log has to agree with what went
 * through the proxy.
 */
final class Course {

    /** Where it is run. */
    record Ground(URI server, Session admin, Launcher launcher, Path folder, Consumer<String> progress) {}

    /** Replays before the first round: the server's compiler has to have seen the requests, or the first to come pays for it. */
    private static final int WARM_UPS = 2;
    private static final int WARM_UP_CONNECTIONS = 4;
    private static final Duration REST = Duration.ofSeconds(1);

    private record Recording(Script script, Path folder) {}

    private final RealmKind kind;
    private final Ground ground;
    private final int rounds;
    private final ObjectNode realm;
    private final ObjectNode edited;
    private int folders;

    Course(RealmKind kind, Ground ground, int rounds) {
        this.kind = kind;
        this.ground = ground;
        this.rounds = rounds;
        this.realm = kind.realm().get();
        this.edited = realm.deepCopy();
        kind.edit().accept(edited);
    }

    /**
     * All three tasks.
     *
     * @param floors      numbers of connections to try for an apply from scratch
     * @param singlePosts and for single POSTs, if they can make such a realm
     */
    List<Result> run(List<Integer> floors, List<Integer> singlePosts) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        results.add(applying(new Trials(floors),
                Optional.of(new Trials(singlePosts)).filter(_ -> SinglePosts.canMake(realm))));
        deleteRealm();
        Path inStep = folder(realm, Optional.empty());
        ground.launcher().run(inStep, ground.server(), applying());
        results.add(planning(inStep));
        results.add(changing(inStep));
        deleteRealm();
        return results;
    }

    private Result applying(Trials floor, Optional<Trials> singlePosts) throws IOException, InterruptedException {
        deleteRealm();
        Recording recording = record(folder(realm, Optional.empty()), applying());
        List<Integer> census = census();
        for (int i = 0; i < WARM_UPS; i++) {
            deleteRealm();
            replay(recording.script());
        }
        List<Launcher.Ended> runs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            say(Task.APPLY, round);
            deleteRealm();
            runs.add(run(folder(realm, Optional.empty()), applying()));
            for (int connections : floor.worthwhile()) {
                deleteRealm();
                floor.add(connections, timed(recording.script(), connections));
                requireSame(census, "replay over " + connections + " connections");
            }
            for (int connections : singlePosts.map(Trials::worthwhile).orElse(List.of())) {
                deleteRealm();
                rest();
                singlePosts.orElseThrow().add(connections, SinglePosts.time(realm, ground.admin(), connections));
                requireSame(census, "single POSTs over " + connections + " connections");
            }
        }
        return new Result(kind, Task.APPLY, runs, floor, singlePosts, List.of());
    }

    private Result planning(Path inStep) throws IOException, InterruptedException {
        String[] plan = {"plan", "-f", "realm.json", "--detailed-exitcode"};
        Recording recording = record(folder(realm, Optional.of(inStep)), plan);
        for (int i = 0; i < WARM_UPS; i++) {
            replay(recording.script());
        }
        Trials floor = new Trials(Trials.CONNECTIONS);
        List<Launcher.Ended> runs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            say(Task.PLAN, round);
            runs.add(run(folder(realm, Optional.of(inStep)), plan));
            for (int connections : floor.worthwhile()) {
                floor.add(connections, timed(recording.script(), connections));
            }
        }
        return new Result(kind, Task.PLAN, runs, floor, Optional.empty(), List.of());
    }

    /** There and back: what a run changes is put back by replaying a recorded run that does so. */
    private Result changing(Path inStep) throws IOException, InterruptedException {
        Recording there = record(folder(edited, Optional.of(inStep)), applying());
        Script back = record(folder(realm, Optional.of(there.folder())), applying()).script();
        for (int i = 0; i < WARM_UPS; i++) {
            replay(there.script());
            replay(back);
        }
        Trials floor = new Trials(Trials.CONNECTIONS);
        List<Launcher.Ended> runs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            say(Task.CHANGE, round);
            runs.add(run(folder(edited, Optional.of(inStep)), applying()));
            replay(back);
            for (int connections : floor.worthwhile()) {
                floor.add(connections, timed(there.script(), connections));
                replay(back);
            }
        }
        return new Result(kind, Task.CHANGE, runs, floor, Optional.empty(), strayWrites(runs));
    }

    private void replay(Script script) throws IOException, InterruptedException {
        Replay.time(script, ground.server(), WARM_UP_CONNECTIONS);
    }

    private static String[] applying() {
        return new String[]{"apply", "-f", "realm.json", "--auto-approve"};
    }

    private Recording record(Path folder, String... arguments) throws IOException, InterruptedException {
        ground.progress().accept(kind.name() + ": recording " + arguments[0]);
        try (Recorder recorder = Recorder.before(ground.server())) {
            RequestLog log = ground.launcher().run(folder, recorder.url(), arguments).log();
            List<Exchange> exchanges = recorder.exchanges();
            if (!log.agreesWith(RequestLog.ofExchanges(exchanges))) {
                throw new IOException("the request log of realmform (" + log.byMethod() + ") is not what it sent ("
                        + RequestLog.ofExchanges(exchanges).byMethod() + ")");
            }
            return new Recording(Script.of(exchanges), folder);
        }
    }

    private List<RequestLog.Call> strayWrites(List<Launcher.Ended> runs) throws IOException {
        String base = "/" + kind.realmName();
        String client = ground.admin().get(base + "/clients?clientId=" + kind.edited().clientId()).at("/0/id").asText();
        String group = "";
        for (JsonNode top : ground.admin().get(base + "/groups?max=-1")) {
            group = top.path("name").asText().equals(kind.edited().group()) ? top.path("id").asText() : group;
        }
        Set<String> ids = Set.of(client, group);
        return runs.stream()
                .flatMap(run -> run.log().writes().stream())
                .filter(call -> Ids.in(call.target()).stream().noneMatch(ids::contains))
                .toList();
    }

    /** How many of each there are: a replay that makes less than was recorded is none. */
    private List<Integer> census() throws IOException {
        String base = "/" + kind.realmName();
        return List.of(ground.admin().get(base + "/clients").size(), ground.admin().get(base + "/roles?max=-1").size(),
                ground.admin().get(base + "/groups/count").path("count").asInt(),
                ground.admin().get(base + "/users?max=1").size(),
                ground.admin().get(base + "/authentication/flows").size(),
                ground.admin().get(base + "/client-scopes").size(),
                ground.admin().get(base + "/identity-provider/instances").size());
    }

    private void requireSame(List<Integer> census, String what) throws IOException {
        List<Integer> now = census();
        if (!now.equals(census)) {
            throw new IOException(what + " made " + now + ", not " + census + " clients, roles, groups, users,"
                    + " flows, client scopes, identity providers");
        }
    }

    private void deleteRealm() throws IOException {
        ground.admin().deleteIfThere("/" + kind.realmName());
    }

    /** A new working folder with the realm's file, and the state that another folder ended with. */
    private Path folder(ObjectNode document, Optional<Path> stateOf) throws IOException {
        Path folder = Files.createDirectories(ground.folder().resolve(kind.name() + "-" + ++folders));
        Files.writeString(folder.resolve("realm.json"), document.toPrettyString());
        if (stateOf.isPresent()) {
            Files.createDirectories(folder.resolve("state"));
            try (var files = Files.list(stateOf.get().resolve("state"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve("state").resolve(file.getFileName()));
                }
            }
        }
        return folder;
    }

    private Launcher.Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        rest();
        return ground.launcher().run(folder, ground.server(), arguments);
    }

    private Duration timed(Script script, int connections) throws IOException, InterruptedException {
        rest();
        return Replay.time(script, ground.server(), connections);
    }

    /** What a run leaves to the server's compiler and collector must not be paid for by the next one. */
    private static void rest() throws InterruptedException {
        Thread.sleep(REST);
    }

    private void say(Task task, int round) {
        ground.progress().accept(kind.name() + ": " + task.text() + ", round " + round + " of " + rounds);
    }

    static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
