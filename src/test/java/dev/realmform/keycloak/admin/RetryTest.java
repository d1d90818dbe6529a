package dev.realmform.keycloak.admin;

import static dev.realmform.keycloak.admin.FaultyServer.reply;
import static dev.realmform.keycloak.admin.FaultyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.keycloak.admin.FaultyServer.Deed;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static final Request READ = Request.get("retail", "clients", "1");
    private static final Request CREATE = Request.post("retail", "clients").body(Value.EMPTY_MAP);
    private static final Request CHANGE = Request.put("retail", "clients", "1").body(Value.EMPTY_MAP);
    private static final Request REMOVE = Request.delete("retail", "clients", "1");

    private final World world = new World();
    private final FaultyServer server = FaultyServer.start();
    private HttpAdmin admin;

    @BeforeEach
    void open() {
        admin = world.admin(server.url());
    }

    @AfterEach
    void close() {
        admin.close();
        server.close();
    }

    static List<Deed> passing() {
        return List.of(status(429), status(502), status(503), status(504), new Deed.Reset(), new Deed.HangUp(),
                new Deed.Truncated());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadIsRepeatedUntilItIsAnswered(Deed fault) {
        server.on("GET /admin/realms/retail/clients/1", fault, fault, fault, reply(200, "{\"id\":\"1\"}"));

        assertThat(admin.get(READ).text("id")).contains("1");
        assertThat(server.seen("GET /admin/realms/retail/clients/1")).hasSize(4);
        assertThat(world.slept).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadThatIsNeverAnsweredEndsAfterThreeRepetitionsAsUnreachable(Deed fault) {
        server.on("GET /admin/realms/retail/clients/1", fault, fault, fault, fault, reply(200, "{}"));

        assertThatThrownBy(() -> admin.get(READ)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problems()).singleElement()
                        .extracting(Problem::kind)
                        .isEqualTo(Problem.Kind.UNREACHABLE));
        assertThat(server.seen("GET /admin/realms/retail/clients/1")).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aReadThatFindsNothingAtItsSecondAttemptHasFoundNothing(Deed fault) {
        server.on("GET /admin/realms/retail/clients/1", fault, reply(404, "{\"error\":\"Could not find client\"}"));

        assertThat(admin.find(READ)).isEmpty();
        assertThat(server.seen("GET /admin/realms/retail/clients/1")).hasSize(2);
    }

    static List<Deed> lost() {
        return List.of(status(502), status(503), status(504), new Deed.Reset(), new Deed.HangUp(),
                new Deed.Truncated());
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aPostWhoseAnswerWasLostIsNeverSentAgain(Deed fault) {
        server.on("POST /admin/realms/retail/clients", fault, status(201));

        assertThat(admin.send(CREATE)).isInstanceOf(Answer.Lost.class);
        assertThat(server.seen("POST /admin/realms/retail/clients")).hasSize(1);
    }

    /** Such proxies close each connection; what makes something cannot be sent again to find out. */
    @Test
    void onceAConnectionHasBrokenThoseToMakeSomethingAreLookedAtBefore() throws InterruptedException {
        server.on("GET /admin/realms/retail/clients/1", new Deed.HangUp(),
                new Deed.Closing(new Deed.Reply(200, Map.of(), "{}")));
        server.on("POST /admin/realms/retail/clients", status(201));

        admin.get(READ);
        // Until the end of the connection has arrived.
        Thread.sleep(50);

        assertThat(admin.send(CREATE)).isInstanceOf(Answer.Answered.class);
        assertThat(server.seen("POST /admin/realms/retail/clients")).hasSize(1);
    }

    @Test
    void aPostThatWasTurnedAwayAtTheDoorIsSentAgain() {
        server.on("POST /admin/realms/retail/clients", status(429),
                new Deed.Reply(503, Map.of("Retry-After", "2"), ""), status(201));

        assertThat(admin.send(CREATE)).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.status()).isEqualTo(201));
        assertThat(server.seen("POST /admin/realms/retail/clients")).hasSize(3);
    }

    @Test
    void aReadingThatMetWhatWasBeingChangedIsRepeated() {
        Deed torn = new Deed.Reply(400, Map.of(), "{\"error\": \"Cannot parse the JSON\"}");
        server.on("GET /admin/realms/retail/authentication/flows", torn,
                new Deed.Reply(200, Map.of(), "[{\"alias\": \"browser\"}]"));
        server.on("PUT /admin/realms/retail/clients/1", torn);

        assertThat(admin.list(Request.get("retail", "authentication", "flows"))).hasSize(1);
        assertThat(admin.send(CHANGE)).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.status()).isEqualTo(400));
    }

    @Test
    void aPostThatMayBeRepeatedIsSentAgain() {
        server.on("POST /admin/realms/retail/clients", new Deed.Reset(), status(204));

        assertThat(admin.send(CREATE.asRepeatable())).isInstanceOf(Answer.Answered.class);
        assertThat(server.seen("POST /admin/realms/retail/clients")).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aChangeIsRepeatedAndLostOnlyAtTheEnd(Deed fault) {
        server.on("PUT /admin/realms/retail/clients/1", fault, status(204), fault, fault, fault, fault, status(204));

        assertThat(admin.send(CHANGE)).isInstanceOf(Answer.Answered.class);
        assertThat(admin.send(CHANGE)).isInstanceOf(Answer.Lost.class);
        assertThat(server.seen("PUT /admin/realms/retail/clients/1")).hasSize(6);
    }

    @Test
    void aDeletionThatFindsNothingTheSecondTimeIsDone() {
        server.on("DELETE /admin/realms/retail/clients/1", new Deed.Reset(), status(404));

        assertThat(admin.send(REMOVE)).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.ok()).isTrue());
    }

    @Test
    void aDeletionThatFindsNothingTheFirstTimeSaysSo() {
        server.on("DELETE /admin/realms/retail/clients/1", status(429), status(404));

        assertThat(admin.send(REMOVE)).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.status()).isEqualTo(404));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 500})
    void whatTheServerMeansIsNotRepeated(int status) {
        server.on("PUT /admin/realms/retail/clients/1", status(status));

        assertThat(admin.send(CHANGE)).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.status()).isEqualTo(status));
        assertThat(server.seen("PUT /admin/realms/retail/clients/1")).hasSize(1);
    }

    @Test
    void aRefusalOfARepetitionDoesNotTellWhatBecameOfTheFirst() {
        server.on("PUT /admin/realms/retail", new Deed.Reset(), reply(404, "{\"error\":\"Realm not found.\"}"));

        assertThat(admin.send(Request.put("retail"))).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void anAnswerToAWriteThatIsNotKeycloaksIsLost() {
        server.on("POST /admin/realms/retail/clients", reply(200, "<html>"));

        assertThat(admin.send(CREATE)).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void whatMayHaveBeenDoneBeforeTheLoginFailedIsLost() {
        server.on("PUT /admin/realms/retail/clients/1", new Deed.Reset(), status(401))
                .on("POST /realms/master/protocol/openid-connect/token", reply(200,
                        "{\"access_token\":\"t\",\"expires_in\":60}"), reply(401, "{\"error\":\"invalid_client\"}"));

        assertThat(admin.send(CHANGE)).isInstanceOf(Answer.Lost.class);
    }

    @Test
    void aServerThatGoesAwayIsWaitedForAsLongAsIsSaid() {
        Deed away = status(503);
        server.on("GET /admin/realms/retail/clients/1", away, away, away, away, away, away, away, away,
                reply(200, "{\"id\":\"1\"}"));
        try (HttpAdmin patient = new HttpAdmin(World.connection(server.url()).withPatience(Duration.ofSeconds(20)),
                world.surroundings())) {
            assertThat(patient.get(READ).text("id")).contains("1");
        }
        assertThat(world.slept).hasSize(8).allMatch(pause -> pause.compareTo(Duration.ofSeconds(2)) < 0);
    }

    @Test
    void patienceEnds() {
        Deed[] away = new Deed[100];
        Arrays.fill(away, status(503));
        server.on("GET /admin/realms/retail/clients/1", away);
        try (HttpAdmin patient = new HttpAdmin(World.connection(server.url()).withPatience(Duration.ofSeconds(20)),
                world.surroundings())) {
            assertThatThrownBy(() -> patient.get(READ)).isInstanceOf(ProblemException.class);
        }
        assertThat(world.slept.stream().mapToLong(Duration::toMillis).sum()).isBetween(20_000L, 22_000L);
    }

    @Test
    void pausesGrowAndAreJittered() {
        server.on("GET /admin/realms/retail/clients/1", status(502), status(502), status(502));

        admin.get(READ);

        assertThat(world.slept).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(world.slept.get(i)).isBetween(Duration.ofMillis(100L << i), Duration.ofMillis(200L << i));
        }
        assertThat(world.slept).doesNotContain(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void theServersWishForAPauseIsHonouredWithinBounds() {
        server.on("GET /admin/realms/retail/clients/1", new Deed.Reply(429, Map.of("Retry-After", "7"), ""),
                new Deed.Reply(503, Map.of("Retry-After", "Thu, 01 Jan 2026 00:00:19 GMT"), ""),
                new Deed.Reply(429, Map.of("Retry-After", "86400"), ""));

        admin.get(READ);

        assertThat(world.slept.getFirst()).isEqualTo(Duration.ofSeconds(7));
        assertThat(world.slept.get(1)).isBetween(Duration.ofSeconds(11), Duration.ofSeconds(12));
        assertThat(world.slept.get(2)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() {
        server.on("GET /admin/realms/retail/clients/1", new Deed.Slow(3_000), reply(200, "{\"id\":\"1\"}"));
        try (HttpAdmin hasty = new HttpAdmin(World.connection(server.url()).withTimeout(Duration.ofMillis(400)),
                world.surroundings())) {
            assertThat(hasty.get(READ).text("id")).contains("1");
        }
        assertThat(world.calls).anyMatch(call -> call.contains("timed out"));
    }

    @Test
    void everyAttemptIsLogged() {
        server.on("GET /admin/realms/retail/clients/1", status(502), new Deed.Reset());

        admin.get(READ);

        assertThat(world.calls).map(call -> call.replaceFirst("\\d+ ms", "N ms"))
                .containsExactly("POST /realms/master/protocol/openid-connect/token 200 N ms",
                        "GET /admin/realms/retail/clients/1 502 N ms",
                        "GET /admin/realms/retail/clients/1 connection broke N ms (attempt 2)",
                        "GET /admin/realms/retail/clients/1 200 N ms (attempt 3)");
    }

    @Test
    void noMoreCallsAreInFlightThanAgreed() throws InterruptedException {
        Deed slow = new Deed.Slow(100);
        server.on("GET /admin/realms/retail/clients/1", slow, slow, slow, slow, slow, slow, slow, slow);
        try (HttpAdmin narrow = new HttpAdmin(World.connection(server.url()).withConcurrency(2),
                world.surroundings())) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(_ -> Thread.ofVirtual().start(() -> narrow.get(READ)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(server.seen("GET /admin/realms/retail/clients/1")).hasSize(8);
        assertThat(server.mostInFlight()).isEqualTo(2);
    }
}
