package dev.realmform.bench;

import static dev.realmform.bench.Recorded.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger made = new AtomicInteger(500);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    /** Makes ids of its own: an object that is posted has the next one, and a list of clients is what is asked for. */
    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void idsAndTokensAreThoseOfThisReplay(int connections) throws Exception {
        Script script = new Recorded(Recorded.token("old")).login()
                .post("", "{\"realm\":\"r\"}", "r")
                .post("/r/clients", "{\"clientId\":\"c\"}", id(1))
                .post("/r/clients/" + id(1) + "/roles", "{\"name\":\"viewer\"}", "viewer")
                .get("/r/clients", "[{\"id\":\"" + id(8) + "\",\"clientId\":\"b\"},{\"id\":\"" + id(9)
                        + "\",\"clientId\":\"a\"}]")
                .send("PUT", "/r/clients/" + id(9), "{\"id\":\"" + id(9) + "\"}", "")
                .script();

        Replay.time(script, address(), connections);

        String made = seen.stream().filter(line -> line.contains("/roles")).findFirst().orElseThrow();
        assertThat(made).contains("/admin/realms/r/clients/" + id(502) + "/roles");
        assertThat(seen).hasSize(6)
                .contains("PUT /admin/realms/r/clients/" + id(901) + " {\"id\":\"" + id(901) + "\"}")
                .noneMatch(line -> line.contains("eyJold"));
    }

    @Test
    void anotherStatusThanWasRecordedEndsIt() {
        Script script = new Recorded(Recorded.token("old")).login().get("/r/missing", "[]").script();

        assertThatThrownBy(() -> Replay.time(script, address(), 4)).isInstanceOf(IOException.class)
                .hasMessageContaining("/r/missing was answered 200, and now 404");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add((exchange.getRequestMethod() + " " + path + " " + body).strip());
            switch (exchange.getRequestMethod()) {
                case "POST" -> posted(exchange, path);
                case "PUT" -> exchange.sendResponseHeaders(204, -1);
                default -> reply(exchange, path.endsWith("/missing") ? 404 : 200, "[{\"id\":\"" + id(901)
                        + "\",\"clientId\":\"a\"},{\"id\":\"" + id(902) + "\",\"clientId\":\"b\"}]");
            }
        }
    }

    private void posted(HttpExchange exchange, String path) throws IOException {
        if (path.equals(Recorded.TOKEN)) {
            reply(exchange, 200, "{\"access_token\":\"" + Recorded.token("new") + "\"}");
            return;
        }
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        assertThat(authorization).isEqualTo("Bearer " + Recorded.token("new"));
        exchange.getResponseHeaders().set("Location", address() + path + "/" + id(made.incrementAndGet()));
        exchange.sendResponseHeaders(201, -1);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
