package dev.realmform.keycloak.admin;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.apache.http.HttpHost;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.util.PublicSuffixMatcher;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/** The HTTP client below the admin client (Apache HttpClient), with its habits switched off. */
final class HttpStack {

    private HttpStack() {}

    static CloseableHttpClient open(Connection connection, Consumer<String> warning) {
        int millis = Math.toIntExact(Math.min(connection.timeout().toMillis(), Integer.MAX_VALUE));
        RequestConfig config = RequestConfig.custom()
                .setConnectTimeout(millis)
                .setSocketTimeout(millis)
                .setConnectionRequestTimeout(millis)
                .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                .setRedirectsEnabled(false)
                // Else "%2F" or a dot segment in a name would be rewritten.
                .setNormalizeUri(false)
                .build();
        // One more than the calls in flight: a token is renewed inside a call.
        int connections = connection.concurrency() + 1;
        HttpClientBuilder http = HttpClientBuilder.create();
        connection.proxy().ifPresent(proxy -> http.setProxy(host(proxy)));
        Tls.context(connection).ifPresent(http::setSSLContext);
        boolean tls = !connection.url().getScheme().equals("http")
                || connection.proxy().filter(proxy -> !proxy.getScheme().equals("http")).isPresent();
        if (!tls) {
            http.setConnectionManager(withoutTls(connections));
            // Else a list of 10,000 domains is read, which certificates with a wildcard are held against.
            http.setPublicSuffixMatcher(new PublicSuffixMatcher(List.of(), List.of()));
        }
        if (connection.insecureTls()) {
            warning.accept("insecureTls is set: the server's certificate is not checked, so anybody in between can read"
                    + " and change everything, the login too.");
            http.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        }
        return http
                .useSystemProperties()
                .setUserAgent("realmform")
                .setDefaultRequestConfig(config)
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /** For a server that speaks none: setting it up takes 25 ms of each run (measured), and no redirect is followed. */
    private static PoolingHttpClientConnectionManager withoutTls(int connections) {
        PoolingHttpClientConnectionManager plain = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", PlainConnectionSocketFactory.getSocketFactory())
                        .build());
        plain.setMaxTotal(connections);
        plain.setDefaultMaxPerRoute(connections);
        return plain;
    }

    private static HttpHost host(URI proxy) {
        int port = proxy.getPort() >= 0 ? proxy.getPort() : proxy.getScheme().equals("https") ? 443 : 80;
        return new HttpHost(proxy.getHost(), port, proxy.getScheme());
    }
}
