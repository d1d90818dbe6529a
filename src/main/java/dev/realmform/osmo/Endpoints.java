package dev.realmform.osmo;

import dev.realmform.model.Value;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Where Keycloak answers for one realm.
 *
 * @param device where a device asks for a code; {@code …/device}, as OSMO's guide has it, answers 405
 * @param logout where a session of Keycloak ends
 * @param keys   the keys that tokens are signed with
 */
public record Endpoints(String issuer, String authorization, String token, String device, String logout, String keys) {

    /** As Keycloak has them, if it is served at the root of a host. */
    static Endpoints at(String host, String realm) {
        return below("https://" + host + "/realms/"
                + URLEncoder.encode(realm, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** As Keycloak has them below the address of a realm. */
    public static Endpoints below(String issuer) {
        String oidc = issuer + "/protocol/openid-connect/";
        return new Endpoints(issuer, oidc + "auth", oidc + "token", oidc + "auth/device", oidc + "logout",
                oidc + "certs");
    }

    /** As a server tells them ({@code /.well-known/openid-configuration}); empty if one is missing. */
    public static Optional<Endpoints> discovered(Value.MapOf document) {
        Endpoints found = new Endpoints(text(document, "issuer"), text(document, "authorization_endpoint"),
                text(document, "token_endpoint"), text(document, "device_authorization_endpoint"),
                text(document, "end_session_endpoint"), text(document, "jwks_uri"));
        boolean whole = !(found.issuer.isEmpty() || found.authorization.isEmpty() || found.token.isEmpty()
                || found.device.isEmpty() || found.logout.isEmpty() || found.keys.isEmpty());
        return Optional.of(found).filter(it -> whole);
    }

    /** By the names that discovery has for them, the issuer left out. */
    SequencedMap<String, String> announced() {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        all.put("authorization_endpoint", authorization);
        all.put("token_endpoint", token);
        all.put("jwks_uri", keys);
        all.put("device_authorization_endpoint", device);
        all.put("end_session_endpoint", logout);
        return all;
    }

    private static String text(Value.MapOf document, String field) {
        return document.text(field).orElse("");
    }

    /** The host of the keys, which Envoy fetches. */
    String host() {
        return authority(keys).replaceFirst(":[0-9]+$", "");
    }

    /** Host and, if it is not the usual one, port of the logout, which the browser is sent to. */
    String logoutHost() {
        return authority(logout);
    }

    /** Whether Envoy, which goes to port 443 with TLS whatever the address says, gets to the keys. */
    boolean isWhereEnvoyGoes() {
        return keys.startsWith("https://") && authority(keys).matches("[^:]*(:443)?");
    }

    private static String authority(String url) {
        String authority = URI.create(url).getRawAuthority();
        return authority == null ? "" : authority;
    }
}
