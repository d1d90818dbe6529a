package dev.realmform.keycloak.admin;

import jakarta.ws.rs.client.Client;
import java.net.URI;
import java.util.function.Consumer;
import org.apache.http.HttpHost;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.jboss.resteasy.client.jaxrs.engines.ApacheHttpClient43Engine;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.jboss.resteasy.spi.config.SizeUnit;
import org.jboss.resteasy.spi.config.Threshold;

/** The admin client's HTTP stack (RESTEasy over Apache HttpClient), with its habits switched off. */
final class HttpStack {

    private HttpStack() {}

    @SuppressWarnings("removal") // The engine's interface cannot set the threshold below.
    static Client open(Connection connection, Consumer<String> warning) {
        ApacheHttpClient43Engine engine = new ApacheHttpClient43Engine(http(connection, warning), true);
        // Else a body of more than 1 MB, secrets in clear, would pass through a temporary file.
        engine.setFileUploadMemoryThreshold(Threshold.of(1, SizeUnit.GIGABYTE));
        return new ResteasyClientBuilderImpl().httpEngine(engine).build();
    }

    private static CloseableHttpClient http(Connection connection, Consumer<String> warning) {
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
        }
        if (connection.insecureTls()) {
            warning.accept("insecureTls is set: the server's certificate is not checked, so anybody in between can read"
                    + " and change everything, the login too.");
            http.setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        }
        return http
                .useSystemProperties()
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
