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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server that keeps one state by Terraform's HTTP protocol, in one of two ways.
 *
 * <p>As GitLab does: lock at {@code …/lock} by POST and DELETE; 409 with what the asker said of itself and the holder's id; 500
 * for a write with the wrong lock; each serial once, else 422; the highest serial is what is read. Or plainly: LOCK and
 * UNLOCK at the state's own address, 423 with the holder's own words, one version that is replaced.
 */
public final class StateShelf implements AutoCloseable {

    /** How it behaves. */
    public enum Manner {
        GITLAB, PLAIN
    }

    /** What it does to a request in place of answering it. */
    public sealed interface Fault {}

    /** Answers with this and does nothing. */
    public record Status(int code, String body) implements Fault {}

    /** Answers that it is to be found elsewhere. */
    public record Elsewhere(String location) implements Fault {}

    /** Hangs up before it has done anything. */
    public record HangUp() implements Fault {}

    /** Does what was asked, and hangs up without an answer. */
    public record DoneAndGone() implements Fault {}

    /** Answers in part. */
    public record CutOff() implements Fault {}

    /** A request as it came in; the path with its query. */
    public record Call(String method, String path, Map<String, String> headers, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Manner manner;
    private final String place;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new ArrayList<>();
    private final TreeMap<Long, String> versions = new TreeMap<>();
    private final List<String> written = new ArrayList<>();
    private Function<Call, Optional<Fault>> faults = call -> Optional.empty();
    private Optional<String> authorization = Optional.empty();
    private @Nullable ObjectNode lock;

    private StateShelf(Manner manner, HttpServer door) {
        this.manner = manner;
        this.place = manner == Manner.GITLAB ? "/api/v4/projects/42/terraform/state/retail" : "/states/retail";
        this.door = door;
    }

    public static StateShelf open(Manner manner) throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StateShelf shelf = new StateShelf(manner, door);
        door.setExecutor(shelf.threads);
        door.createContext("/", shelf::handle);
        door.start();
        return shelf;
    }

    /** The state's address. */
    public String url() {
        return "http://127.0.0.1:" + door.getAddress().getPort() + place;
    }

    /** What it does to requests from now on. */
    public synchronized void faults(Function<Call, Optional<Fault>> each) {
        faults = each;
    }

    /** Does this to the first requests with this method, one each, and nothing to others. */
    public synchronized void faults(String method, Fault... first) {
        List<Fault> rest = new ArrayList<>(Arrays.asList(first));
        faults = call -> call.method().equals(method) && !call.path().contains("/lock") && !rest.isEmpty()
                ? Optional.of(rest.removeFirst())
                : Optional.empty();
    }

    /** The only login that is let in from now on. */
    public synchronized void letInOnly(String user, String password) {
        authorization = Optional.of("Basic " + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How many requests with this method came to the state's own address. */
    public synchronized long count(String method) {
        return calls.stream().filter(call -> call.method().equals(method) && !call.path().endsWith("/lock")).count();
    }

    /** All states that were stored, in their order. */
    public synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** What a GET answers. */
    public synchronized Optional<String> content() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastEntry().getValue());
    }

    public JsonNode json() {
        return AdminApi.json(content().orElseThrow());
    }

    /** Puts something there by hand. */
    public synchronized void put(long serial, String content) {
        versions.put(serial, content);
    }

    public synchronized void clear() {
        versions.clear();
    }

    public synchronized Optional<String> lockId() {
        return Optional.ofNullable(lock).map(info -> info.path("ID").asText());
    }

    /** Frees the lock, as somebody with a force-unlock does. */
    public synchronized void free() {
        lock = null;
    }

    /** Gives the lock to somebody else. */
    public synchronized void give(String id, String who) {
        lock = JSON.createObjectNode()
                .put("ID", id)
                .put("Operation", "apply")
                .put("Info", "")
                .put("Who", who)
                .put("Version", "1")
                .put("Created", "2026-01-02T12:01:00Z")
                .put("Path", "");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            Call call = new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                    new String(body, StandardCharsets.UTF_8));
            Optional<Fault> fault;
            synchronized (this) {
                calls.add(call);
                fault = faults.apply(call);
            }
            switch (fault.orElse(null)) {
                case null -> answer(exchange, reply(call), false);
                case Status status -> answer(exchange, status, false);
                case Elsewhere elsewhere -> {
                    exchange.getResponseHeaders().set("Location", elsewhere.location());
                    answer(exchange, new Status(301, ""), false);
                }
                case HangUp ignored -> {
                }
                case DoneAndGone ignored -> reply(call);
                case CutOff ignored -> answer(exchange, reply(call), true);
            }
        }
    }

    private static void answer(HttpExchange exchange, Status reply, boolean cut) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        if (body.length == 0) {
            exchange.sendResponseHeaders(reply.code(), -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.code(), body.length);
        exchange.getResponseBody().write(body, 0, cut ? body.length / 2 : body.length);
    }

    private synchronized Status reply(Call call) {
        if (authorization.isPresent() && !authorization.get().equals(call.headers().get("Authorization"))) {
            return new Status(401, "{\"message\":\"401 Unauthorized\"}");
        }
        String path = call.path().replaceFirst("\\?.*", "");
        String sum = call.headers().get("Content-MD5");
        if (sum != null && !sum.equals(md5(call.body()))) {
            return new Status(400, "{\"message\":\"Content-MD5\"}");
        }
        return manner == Manner.GITLAB ? gitlab(call, path) : plain(call, path);
    }

    private Status gitlab(Call call, String path) {
        return switch (call.method() + " " + path.replace(place, "STATE")) {
            case "GET STATE" -> content().map(text -> new Status(200, text)).orElse(new Status(404, ""));
            case "POST STATE" -> {
                JsonNode state = AdminApi.json(call.body());
                if (!state.hasNonNull("serial")) {
                    yield new Status(422, "{\"message\":\"No serial in payload\"}");
                }
                if (!holds(call)) {
                    yield new Status(500, "{\"message\":\"500 Internal Server Error\"}");
                }
                if (versions.containsKey(state.path("serial").asLong())) {
                    yield new Status(422, "{\"message\":\"duplicate key value violates unique constraint\"}");
                }
                yield store(call, state);
            }
            case "POST STATE/lock" -> {
                ObjectNode asked = (ObjectNode) AdminApi.json(call.body());
                boolean free = lock == null;
                ObjectNode held = lock != null ? lock : asked.deepCopy();
                lock = held;
                asked.set("ID", held.path("ID"));
                asked.put("Who", "gitlab-user");
                asked.set("Created", held.path("Created"));
                yield new Status(free ? 200 : 409, asked.toString());
            }
            case "DELETE STATE/lock" -> unlock(call, 409, "");
            default -> new Status(404, "{\"message\":\"404 Not Found\"}");
        };
    }

    private Status plain(Call call, String path) {
        if (!path.equals(place)) {
            return new Status(404, "");
        }
        return switch (call.method()) {
            case "GET" -> content().map(text -> new Status(200, text)).orElse(new Status(204, ""));
            case "POST" -> {
                if (!holds(call)) {
                    yield new Status(423, lock == null ? "" : lock.toString());
                }
                versions.clear();
                yield store(call, AdminApi.json(call.body()));
            }
            case "LOCK" -> {
                if (lock != null) {
                    yield new Status(423, lock.toString());
                }
                lock = (ObjectNode) AdminApi.json(call.body());
                yield new Status(200, "");
            }
            case "UNLOCK" -> unlock(call, 423, lock == null ? "" : lock.toString());
            default -> new Status(405, "");
        };
    }

    private Status store(Call call, JsonNode state) {
        versions.put(state.path("serial").asLong(), call.body());
        written.add(call.body());
        return new Status(200, "");
    }

    private Status unlock(Call call, int refusal, String refused) {
        String id = AdminApi.json(call.body()).path("ID").asText();
        if (lock == null || !lock.path("ID").asText().equals(id)) {
            return new Status(refusal, refused);
        }
        lock = null;
        return new Status(200, "");
    }

    private boolean holds(Call call) {
        int at = call.path().indexOf("?ID=");
        String id = at < 0 ? "" : call.path().substring(at + 4);
        return lockId().orElse("").equals(id);
    }

    private static String md5(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
    }
}
