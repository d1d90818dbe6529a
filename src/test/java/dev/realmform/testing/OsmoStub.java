package dev.realmform.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A server that keeps OSMO's roles as OSMO's source says that it does: {@code GET /api/configs/role} answers a list; {@code PUT
 * /api/configs/role/NAME} takes {@code {"configs": role}}; immutable roles are refused; with its configuration in a ConfigMap all
 * writing is answered by 409. No live OSMO was at hand to record.
 */
public final class OsmoStub implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/configs/role";

    private final HttpServer door;
    private final String token;
    private final TreeMap<String, JsonNode> roles = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private boolean configMap;
    private boolean forgetful;

    private OsmoStub(HttpServer door, String token) {
        this.door = door;
        this.token = token;
    }

    /** With the roles that OSMO has from the start. */
    public static OsmoStub open(String token) throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OsmoStub stub = new OsmoStub(door, token);
        stub.role("{\"name\": \"osmo-admin\", \"immutable\": true, \"policies\": []}");
        stub.role("{\"name\": \"osmo-user\", \"immutable\": false, \"policies\": []}");
        door.createContext("/", stub::handle);
        door.start();
        return stub;
    }

    public String url() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    public synchronized OsmoStub role(String json) {
        JsonNode role = AdminApi.json(json);
        roles.put(role.path("name").asText(), role);
        return this;
    }

    /** From now on the configuration comes from a ConfigMap. */
    public synchronized void fromConfigMap() {
        configMap = true;
    }

    /** From now on answers 200 and stores nothing. */
    public synchronized void forgetful() {
        forgetful = true;
    }

    public synchronized JsonNode role(String name, String field) {
        return named(name).path(field);
    }

    private JsonNode named(String name) {
        JsonNode role = roles.get(name);
        return role == null ? JSON.createObjectNode() : role;
    }

    /** Method and path of each request. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(exchange.getRequestMethod() + " " + path);
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"message\": \"Jwt is missing\"}");
        } else if (exchange.getRequestMethod().equals("GET") && path.equals(PATH)) {
            answer(exchange, 200, JSON.writeValueAsString(roles.values()));
        } else if (exchange.getRequestMethod().equals("PUT") && path.startsWith(PATH + "/")) {
            put(exchange, path.substring(PATH.length() + 1), body.path("configs"));
        } else {
            answer(exchange, 404, "{}");
        }
    }

    private void put(HttpExchange exchange, String name, JsonNode role) throws IOException {
        if (configMap) {
            answer(exchange, 409, "{\"message\": \"Configs are managed by ConfigMap\"}");
        } else if (named(name).path("immutable").asBoolean()) {
            answer(exchange, 400, "{\"message\": \"Role " + name + " is immutable.\"}");
        } else {
            if (!forgetful) {
                roles.put(name, ((ObjectNode) role).put("name", name));
            }
            answer(exchange, 200, "null");
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        door.stop(0);
    }
}
