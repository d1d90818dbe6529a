package dev.realmform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keycloak's admin REST API, so that a test can look at the server independently of the code under test.
 *
 * <p>Paths are relative to {@code /admin/realms/}: {@code my-realm/clients?max=5}. An answer that is not 2xx fails the test
 * and shows what the server said, except in {@link #send} and {@link #find}.
 */
public final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Half of what the master realm gives. */
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(30);

    private record Token(String value, Instant until) {}

    private final URI server;
    private final String user;
    private final String password;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Optional<Token> token = Optional.empty();

    public AdminApi(URI server, String user, String password) {
        this.server = server;
        this.user = user;
        this.password = password;
    }

    public JsonNode get(String path) {
        return json(checked("GET", path, ""));
    }

    /** The object there, or nothing if the server answers 404. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send("GET", path, "");
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(json(check(response)));
    }

    /** Returns the new object's id, as the Location header tells it; empty if there is none. */
    public String post(String path, String json) {
        return checked("POST", path, json).headers()
                .firstValue("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .orElse("");
    }

    public void put(String path, String json) {
        checked("PUT", path, json);
    }

    public void delete(String path) {
        checked("DELETE", path, "");
    }

    /** Deletes with a body, as mappings want it. */
    public void delete(String path, String json) {
        checked("DELETE", path, json);
    }

    /** Sends one request as the admin and returns whatever the server answers. An empty body is none. */
    public synchronized HttpResponse<String> send(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(server.resolve("/admin/realms" + (path.isEmpty() ? "" : "/" + path)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return exchange(request.build());
    }

    /** Escapes a name that goes into a path or a query. */
    public static String escape(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Reads JSON that a test has written down. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new token of the master realm's admin, for tests of a ready token. */
    public String newToken() {
        String form = "grant_type=password&client_id=admin-cli&username=" + escape(user) + "&password="
                + escape(password);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/realms/master/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return json(check(exchange(request))).path("access_token").asText();
    }

    private String token() {
        Instant now = Instant.now();
        Token valid = token.filter(t -> now.isBefore(t.until()))
                .orElseGet(() -> new Token(newToken(), now.plus(TOKEN_LIFE)));
        token = Optional.of(valid);
        return valid.value();
    }

    private HttpResponse<String> checked(String method, String path, String json) {
        return check(send(method, path, json));
    }

    private static HttpResponse<String> check(HttpResponse<String> response) {
        assertThat(response.statusCode() / 100).as(() -> response + " said: " + response.body()).isEqualTo(2);
        return response;
    }

    private static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + request.method() + " " + request.uri(), e);
        }
    }
}
