package dev.realmform.fuzz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that lets everybody in and has nothing: no realm, or whatever realm is asked for, with nothing in it. */
final class BareKeycloak implements AutoCloseable {

    /** What it answers when asked for a realm. */
    enum Realms {
        NONE, EMPTY
    }

    private final HttpServer door;
    private final Realms realms;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger writes = new AtomicInteger();

    private BareKeycloak(HttpServer door, Realms realms) {
        this.door = door;
        this.realms = realms;
    }

    static BareKeycloak with(Realms realms) throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BareKeycloak server = new BareKeycloak(door, realms);
        door.setExecutor(server.threads);
        door.createContext("/", server::handle);
        door.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    /** How many requests wanted to change something. */
    int writes() {
        return writes.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            if (path.startsWith("/admin/") && !exchange.getRequestMethod().equals("GET")) {
                writes.incrementAndGet();
            }
            String body = answer(path);
            byte[] bytes = (body.isEmpty() ? "{\"error\": \"not found\"}" : body).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(String path) {
        if (path.endsWith("/protocol/openid-connect/token")) {
            return "{\"access_token\": \"" + token() + "\", \"expires_in\": 60, \"token_type\": \"Bearer\"}";
        }
        if (path.matches("/admin/realms/[^/]+")) {
            return realms == Realms.NONE ? "" : "{\"id\": \"1\", \"realm\": \"" + path.substring(14) + "\"}";
        }
        if (path.endsWith("/users/profile")) {
            return "{\"attributes\": [{\"name\": \"username\"}]}";
        }
        return path.matches("/admin/realms/[^/]+/(clients|roles|groups|users|client-scopes|components)") ? "[]" : "";
    }

    private String token() {
        String claims = "{\"iss\": \"" + url() + "/realms/master\", \"azp\": \"admin-cli\", \"sub\": \"1\","
                + " \"realm_access\": {\"roles\": [\"admin\"]}}";
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\": \"none\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
    }
}
