package dev.realmform.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy in front of the server: passes requests on, unless its manner says otherwise. On sockets, so that it can do with
 * a connection whatever a network does.
 */
final class Relay implements AutoCloseable {

    /** A request as it came in, numbered in the order of arrival; the path with its query. */
    record Call(long number, String method, String path, String body) {

        /** Whether it changes something below the admin API. */
        boolean writes() {
            return !method.equals("GET") && path.startsWith("/admin/");
        }

        @Override
        public String toString() {
            return "#" + number + " " + method + " " + path;
        }
    }

    /** What becomes of the connection on which an answer is sent. */
    enum Ending {
        /** The whole answer; the connection stays open. */
        WHOLE,
        /** Half of the body, as far as there is one, and then the end. */
        CUT,
        /** No answer: the connection is reset. */
        RESET
    }

    record Reply(int status, Map<String, String> headers, String body, Ending ending) {

        static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body, Ending.WHOLE);
        }

        static Reply html(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "text/html"), body, Ending.WHOLE);
        }

        static Reply reset() {
            return new Reply(0, Map.of(), "", Ending.RESET);
        }

        Reply with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body, ending);
        }

        Reply cut() {
            return new Reply(status, headers, body, Ending.CUT);
        }

        Reply with(String other) {
            return new Reply(status, headers, other, ending);
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

        /** The answer has been sent. */
        default void passed(Call call) {}
    }

    private static final Set<String> PASSED_ON = Set.of("authorization", "content-type", "accept");
    private static final Set<String> PASSED_BACK = Set.of("content-type", "location");

    private final URI server;
    private final Manner manner;
    private final ServerSocket door;
    private final AtomicLong arrivals = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Phaser underway = new Phaser(1);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Relay(URI server, Manner manner, ServerSocket door) {
        this.server = server;
        this.manner = manner;
        this.door = door;
    }

    static Relay before(URI server, Manner manner) throws IOException {
        Relay relay = new Relay(server, manner, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    /** Where it listens, without a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            Optional<Incoming> next = read(in);
            while (next.isPresent() && handled(next.get(), socket)) {
                next = read(in);
            }
        } catch (IOException e) {
            // the client went away, as killed ones do
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private record Incoming(String method, String path, Map<String, String> headers, String body) {}

    /** Whether the connection goes on. */
    private boolean handled(Incoming request, Socket socket) throws IOException, InterruptedException {
        underway.register();
        try {
            Call call = new Call(arrivals.incrementAndGet(), request.method(), request.path(), request.body());
            Optional<Reply> own = manner.instead(call);
            Reply reply = own.isPresent() ? own.get() : manner.passing(call, asked(request));
            boolean goesOn = answer(socket, reply);
            manner.passed(call);
            return goesOn;
        } finally {
            underway.arriveAndDeregister();
        }
    }

    /** What the server answers; a server that is away is passed on as what it is to the client: a reset. */
    private Reply asked(Incoming incoming) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + incoming.path()))
                .method(incoming.method(), incoming.body().isEmpty() ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(incoming.body()));
        incoming.headers().forEach((name, value) -> {
            if (PASSED_ON.contains(name)) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            Map<String, String> headers = new TreeMap<>();
            response.headers().map().forEach((name, values) -> {
                if (PASSED_BACK.contains(name.toLowerCase(Locale.ROOT))) {
                    headers.put(name, values.getFirst());
                }
            });
            return new Reply(response.statusCode(), headers, response.body(), Ending.WHOLE);
        } catch (IOException e) {
            return Reply.reset();
        }
    }

    private static boolean answer(Socket socket, Reply reply) throws IOException {
        if (reply.ending() == Ending.RESET) {
            socket.setSoLinger(true, 0);
            return false;
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Because\r\n");
        reply.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (reply.status() != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        boolean whole = reply.ending() == Ending.WHOLE;
        OutputStream out = socket.getOutputStream();
        // What has no body is cut in its head.
        out.write(start, 0, whole || body.length > 0 ? start.length : start.length / 2);
        out.write(body, 0, whole ? body.length : body.length / 2);
        out.flush();
        return whole;
    }

    private static Optional<Incoming> read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length < 3) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return Optional.of(new Incoming(start[0], start[1], headers, new String(body, StandardCharsets.UTF_8)));
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

    /** Waits for what is under way: a request that was held back has reached the server when this returns. */
    @Override
    public void close() {
        try {
            door.close();
            underway.arriveAndAwaitAdvance();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.close();
    }
}
