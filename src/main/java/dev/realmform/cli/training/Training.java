package dev.realmform.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.realmform.cli.Shell.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What the launcher runs once per build, for the JVM's AOT cache: what is loaded here, starts fast from then on. A plan and an
 * apply go to a server of its own on 127.0.0.1 that answers something to everything. How they end does not matter.
 */
final class Training {

    private static final String DESIRED = """
            realm: training
            displayName: Training
            attributes: {ours: "1"}
            clients:
              shop: {redirectUris: ["https://shop.example.com/*"], secret: "$(env:TRAINING_SECRET)"}
              till: {publicClient: true, protocolMappers: {aud: {protocolMapper: oidc-audience-mapper, config: {access.token.claim: "true"}}}}
            roles: {realm: {reader: {description: Reads}, writer: {}}, client: {shop: {buyer: {attributes: {a: [b]}}}}}
            groups: {/Staff: {realmRoles: [reader], $members: {$add: [ada]}}, /Staff/Till: {clientRoles: {shop: [buyer]}}}
            users: {ada: {email: ada@example.com, groups: {$add: [/Staff]}, realmRoles: {$add: [reader]}}}
            """;

    /** What a path ends with, and what is there. */
    private static final Map<String, String> ANSWERS = Map.of(
            "/realms/training",
            "{\"id\": \"1\", \"realm\": \"training\", \"enabled\": true, \"attributes\": {\"a\": \"b\"}}",
            "/clients", "[{\"id\": \"2\", \"clientId\": \"shop\", \"redirectUris\": [], \"secret\": \"other\"}]",
            "/roles", "[{\"id\": \"3\", \"name\": \"reader\", \"description\": \"\"}]",
            "/groups", "[{\"id\": \"4\", \"name\": \"Staff\", \"path\": \"/Staff\", \"subGroupCount\": 0}]",
            "/groups/count", "{\"count\": 1}",
            "/users/count", "1",
            "/users/profile", "{\"attributes\": [{\"name\": \"username\"}, {\"name\": \"email\"}]}");

    private static final AtomicInteger MADE = new AtomicInteger(100);

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Training::answer);
        server.start();
        Path folder = Files.createTempDirectory("realmform-training");
        try {
            Files.writeString(folder.resolve("training.yaml"), DESIRED);
            Shell shell = shell("http://127.0.0.1:" + server.getAddress().getPort(), folder);
            for (String command : new String[]{"validate", "plan", "apply --auto-approve", "plan --json"}) {
                new Realmform(shell).run((command + " -f training.yaml").split(" "));
            }
        } finally {
            server.stop(0);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static Shell shell(String url, Path folder) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return new Shell(nowhere, nowhere, new ByteArrayInputStream(new byte[0]),
                Map.of("KEYCLOAK_URL", url, "KEYCLOAK_USERNAME", "nobody", "KEYCLOAK_PASSWORD", "nothing",
                        "TRAINING_SECRET", "none"),
                folder, Terminal.NONE, StandardCharsets.UTF_8, InstantSource.system(), new SecureRandom());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            byte[] body = body(exchange.getRequestMethod(), path).getBytes(StandardCharsets.UTF_8);
            boolean makes = exchange.getRequestMethod().equals("POST") && path.startsWith("/admin/");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (makes) {
                exchange.getResponseHeaders().set("Location", path + "/" + MADE.incrementAndGet());
            }
            exchange.sendResponseHeaders(makes ? 201 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String body(String method, String path) {
        if (path.endsWith("/token")) {
            String claims = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"sub\": \"1\", \"azp\": \"admin-cli\"}".getBytes(StandardCharsets.UTF_8));
            return "{\"access_token\": \"e30." + claims + ".\", \"expires_in\": 60, \"token_type\": \"Bearer\"}";
        }
        return method.equals("GET")
                ? ANSWERS.entrySet()
                        .stream()
                        .filter(answer -> path.endsWith(answer.getKey()))
                        .max(Comparator.comparingInt(answer -> answer.getKey().length()))
                        .map(Map.Entry::getValue)
                        .orElse("[]")
                : "";
    }
}
