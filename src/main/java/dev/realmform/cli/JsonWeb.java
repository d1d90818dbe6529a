package dev.realmform.cli;

import dev.realmform.json.Json;
import dev.realmform.keycloak.admin.EnvironmentProxy;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

    /** A way to one server. */
    static JsonWeb to(URI url, Speaking speaking, Duration timeout, Optional<SSLContext> tls, Optional<Secret> token) {
        Shell shell = speaking.shell();
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(EnvironmentProxy.of(url, shell.environment())
                        .map(proxy -> ProxySelector.of(new InetSocketAddress(proxy.getHost(),
                                proxy.getPort() < 0 ? 80 : proxy.getPort())))
                        .orElseGet(ProxySelector::getDefault));
        tls.ifPresent(client::sslContext);
        return new JsonWeb(client.build(), timeout, token, call -> {
            if (speaking.options().verbose) {
                shell.err().println(call);
            }
        });
    }

    /** An address as somebody wrote it, without a slash at its end. It is not repeated in the problem: it may hold a password. */
    static URI address(String written, String what) {
        try {
            URI url = new URI(written.replaceFirst("/+$", ""));
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null && url.getRawQuery() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw notAnAddress(what);
        }
        throw notAnAddress(what);
    }

    private static ProblemException notAnAddress(String what) {
        return Problem.invalid(what + " is no web address, or holds a login", "",
                "Write it with its scheme and host: https://osmo.example.com").asException();
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
            throw new Problem(Problem.Kind.UNREACHABLE, "no answer: " + reason.replaceAll("\\p{C}+", " "),
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
