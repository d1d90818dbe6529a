package dev.realmform.keycloak.admin;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHeaders;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;

/** Sends one call once, over the HTTP client that the admin client brings, and says how it ended. */
final class Wire implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final CloseableHttpClient client;
    private final String base;
    private final Failures failures;
    /** Whether a connection has broken: a proxy may close them without a word, and what makes something cannot be sent again. */
    private volatile boolean hasBroken;
    private final ExecutorService threads = Executors
            .newCachedThreadPool(Thread.ofPlatform().daemon().name("realmform-http-", 0).factory());

    Wire(CloseableHttpClient client, String base, Failures failures) {
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
        HttpUriRequest request = request(call);
        try (CloseableHttpResponse response = client.execute(request)) {
            failures.heard();
            // None after a 204.
            HttpEntity entity = response.getEntity();
            byte[] body = entity == null ? NOTHING : EntityUtils.toByteArray(entity);
            return new Exchange.Reply(response.getStatusLine().getStatusCode(), headers(response), body);
        } catch (IOException | IllegalStateException e) {
            // The second: the client was closed meanwhile, by somebody who gives up.
            hasBroken = true;
            return failures.broken(e);
        }
    }

    private HttpUriRequest request(Outgoing call) {
        RequestBuilder request = RequestBuilder.create(call.method().name())
                .setUri(URI.create(base + call.target()))
                .setHeader(HttpHeaders.ACCEPT, "application/json");
        call.bearer().ifPresent(token -> request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        if (call.method() == Method.POST || call.method() == Method.PUT) {
            // Else one without a body has no Content-Length, and there are proxies that refuse it (411).
            request.setEntity(new ByteArrayEntity(NOTHING));
        }
        call.content()
                .map(Supplier::get)
                .ifPresent(content -> {
                    request.setHeader(HttpHeaders.CONTENT_TYPE, content.type());
                    request.setEntity(new ByteArrayEntity(content.bytes()));
                });
        if (hasBroken && !call.repeatable() && client instanceof Configurable configured) {
            request.setConfig(careful(configured.getConfig()));
        }
        return request.build();
    }

    /** A connection is looked at before it is used. That takes a millisecond, so not as long as all is well. */
    @SuppressWarnings("deprecation") // What came in its place looks at those that have rested for a while, for all calls alike.
    private static RequestConfig careful(RequestConfig usual) {
        return RequestConfig.copy(usual).setStaleConnectionCheckEnabled(true).build();
    }

    private static SortedMap<String, String> headers(CloseableHttpResponse response) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (Header header : response.getAllHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            client.close();
        } catch (IOException ignored) {
            // Its sockets are gone either way.
        }
    }
}
