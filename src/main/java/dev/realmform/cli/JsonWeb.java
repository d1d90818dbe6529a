package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.keycloak.admin.Tls;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * JSON over HTTP, for what is not Keycloak's admin API. Sends nothing twice.
 *
 * @param token goes with each request
 * @param log   is told of each request: never with its body
 */
record JsonWeb(HttpClient client, Duration timeout, Optional<Secret> token, Consumer<String> log)
        implements
            AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final int LONGEST = 200;

    /** A server's answer; {@link Value#NULL} for a body that is no JSON. */
    record Reply(int status, Value body) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        Value.MapOf map() {
            return body instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        }

        /** What the server says about it, if it says something. */
        String words() {
            Optional<String> said = map().text("message").or(() -> map().text("detail")).or(() -> map().text("error"));
            String line = said.orElse("").replaceAll("\\p{C}+", " ").strip();
            return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        }
    }

    /** A way to one server. Whoever sends a token where others can read it is warned. */
    static JsonWeb to(WebAddress address, Speaking speaking, Duration timeout, Optional<SSLContext> tls,
            Optional<Secret> token) {
        if (token.isPresent() && address.isInTheClear()) {
            speaking.warn("the token goes to " + address.url().getHost() + " without encryption.");
        }
        Shell shell = speaking.shell();
        return new JsonWeb(address.client(shell, timeout, tls), timeout, token, call -> {
            if (speaking.options().verbose) {
                shell.err().println(call);
            }
        });
    }

    /** The same with the patience and the certificates that options, or else the environment, name for Keycloak. */
    static JsonWeb to(WebAddress address, Speaking speaking, ServerOptions options, Optional<Secret> token) {
        Duration timeout = Optional.ofNullable(options.timeout)
                .map(text -> Times.parse("--timeout", text))
                .orElse(PATIENCE);
        Optional<Path> authorities = Optional.ofNullable(options.caFile)
                .or(() -> speaking.shell().variable("KEYCLOAK_CA_FILE"))
                .map(speaking.shell().folder()::resolve);
        return to(address, speaking, timeout,
                Tls.context(authorities, Optional.empty(), options.insecureTls, "--ca-file"), token);
    }

    /** The same server, without telling it who asks. */
    JsonWeb anonymously() {
        return new JsonWeb(client, timeout, Optional.empty(), log);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws ProblemException UNREACHABLE if there is none
     */
    Reply send(String method, URI url, Optional<Value> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Accept", "application/json")
                .method(method, body.map(json -> BodyPublishers.ofString(Json.compact(json, Json.Secrets.HIDE)))
                        .orElseGet(BodyPublishers::noBody));
        body.ifPresent(json -> request.header("Content-Type", "application/json"));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
        try {
            HttpResponse<byte[]> response = client.send(request.build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
            log.accept(method + " " + url + " " + response.statusCode());
            return new Reply(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new Problem(Problem.Kind.UNREACHABLE,
                    "nobody answers at " + url.getScheme() + "://" + url.getRawAuthority() + ": "
                            + reason.replaceAll("\\p{C}+", " "),
                    method + " " + url, "Is the address right, and does the server run?", Optional.of(e)).asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.INTERRUPTED, "interrupted", method + " " + url, "", Optional.of(e))
                    .asException();
        }
    }

    private static Value json(byte[] body) {
        try {
            return Json.parse(body);
        } catch (ProblemException e) {
            return Value.NULL; // a page of a proxy, or nothing at all
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
