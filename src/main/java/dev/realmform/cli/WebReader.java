package dev.realmform.cli;

import dev.realmform.keycloak.admin.EnvironmentProxy;
import dev.realmform.keycloak.admin.Tls;
import dev.realmform.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Reads single pages that need no login at Keycloak: its keys, and what OSMO answers. Follows no redirect. */
final class WebReader {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Nothing that is read here is longer. */
    private static final int MOST_BYTES = 4_000_000;

    /** What was answered. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares pages.
    record Page(int status, byte[] body) {}

    private final HttpClient client;
    private final Duration timeout;

    private WebReader(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /** With the proxy of the environment, and the certificates that the options name. */
    static WebReader of(URI url, Shell shell, ServerOptions options) {
        Duration timeout = Optional.ofNullable(options.timeout)
                .map(text -> Times.parse("--timeout", text))
                .orElse(PATIENCE);
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(EnvironmentProxy.of(url, shell.environment())
                        .map(proxy -> ProxySelector.of(
                                new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())))
                        .orElseGet(ProxySelector::getDefault));
        Optional<Path> authorities = Optional.ofNullable(options.caFile)
                .or(() -> shell.variable("KEYCLOAK_CA_FILE"))
                .map(shell.folder()::resolve);
        Tls.context(authorities, Optional.empty(), options.insecureTls, "--ca-file").ifPresent(client::sslContext);
        return new WebReader(client.build(), timeout);
    }

    /**
     * An address that somebody gave. It is not repeated if it is none: it may hold a password.
     *
     * @param option where it was given
     */
    static URI url(String option, String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw notAnAddress(option);
        }
        throw notAnAddress(option);
    }

    private static RuntimeException notAnAddress(String option) {
        return new Problem(Problem.Kind.USAGE, option + " is no web address", "",
                "Write it like https://osmo.example.com.",
                Optional.empty()).asException();
    }

    /**
     * One page.
     *
     * @param bearer a token that is sent along
     * @throws dev.realmform.model.ProblemException UNREACHABLE if nobody answers
     */
    Page get(URI url, Optional<String> bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(timeout).header("Accept", "application/json");
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token.strip()));
        try {
            var response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Page(response.statusCode(), body.readNBytes(MOST_BYTES));
            }
        } catch (IOException e) {
            throw new Problem(Problem.Kind.UNREACHABLE, "nobody answers at " + url.getScheme() + "://" + url.getHost()
                    + (url.getPort() < 0 ? "" : ":" + url.getPort()), "",
                    "Is the address right, and reachable from here?",
                    Optional.of(e)).asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Problem.Kind.INTERRUPTED, "interrupted", "", "", Optional.of(e)).asException();
        }
    }
}
