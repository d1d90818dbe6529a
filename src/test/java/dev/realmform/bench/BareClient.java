package dev.realmform.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** {@code java.net.http} and nothing else: sends a request, reads the answer to its end. */
final class BareClient implements AutoCloseable {

    /** An answer, its body unread by anybody. */
    record Reply(int status, Optional<String> location, String body) {}

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BareClient(URI server) {
        this.server = server;
    }

    /** An empty body is none. */
    Reply send(String method, String target, Optional<String> authorization, Optional<String> contentType, String body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target))
                .timeout(Duration.ofMinutes(3))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        contentType.ifPresent(value -> request.header("Content-Type", value));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers().firstValue("Location"), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted at " + method + " " + target);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
