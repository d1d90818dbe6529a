package dev.realmform.cli.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speaks enough of the admin API for a plan and an apply to go through: whatever is posted to a path is an object below it from then
 * on. Knows nothing of what Keycloak adds, checks or forgets, so it is of no use to a test.
 */
final class TrainingServer implements AutoCloseable {

    private static final String REALMS = "/admin/realms";
    private static final List<String> NAMES = List.of("clientId", "username", "alias", "name", "realm");
    private static final Pattern PAGING = Pattern.compile("[?&](first|max)=(-?\\d+)");

    private record Answer(int status, String location, String body) {
        static Answer of(Value value) {
            return new Answer(200, "", Json.compact(value, Json.Secrets.HIDE));
        }
    }

    private final HttpServer server;
    /** By path of the collection and id. */
    private final Map<String, SequencedMap<String, Value.MapOf>> collections = new LinkedHashMap<>();
    private int made;

    private TrainingServer(HttpServer server) {
        this.server = server;
    }

    static TrainingServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrainingServer training = new TrainingServer(http);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", training::handle);
        http.start();
        return training;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (!answer.location().isEmpty()) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(String method, URI uri, String body) {
        String path = uri.getPath();
        if (!path.startsWith(REALMS)) {
            return path.endsWith("/token") ? token() : Answer.of(Value.EMPTY_MAP);
        }
        return switch (method) {
            case "GET" -> get(path, Optional.ofNullable(uri.getRawQuery()).map(query -> "?" + query).orElse(""));
            case "POST" -> post(path, Json.parse(body));
            case "PUT" -> {
                find(path).ifPresent(object -> keep(parent(path), object, Json.parse(body)));
                yield new Answer(204, "", "");
            }
            default -> new Answer(204, "", "");
        };
    }

    private static Answer token() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\": \"1\", \"azp\": \"admin-cli\"}".getBytes(StandardCharsets.UTF_8));
        return new Answer(200, "", "{\"access_token\": \"e30." + claims
                + ".\", \"expires_in\": 60, \"token_type\": \"Bearer\"}");
    }

    private Answer get(String path, String query) {
        if (path.endsWith("/count")) {
            int count = below(parent(path)).size();
            return Answer.of(path.endsWith("users/count") ? Value.num(count)
                    : Value.EMPTY_MAP.with("count", Value.num(count)));
        }
        if (path.endsWith("/users/profile")) {
            return new Answer(200, "", "{\"attributes\": [{\"name\": \"username\"}, {\"name\": \"email\"}]}");
        }
        Optional<Value.MapOf> object = find(path);
        if (object.isEmpty() && (parent(path).equals(REALMS) || path.matches(".*/(roles|clients)/[^/]+"))) {
            return new Answer(404, "", "{\"error\": \"not found\"}");
        }
        return Answer.of(object.<Value>map(one -> one).orElseGet(() -> page(List.copyOf(below(path).values()), query)));
    }

    private static Value page(List<Value.MapOf> all, String query) {
        int first = 0;
        int max = all.size();
        for (Matcher number = PAGING.matcher(query); number.find();) {
            int value = Integer.parseInt(number.group(2));
            if (number.group(1).equals("first")) {
                first = Math.min(value, all.size());
            } else if (value >= 0) {
                max = value;
            }
        }
        return new Value.ListOf(List.copyOf(all.subList(first, Math.min(all.size(), first + max))));
    }

    private Answer post(String path, Value body) {
        if (path.endsWith("/partialImport") && body instanceof Value.MapOf lists) {
            return Answer.of(Value.EMPTY_MAP.with("results", new Value.ListOf(imported(parent(path), lists))));
        }
        if (!(body instanceof Value.MapOf object)) {
            return new Answer(204, "", "");
        }
        return new Answer(201, url() + path + "/" + keep(path, object, Value.EMPTY_MAP), "");
    }

    private List<Value> imported(String realm, Value.MapOf lists) {
        List<Value> rows = new ArrayList<>();
        lists.map("roles").list("realm").forEach(role -> rows.add(row("REALM_ROLE", "", realm + "/roles", role)));
        lists.map("roles").map("client").fields().forEach((client, roles) -> {
            if (roles instanceof Value.ListOf list) {
                String of = find(realm + "/clients/" + client).flatMap(one -> one.text("id")).orElse(client);
                list.items()
                        .forEach(role -> rows.add(row("CLIENT_ROLE", client + "-->",
                                realm + "/clients/" + of + "/roles", role)));
            }
        });
        lists.list("groups").forEach(group -> rows.add(row("GROUP", "", realm + "/groups", group)));
        lists.list("users").forEach(user -> rows.add(row("USER", "", realm + "/users", user)));
        return rows;
    }

    private Value row(String type, String before, String collection, Value body) {
        Value.MapOf object = (Value.MapOf) body;
        String id = keep(collection, object, Value.EMPTY_MAP);
        return Value.EMPTY_MAP.with("action", Value.text("ADDED"))
                .with("resourceType", Value.text(type))
                .with("resourceName", Value.text(before + name(object)))
                .with("id", Value.text(id));
    }

    /** Answers the id. */
    private String keep(String collection, Value.MapOf object, Value changes) {
        String id = object.text("id")
                .orElseGet(() -> collection.equals(REALMS) ? name(object) : "00000000-0000-0000-0000-" + ++made);
        Value.MapOf kept = object.with("id", Value.text(id));
        if (changes instanceof Value.MapOf map) {
            for (Map.Entry<String, Value> field : map.fields().entrySet()) {
                kept = kept.with(field.getKey(), field.getValue());
            }
        }
        if (collection.endsWith("/groups") || collection.endsWith("/children")) {
            kept = grouped(collection, kept, id);
        }
        below(collection).put(id, kept);
        return id;
    }

    private Value.MapOf grouped(String collection, Value.MapOf group, String id) {
        String realm = collection.replaceFirst("/groups.*", "");
        String above = collection.endsWith("/children") ? find(parent(collection)).flatMap(one -> one.text("path"))
                .orElse("") : "";
        Value.MapOf whole = group.with("path", Value.text(above + "/" + name(group)))
                .with("subGroupCount", Value.num(group.list("subGroups").size()));
        below(realm + "/groups").putIfAbsent(id, whole);
        group.list("subGroups")
                .forEach(child -> keep(realm + "/groups/" + id + "/children", (Value.MapOf) child, Value.NULL));
        return whole.without("subGroups");
    }

    private Optional<Value.MapOf> find(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        Map<String, Value.MapOf> siblings = collections.getOrDefault(parent(path), new LinkedHashMap<>());
        return Optional.ofNullable(siblings.get(last))
                .or(() -> siblings.values().stream().filter(one -> name(one).equals(last)).findFirst());
    }

    private SequencedMap<String, Value.MapOf> below(String path) {
        return collections.computeIfAbsent(path, _ -> new LinkedHashMap<>());
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String name(Value.MapOf object) {
        return NAMES.stream().flatMap(field -> object.text(field).stream()).findFirst().orElse("");
    }
}
