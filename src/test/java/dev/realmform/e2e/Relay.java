package dev.realmform.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A proxy in front of the server: passes requests on, unless its manner says otherwise. */
final class Relay implements AutoCloseable {

    /** A request as it came in, numbered in the order of arrival; the path with its query. */
    record Call(long number, String method, String path, String body) {

        /** Whether it changes something below the admin API. */
        boolean writes() {
            return !method.equals("GET") && path.startsWith("/admin/");
        }
    }

    record Reply(int status, String contentType, String body) {

        static Reply json(int status, String body) {
            return new Reply(status, "application/json", body);
        }
    }

    /** What the proxy does with requests and answers. Called from several threads. */
    interface Manner {

        /** An answer of the proxy's own; empty to ask the server. */
        default Optional<Reply> instead(Call call) {
            return Optional.empty();
        }

        /** The server's answer as it is passed back. */
        default Reply passing(Call call, Reply reply) {
            return reply;
        }
    }

    private static final Set<String> PASSED_ON = Set.of("authorization", "content-type", "accept");

    private final URI server;
    private final Manner manner;
    private final HttpServer door;
    private final AtomicLong arrivals = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Relay(URI server, Manner manner, HttpServer door) {
        this.server = server;
        this.manner = manner;
        this.door = door;
    }

    static Relay before(URI server, Manner manner) throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Relay relay = new Relay(server, manner, door);
        door.setExecutor(relay.threads);
        door.createContext("/", relay::handle);
        door.start();
        return relay;
    }

    /** Where it listens, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = new Call(arrivals.incrementAndGet(), exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(body, StandardCharsets.UTF_8));
            Optional<Reply> own = manner.instead(call);
            if (own.isPresent()) {
                answer(exchange, own.get());
                return;
            }
            HttpResponse<String> response = ask(exchange, call);
            response.headers()
                    .firstValue("Location")
                    .ifPresent(at -> exchange.getResponseHeaders().set("Location", at));
            answer(exchange, manner.passing(call, new Reply(response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""), response.body())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> ask(HttpExchange exchange, Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(call.path()))
                .method(call.method(), call.body().isEmpty() ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(call.body()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().put("Content-Type", List.of(reply.contentType()));
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
