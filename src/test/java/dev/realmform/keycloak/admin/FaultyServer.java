package dev.realmform.keycloak.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/** An HTTP server that does to its clients what networks and busy servers do. Unscripted requests: a token, or 200 with {}. */
final class FaultyServer implements AutoCloseable {

    /** What the server does with one request. */
    sealed interface Deed {

        record Reply(int status, Map<String, String> headers, String body) implements Deed {}

        /** The connection is reset once the request has been read (and, for all that the client knows, carried out). */
        record Reset() implements Deed {}

        /** The connection is closed in order, without an answer. */
        record HangUp() implements Deed {}

        /** The answer is whole, and then the connection is closed without a word. */
        record Closing(Reply reply) implements Deed {}

        /** The body ends before its announced length. */
        record Truncated() implements Deed {}

        record Slow(int millis) implements Deed {}
    }

    /** A request as it came in. */
    record Seen(String method, String target, Map<String, String> headers, String body) {}

    private final ServerSocket socket;
    private final String scheme;
    private final Thread acceptor;
    private final Map<String, Queue<Deed>> script = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile int lifespan = 60;

    private FaultyServer(ServerSocket socket, String scheme) {
        this.socket = socket;
        this.scheme = scheme;
        this.acceptor = Thread.ofPlatform().daemon().start(this::accept);
    }

    static FaultyServer start() {
        return start(ServerSocketFactory.getDefault(), "http");
    }

    /** Speaks TLS, and asks clients for a certificate if {@code mutual}. */
    static FaultyServer start(SSLContext tls, boolean mutual) {
        FaultyServer server = start(tls.getServerSocketFactory(), "https");
        ((SSLServerSocket) server.socket).setNeedClientAuth(mutual);
        return server;
    }

    private static FaultyServer start(ServerSocketFactory sockets, String scheme) {
        try {
            return new FaultyServer(sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress()), scheme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Deed status(int status) {
        return reply(status, "");
    }

    static Deed reply(int status, String body) {
        return new Deed.Reply(status, Map.of(), body);
    }

    /** The next requests of this method and path (with this query, or with any) meet these, one after the other. */
    FaultyServer on(String request, Deed... deeds) {
        script.computeIfAbsent(request, _ -> new ArrayDeque<>()).addAll(List.of(deeds));
        return this;
    }

    FaultyServer tokensLive(int seconds) {
        lifespan = seconds;
        return this;
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    List<Seen> seen(String request) {
        return seen.stream().filter(one -> name(one).equals(request)).toList();
    }

    List<Seen> logins() {
        return seen("POST /realms/master/protocol/openid-connect/token");
    }

    int mostInFlight() {
        return mostInFlight.get();
    }

    private static String name(Seen one) {
        return one.method() + " " + one.target().replaceFirst("\\?.*", "");
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (socket.isClosed()) {
                    client.close();
                    return;
                }
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // closed, or a handshake that failed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            for (Seen request = read(in); request != null; request = read(in)) {
                seen.add(request);
                mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                try {
                    act(next(request), client);
                } finally {
                    inFlight.decrementAndGet();
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client went away, as clients do
        }
    }

    private Deed next(Seen request) {
        String exact = request.method() + " " + request.target();
        Queue<Deed> deeds = script.getOrDefault(script.containsKey(exact) ? exact : name(request), new ArrayDeque<>());
        Deed scripted;
        synchronized (deeds) {
            scripted = deeds.poll();
        }
        if (scripted != null) {
            return scripted;
        }
        return request.target().endsWith("/token")
                ? reply(200, "{\"access_token\":\"token-" + logins().size() + "\",\"expires_in\":" + lifespan + "}")
                : reply(200, "{}");
    }

    private static void act(Deed deed, Socket client) throws IOException, InterruptedException {
        switch (deed) {
            case Deed.Reply reply -> write(client, reply, reply.body().getBytes(StandardCharsets.UTF_8).length);
            case Deed.Truncated() -> {
                write(client, new Deed.Reply(200, Map.of(), "[{}"), 100);
                client.close();
            }
            case Deed.Slow(int millis) -> {
                Thread.sleep(millis);
                write(client, new Deed.Reply(200, Map.of(), "{}"), 2);
            }
            case Deed.Reset() -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            case Deed.Closing(Deed.Reply reply) -> {
                write(client, reply, reply.body().getBytes(StandardCharsets.UTF_8).length);
                client.close();
            }
            case Deed.HangUp() -> client.close();
        }
    }

    private static void write(Socket client, Deed.Reply reply, int length) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Because\r\n");
        reply.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(length).append("\r\n\r\n").append(reply.body());
        OutputStream out = client.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static @Nullable Seen read(InputStream in) throws IOException {
        String start = line(in);
        String[] parts = start.split(" ", 3);
        if (parts.length < 3 || !parts[2].startsWith("HTTP/")) {
            return null; // the end, or no HTTP
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Seen(parts[0], parts[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                bytes.write(b);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
            acceptor.join(); // else one connection more may be taken
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
