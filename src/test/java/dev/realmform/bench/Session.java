package dev.realmform.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The server's admin, by a bare client. Paths are below {@code /admin/realms}; any answer but 2xx is an error. */
final class Session implements AutoCloseable {

    private static final String TOKEN = "/realms/master/protocol/openid-connect/token";

    private final BareClient client;
    private final String token;

    private Session(BareClient client, String token) {
        this.client = client;
        this.token = token;
    }

    static Session open(URI server, String user, String password) throws IOException {
        BareClient client = new BareClient(server);
        String form = "grant_type=password&client_id=admin-cli&username=" + user + "&password=" + password;
        BareClient.Reply reply = checked("POST", TOKEN, client.send("POST", TOKEN, Optional.empty(),
                Optional.of("application/x-www-form-urlencoded"), form));
        return new Session(client, References.json(reply.body()).path("access_token").asText());
    }

    JsonNode get(String path) throws IOException {
        return References.json(checked("GET", path, send("GET", path, "")).body());
    }

    /** Returns the new object's id, if it has one. */
    String post(String path, JsonNode body) throws IOException {
        return checked("POST", path, send("POST", path, body.toString())).location().map(Ids::ofLocation).orElse("");
    }

    void put(String path, JsonNode body) throws IOException {
        checked("PUT", path, send("PUT", path, body.toString()));
    }

    /** Deletes what may not be there. */
    void deleteIfThere(String path) throws IOException {
        BareClient.Reply reply = send("DELETE", path, "");
        if (reply.status() != 404) {
            checked("DELETE", path, reply);
        }
    }

    private BareClient.Reply send(String method, String path, String body) throws IOException {
        return client.send(method, "/admin/realms" + path, Optional.of("Bearer " + token),
                body.isEmpty() ? Optional.empty() : Optional.of("application/json"), body);
    }

    private static BareClient.Reply checked(String method, String path, BareClient.Reply reply) throws IOException {
        if (reply.status() / 100 != 2) {
            throw new IOException(method + " " + path + " was answered " + reply.status() + ": " + reply.body());
        }
        return reply;
    }

    @Override
    public void close() {
        client.close();
    }
}
