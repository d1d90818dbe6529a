package dev.realmform.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private HttpServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Location", "http://elsewhere/new");
                exchange.sendResponseHeaders(body.length == 0 ? 204 : 201, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void whatPassesIsPassedOnUnchangedAndWrittenDown() throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Recorder recorder = Recorder.before(address); BareClient client = new BareClient(recorder.url())) {
            BareClient.Reply made = client.send("POST", "/admin/realms/r/roles/a%2Fb?max=1", Optional.of("Bearer t"),
                    Optional.of("application/json"), "{\"name\":\"ä\"}");
            BareClient.Reply deleted = client.send("DELETE", "/admin/realms/r", Optional.empty(), Optional.empty(), "");

            assertThat(made).isEqualTo(new BareClient.Reply(201, Optional.of("http://elsewhere/new"),
                    "{\"name\":\"ä\"}"));
            assertThat(deleted.status()).isEqualTo(204);
            List<Exchange> seen = recorder.exchanges();
            assertThat(seen).extracting(Exchange::method).containsExactly("POST", "DELETE");
            assertThat(seen.getFirst().target()).isEqualTo("/admin/realms/r/roles/a%2Fb?max=1");
            assertThat(seen.getFirst().body()).isEqualTo("{\"name\":\"ä\"}");
            assertThat(seen.getFirst().authorization()).contains("Bearer t");
            assertThat(seen.getFirst().precedes(seen.getLast())).isTrue();
            assertThat(seen.getLast().precedes(seen.getFirst())).isFalse();
        }
    }
}
