package dev.realmform.kubernetes.section;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * An address under which people reach Keycloak.
 *
 * @param text the whole of it, without a slash at its end
 * @param path {@code /} or the way to Keycloak on that host, without a slash at its end
 */
record SiteUrl(String text, String host, String path) {

    /** A host, or a URL; empty if it is neither, which has been said then. */
    static Optional<SiteUrl> of(Part part) {
        String written = part.text().orElse("");
        String url = (written.contains("://") ? written : "https://" + written).replaceAll("/+$", "");
        try {
            URI uri = new URI(url);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (plain && uri.getHost() != null && uri.getScheme().matches("https?")) {
                String path = uri.getRawPath();
                return Optional.of(new SiteUrl(url, uri.getHost().toLowerCase(Locale.ROOT),
                        path == null || path.isEmpty() ? "/" : path));
            }
        } catch (URISyntaxException e) {
            // Said below: the exception's own text says no more.
        }
        part.complain("this is neither a host nor a URL: " + written.replaceAll("\\p{Cntrl}", "?"),
                "Write auth.example.com or https://auth.example.com.");
        return Optional.empty();
    }

    /** A path below the one of this address. */
    String under(String below) {
        return (path.equals("/") ? "" : path) + below;
    }
}
