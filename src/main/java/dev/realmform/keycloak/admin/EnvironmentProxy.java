package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxy that the usual environment variables name, in either case; curl and pipelines know them, the JDK does not. */
public final class EnvironmentProxy {

    /** This machine itself, as in the JDK's default of {@code http.nonProxyHosts}. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");

    private EnvironmentProxy() {}

    /** The proxy for an address; empty if none is named for it. */
    public static Optional<URI> of(URI url, Map<String, String> environment) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        boolean direct = LOOPBACK.matcher(host).matches() || Stream.of("no_proxy", "NO_PROXY")
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .flatMap(list -> Stream.of(list.split(",", -1)))
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .anyMatch(entry -> excludes(entry, host));
        String name = url.getScheme() + "_proxy";
        return direct
                ? Optional.empty()
                : Stream.of(name, name.toUpperCase(Locale.ROOT))
                        .flatMap(key -> Stream.ofNullable(environment.get(key)))
                        .filter(value -> !value.isBlank())
                        .findFirst()
                        .map(EnvironmentProxy::uri)
                        .filter(proxy -> proxy.getHost() != null);
    }

    private static boolean excludes(String entry, String host) {
        String domain = entry.startsWith(".") ? entry.substring(1) : entry;
        return entry.equals("*") || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)));
    }

    private static URI uri(String value) {
        try {
            return URI.create(value.contains("://") ? value.strip() : "http://" + value.strip());
        } catch (IllegalArgumentException e) {
            // Without the value, and without e, which quotes it: it may hold a password.
            throw Problem.invalid("the proxy's address is not a URL", "HTTPS_PROXY or HTTP_PROXY",
                    "Write it like http://proxy.example.com:3128.").asException();
        }
    }
}
