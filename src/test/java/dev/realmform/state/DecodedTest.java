package dev.realmform.state;

import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody on the way does to a state that is read. */
class DecodedTest {

    private static final byte[] STATE = new StateBytes(States.JSON, "a state", "", "").write(States.state(), List.of());

    @TempDir
    private Path folder;

    @Test
    void aStateThatComesPackedIsRead() throws IOException {
        assertThat(loaded("gzip", packed(STATE))).contains(States.state());
    }

    @Test
    void aByteOrderMarkBeforeAStateIsPassedOver() throws IOException {
        byte[] marked = ("\uFEFF" + new String(STATE, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

        assertThat(loaded("identity", marked)).contains(States.state());
        assertThat(loaded("gzip", packed(marked))).contains(States.state());
    }

    @Test
    void aStateThatIsPackedInAnotherWayIsToldAsThat() {
        assertThat(problems(() -> loaded("br", STATE)).getFirst().what()).contains(
                "the answer is packed (Content-Encoding: br), which was not asked for and cannot be read");
        assertThat(problems(() -> loaded("gzip", STATE)).getFirst().what()).contains("the state cannot be read");
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static HttpServer door() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<State> loaded(String encoding, byte[] body) {
        HttpServer door = door();
        door.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        door.start();
        URI url = URI.create("http://127.0.0.1:" + door.getAddress().getPort() + "/state");
        HttpPlace place = new HttpPlace(url, "POST", Optional.empty(), Map.of(), List.of(),
                new Pace(0, Duration.ofSeconds(5), Duration.ofMillis(5), Duration.ofHours(1), Duration.ofMillis(5)));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new HttpStateStore(client, place, States.JSON, () -> "id", folder).load().map(Loaded::state);
        } finally {
            door.stop(0);
        }
    }
}
