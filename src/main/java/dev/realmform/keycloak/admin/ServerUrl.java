package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server's address without what must not be shown.
 *
 * @param address scheme, host, port and path, no slash at its end
 * @param secrets what stood before an {@code @}: neither sent nor shown
 */
record ServerUrl(String address, List<String> secrets) {

    static ServerUrl of(URI url) {
        String scheme = String.valueOf(url.getScheme());
        if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
            throw Problem.invalid("the server's address is not an http or https URL", "realmform.server.url",
                    "Write it like https://sso.example.com, or like https://sso.example.com/auth.").asException();
        }
        String path = Optional.ofNullable(url.getRawPath()).orElse("").replaceFirst("/+$", "");
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        List<String> secrets = Stream.of(url.getUserInfo(), url.getRawUserInfo())
                .flatMap(Stream::ofNullable)
                .flatMap(info -> Stream.of(info, info.substring(info.indexOf(':') + 1)))
                .toList();
        return new ServerUrl(scheme + "://" + url.getHost() + port + path, secrets);
    }
}
