package dev.realmform.cli;

import dev.realmform.keycloak.admin.EnvironmentProxy;
import dev.realmform.model.Problem;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** An address on the web that somebody wrote, and the way there. */
record WebAddress(URI url) {

    /** Empty if it is none. Then it must not be repeated: it may hold a password. */
    static Optional<WebAddress> of(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return Optional.of(new WebAddress(url)).filter(it -> web && url.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** What an option names. */
    static WebAddress ofOption(String option, String text) {
        return of(text).filter(address -> !address.holdsLogin())
                .orElseThrow(() -> new Problem(Problem.Kind.USAGE,
                        option + " is no web address, or holds a login", "",
                        "Write it with its scheme and host: https://osmo.example.com", Optional.empty()).asException());
    }

    boolean holdsLogin() {
        return url.getRawUserInfo() != null;
    }

    /** The address of something below. */
    URI at(String path) {
        return URI.create(this + path);
    }

    /** Whether others on the way can read what is sent. */
    boolean isInTheClear() {
        return url.getScheme().equals("http") && !url.getHost().matches("localhost|127\\..*|\\[::1]");
    }

    /** A client for it, by the proxy that the environment names. It follows no redirect, since it may carry a login. */
    HttpClient client(Shell shell, Duration timeout, Optional<SSLContext> tls) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(EnvironmentProxy.of(url, shell.environment())
                        .map(proxy -> ProxySelector.of(new InetSocketAddress(proxy.getHost(),
                                proxy.getPort() < 0 ? 80 : proxy.getPort())))
                        .orElseGet(ProxySelector::getDefault));
        tls.ifPresent(client::sslContext);
        return client.build();
    }

    /** As it was written, without a slash at its end. */
    @Override
    public String toString() {
        return url.toString().replaceFirst("/+$", "");
    }
}
