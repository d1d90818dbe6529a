package dev.realmform.keycloak.admin;

import static dev.realmform.keycloak.admin.FaultyServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAdminTest {

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

    @Test
    void aReadAnswersATreeWithEveryFieldOfTheServer() {
        server.on("GET /admin/realms/retail",
                reply(200, "{\"realm\":\"retail\",\"newField\":{\"a\":[1,1.50,true,null]}}"));

        assertThat(admin.get(Request.get("retail")).map("newField").list("a")).containsExactly(Value.num(1),
                new Value.Num(new BigDecimal("1.5")), Value.bool(true), Value.NULL);
    }

    @Test
    void theLoginIsMadeOnceAndItsTokenSent() {
        admin.get(Request.get("retail"));
        admin.get(Request.get("retail"));

        assertThat(server.logins()).singleElement()
                .satisfies(login -> assertThat(login.body()).isEqualTo(
                        "client_id=realmform&client_secret=s3cret-canary&grant_type=client_credentials"));
        assertThat(server.seen("GET /admin/realms/retail")).hasSize(2)
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("authorization", "Bearer token-1"));
    }

    @Test
    void namesArriveAsTheyAreWhateverTheyHold() {
        List<String> names = List.of("a/b", "a b", "a+b", "100%", "%2F", "{x}", "ä", "a?b#c", "a;b=c", "a:b@c",
                "'\"<>\\^`|");
        for (String name : names) {
            admin.send(Request.get("retail", "roles", name).with("search", name));
        }

        assertThat(server.seen("GET /admin/realms/retail/roles/a%2Fb")).hasSize(1);
        for (String name : names) {
            String encoded = Request.encoded(name);
            assertThat(server.seen("GET /admin/realms/retail/roles/" + encoded)).singleElement()
                    .satisfies(call -> assertThat(call.target()).endsWith("?search=" + encoded));
        }
    }

    /** Proxies refuse one that does not say how long it is. */
    @Test
    void aPostWithoutABodySaysThatItHasNone() {
        server.on("POST /admin/realms/retail/clients/1/client-secret", reply(200, "{}"));

        admin.send(Request.post("retail", "clients", "1", "client-secret"));

        assertThat(server.seen("POST /admin/realms/retail/clients/1/client-secret")).singleElement()
                .satisfies(call -> assertThat(call.headers()).containsEntry("content-length", "0")
                        .containsEntry("user-agent", "realmform")
                        .doesNotContainKey("content-type"));
    }

    @Test
    void whatIsCreatedIsKnownByItsId() {
        server.on("POST /admin/realms/retail/clients", new FaultyServer.Deed.Reply(201,
                Map.of("Location", "http://x/admin/realms/retail/clients/1234"), ""));

        Answer answer = admin
                .send(Request.post("retail", "clients").body(Value.EMPTY_MAP.with("clientId", Value.text("ü"))));

        assertThat(answer).isEqualTo(new Answer.Answered(201, Value.NULL, Optional.of("1234")));
        assertThat(server.seen("POST /admin/realms/retail/clients")).singleElement()
                .satisfies(call -> assertThat(call.body()).isEqualTo("{\"clientId\":\"ü\"}"));
    }

    @Test
    void pagesAreReadUntilOneIsNotFullAndComeInOrder() {
        for (int first = 0; first < 8; first += 2) {
            server.on("GET /admin/realms/retail/users?first=" + first + "&max=2", reply(200,
                    "[{\"id\":\"%d\"},{\"id\":\"%d\"}]".formatted(first, first + 1)));
        }
        server.on("GET /admin/realms/retail/users?first=8&max=2", reply(200, "[{\"id\":\"8\"}]"));
        server.on("GET /admin/realms/retail/users", reply(200, "[]"), reply(200, "[]"));

        assertThat(admin.pages(Request.get("retail", "users"), 2)).extracting(user -> user.text("id").orElse(""))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void aCollectionThatFitsOnOnePageTakesOneCall() {
        server.on("GET /admin/realms/retail/users", reply(200, "[{\"id\":\"1\"}]"));

        assertThat(admin.pages(Request.get("retail", "users"), 2)).hasSize(1);
        assertThat(server.seen("GET /admin/realms/retail/users")).hasSize(1);
    }

    @Test
    void aPageThatMayNotBeReadFailsTheWhole() {
        server.on("GET /admin/realms/retail/users?first=0&max=1", reply(200, "[{\"id\":\"1\"}]"));
        server.on("GET /admin/realms/retail/users", reply(403, "{}"), reply(403, "{}"));

        assertThatThrownBy(() -> admin.pages(Request.get("retail", "users"), 1))
                .isInstanceOfSatisfying(ProblemException.class,
                        e -> assertThat(e.problems().getFirst().kind()).isEqualTo(Problem.Kind.FORBIDDEN));
    }

    @Test
    void whatIsNotThereIsEmptyOnlyIfKeycloakSaysSo() {
        server.on("GET /admin/realms/retail", reply(404, "{\"error\":\"Realm not found.\"}"),
                reply(404, "<html>nginx</html>"));

        assertThat(admin.find(Request.get("retail"))).isEmpty();
        assertThatThrownBy(() -> admin.find(Request.get("retail"))).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problems().getFirst().kind()).isEqualTo(Problem.Kind.UNREACHABLE));
    }

    @Test
    void aNameThatWouldLeaveItsPlaceIsRefused() {
        assertThatThrownBy(() -> Request.delete("retail", "roles", "..")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Request.delete("retail", "roles", "")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Request.delete("retail", ".", "x")).isInstanceOf(ProblemException.class);
    }
}
