package dev.realmform.keycloak.admin;

import static dev.realmform.keycloak.admin.FaultyServer.reply;
import static dev.realmform.keycloak.admin.FaultyServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {

    private static final String TOKEN = "POST /realms/master/protocol/openid-connect/token";
    private static final String READ = "GET /admin/realms/retail";

    @TempDir
    private Path folder;

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

    private HttpAdmin by(Login login) {
        return new HttpAdmin(Connection.of(server.url(), "master", login), world.surroundings());
    }

    private static Problem problem(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ProblemException.class);
        return ((ProblemException) thrown).problems().getFirst();
    }

    @Test
    void theTokenIsRenewedBeforeItExpires() {
        admin.get(Request.get("retail"));
        world.pass(Duration.ofSeconds(47));
        admin.get(Request.get("retail"));
        assertThat(server.logins()).hasSize(1);

        world.pass(Duration.ofSeconds(1));
        admin.get(Request.get("retail"));

        assertThat(server.logins()).hasSize(2);
        assertThat(server.seen(READ).getLast().headers()).containsEntry("authorization", "Bearer token-2");
    }

    @Test
    void aTokenOfAFewSecondsIsUsedForHalfOfThem() {
        server.tokensLive(8);
        admin.get(Request.get("retail"));
        world.pass(Duration.ofMillis(3900));
        admin.get(Request.get("retail"));
        world.pass(Duration.ofMillis(200));
        admin.get(Request.get("retail"));

        assertThat(server.logins()).hasSize(2);
    }

    @Test
    void manyThreadsLogInOnce() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> admin.get(Request.get("retail"))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(server.seen(READ)).hasSize(16);
        assertThat(server.logins()).hasSize(1);
    }

    @Test
    void a401IsMetByOneLoginMore() {
        server.on(READ, status(401), reply(200, "{\"realm\":\"retail\"}"));

        assertThat(admin.get(Request.get("retail")).text("realm")).contains("retail");
        assertThat(server.logins()).hasSize(2);
    }

    @Test
    void aCreationThatMeetsA401IsSentAgainOnce() {
        server.on("POST /admin/realms", status(401), status(201));

        assertThat(admin.send(Request.post())).isInstanceOfSatisfying(Answer.Answered.class,
                answer -> assertThat(answer.status()).isEqualTo(201));
    }

    @Test
    void aSecond401EndsTheRun() {
        server.on(READ, status(401), status(401), status(401));

        Problem problem = problem(() -> admin.get(Request.get("retail")));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.LOGIN);
        assertThat(server.seen(READ)).hasSize(2);
        assertThat(server.logins()).hasSize(2);
    }

    @Test
    void aWrongSecretIsARefusedLoginThatNamesTheClientAndNotTheSecret() {
        server.on(TOKEN, reply(401,
                "{\"error\":\"unauthorized_client\",\"error_description\":\"Invalid client credentials s3cret-canary\"}"));

        Problem problem = problem(() -> admin.get(Request.get("retail")));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.LOGIN);
        assertThat(problem.what()).isEqualTo("Keycloak refuses the login: Invalid client credentials (secret)");
        assertThat(problem.remedy()).contains("client \"realmform\"", "realmform.server.realm");
        assertThat(server.logins()).hasSize(1);
    }

    @Test
    void anAddressWithoutKeycloakIsUnreachableAndTheRemedyNamesThePath() {
        server.on(TOKEN, reply(404, "<html>no such page</html>"));

        Problem problem = problem(() -> admin.get(Request.get("retail")));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(problem.remedy()).contains("/auth");
    }

    @Test
    void aServerThatIsStartingIsUnreachable() {
        server.on(TOKEN, status(503), status(503), status(503), status(503));

        assertThat(problem(() -> admin.get(Request.get("retail"))).kind()).isEqualTo(Problem.Kind.UNREACHABLE);
    }

    @Test
    void aPersonLogsInByPasswordAndRenewsByTheRefreshToken() {
        server.on(TOKEN, reply(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}"));
        try (HttpAdmin person = by(new Login.Password("admin-cli", Optional.empty(), "ada", Secret.of("pä&ss", "")))) {
            person.get(Request.get("retail"));
            world.pass(Duration.ofMinutes(1));
            person.get(Request.get("retail"));
        }

        assertThat(server.logins()).extracting(FaultyServer.Seen::body)
                .containsExactly("client_id=admin-cli&grant_type=password&password=p%C3%A4%26ss&username=ada",
                        "client_id=admin-cli&grant_type=refresh_token&refresh_token=r");
    }

    @Test
    void anEndedSessionIsMetByANewLogin() {
        server.on(TOKEN, reply(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}"),
                reply(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Session not active\"}"));
        try (HttpAdmin person = by(new Login.Password("admin-cli", Optional.empty(), "ada", Secret.of("p", "")))) {
            person.get(Request.get("retail"));
            world.pass(Duration.ofMinutes(1));
            person.get(Request.get("retail"));
        }

        assertThat(server.logins()).hasSize(3);
        assertThat(server.logins().getLast().body()).contains("grant_type=password");
    }

    @Test
    void theSessionOfAPersonIsEndedAtTheEnd() {
        server.on(TOKEN, reply(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60}"));
        try (HttpAdmin person = by(new Login.Password("admin-cli", Optional.empty(), "ada", Secret.of("p", "")))) {
            person.get(Request.get("retail"));
        }

        assertThat(server.seen("POST /realms/master/protocol/openid-connect/logout")).singleElement()
                .extracting(FaultyServer.Seen::body)
                .isEqualTo("client_id=admin-cli&refresh_token=r");
    }

    @Test
    void aFileWithAnAssertionIsReadAgainAtEachLogin() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        try (HttpAdmin job = by(new Login.Assertion("ci", new Login.Assertion.Given.File(file)))) {
            job.get(Request.get("retail"));
            Files.writeString(file, "second\n");
            world.pass(Duration.ofMinutes(1));
            job.get(Request.get("retail"));
        }

        assertThat(server.logins()).extracting(FaultyServer.Seen::body)
                .containsExactly(assertion("first"), assertion("second"));
    }

    private static String assertion(String text) {
        return "client_assertion=" + text
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_id=ci&grant_type=client_credentials";
    }

    @Test
    void aReadyTokenIsUsedAsItIsAndItsEndIsSaid() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"exp\":1767225500}".getBytes(StandardCharsets.UTF_8));
        String token = "eyJhbGciOiJub25lIn0." + claims + ".c2ln";
        server.on(READ, reply(200, "{}"), status(401), status(401));
        try (HttpAdmin given = by(new Login.Token(Secret.of(token, "")))) {
            given.get(Request.get("retail"));

            Problem problem = problem(() -> given.get(Request.get("retail")));

            assertThat(problem.kind()).isEqualTo(Problem.Kind.LOGIN);
            assertThat(problem.what())
                    .isEqualTo("Keycloak refuses the login: the access token expired at 2025-12-31T23:58:20Z");
            assertThat(problem.remedy()).contains("cannot be renewed");
        }
        assertThat(server.logins()).isEmpty();
        assertThat(server.seen(READ)).allSatisfy(
                call -> assertThat(call.headers()).containsEntry("authorization", "Bearer " + token));
    }

    @Test
    void aSecretThatWasNotGivenIsNamedByItsReference() {
        try (HttpAdmin blind = by(new Login.ClientSecret("realmform", Secret.notGiven("$(secret:login)")))) {
            Problem problem = problem(() -> blind.get(Request.get("retail")));

            assertThat(problem.kind()).isEqualTo(Problem.Kind.LOGIN);
            assertThat(problem.what()).contains("$(secret:login)");
        }
    }

    @Test
    void aRedirectIsNotFollowedAndItsTargetIsNamed() {
        server.on(TOKEN, new FaultyServer.Deed.Reply(302,
                Map.of("Location", "https://u:canary@sso.example.com/realms/master?x=canary"), ""));

        Problem problem = problem(() -> admin.get(Request.get("retail")));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNREACHABLE);
        assertThat(problem.what()).endsWith("it redirects to https://sso.example.com/realms/master");
    }

    @Test
    void waitingEndsWhenTheServerAnswers() {
        server.on("GET /realms/master", status(503), new FaultyServer.Deed.Reset(), status(503), reply(200, "{}"));

        admin.awaitServer(Duration.ofMinutes(2));

        assertThat(server.seen("GET /realms/master")).hasSize(4);
    }

    @Test
    void waitingEndsWhenTheTimeIsUp() throws IOException {
        URI gone;
        try (ServerSocket unused = new ServerSocket(0)) {
            gone = URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }
        try (HttpAdmin waiting = world.admin(gone)) {
            assertThatThrownBy(() -> waiting.awaitServer(Duration.ofSeconds(5))).isInstanceOf(ProblemException.class)
                    .hasMessageContaining("refused");
        }
        assertThat(world.slept).hasSize(5);
    }
}
