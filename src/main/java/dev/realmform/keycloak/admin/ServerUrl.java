package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.net.URI;
import java.util.Optional;

/**
 * A server's address without what must not be shown.
 *
 * @param address  scheme, host, port and path, no slash at its end
 * @param userInfo what stood before an {@code @}: not sent, not shown
 */
record ServerUrl(String address, Optional<String> userInfo) {

    static ServerUrl of(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            throw Problem.invalid("the server's address is not an http or https URL", "realmform.server.url",
                    "Write it like https://sso.example.com, or like https://sso.example.com/auth.").asException();
        }
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new ServerUrl(scheme + "://" + url.getHost() + port + path.replaceFirst("/+$", ""),
                Optional.ofNullable(url.getUserInfo()));
    }
}
