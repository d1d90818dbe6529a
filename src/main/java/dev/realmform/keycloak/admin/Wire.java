package dev.realmform.keycloak.admin;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Sends one call once, through the admin client's HTTP stack, and says how it ended. */
final class Wire implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final Client client;
    private final String base;
    private final Failures failures;
    private final ExecutorService threads = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("realmform-http-", 0).factory());

    Wire(Client client, String base, Failures failures) {
        this.client = client;
        this.base = base;
        this.failures = failures;
    }

    /**
     * Goes out on a thread of the platform, however many virtual ones wait for it: one of those that waits for a socket leaves
     * a poller behind, in native code, and for such a thread a JVM waits 0.3 s when it ends (measured, JDK 25).
     */
    Exchange send(Outgoing call) {
        if (!Thread.currentThread().isVirtual()) {
            return exchange(call);
        }
        try {
            return threads.submit(() -> exchange(call)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failures.broken(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private Exchange exchange(Outgoing call) {
        Invocation.Builder request = client.target(URI.create(base + call.target()))
                .request(MediaType.APPLICATION_JSON_TYPE);
        call.bearer().ifPresent(token -> request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        String method = call.method().name();
        Optional<Outgoing.Content> content = call.content().map(Supplier::get);
        try (Response response = content.isPresent()
                ? request.method(method, Entity.entity(content.get().bytes(), content.get().type()))
                : request.method(method)) {
            // Null after a 204; and hasEntity() denies a body that came without a media type.
            failures.heard();
            byte[] body = Optional.ofNullable(response.readEntity(byte[].class)).orElse(NOTHING);
            return new Exchange.Reply(response.getStatus(), headers(response), body);
        } catch (ProcessingException e) {
            return failures.broken(e);
        }
    }

    private static SortedMap<String, String> headers(Response response) {
        SortedMap<String, String> headers = new TreeMap<>();
        response.getStringHeaders().forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst());
            }
        });
        return headers;
    }

    @Override
    public void close() {
        threads.shutdown();
        client.close();
    }
}
