package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.Optional;

/**
 * Who we are on the server, by the claims of our own access token.
 *
 * @param server   the server as its tokens name it, without a realm: what tells one server from another
 * @param realm    the realm of the login
 * @param clientId the client that we log in with
 * @param userId   the user, or the client's service account
 * @param username its name
 * @param claims   all of the token
 */
record Login(String server, String realm, String clientId, Optional<String> userId, Optional<String> username,
        Value.MapOf claims) {

    private static final String REALMS = "/realms/";

    static Login of(Value.MapOf claims) {
        String issuer = claims.text("iss").orElse("");
        int at = issuer.lastIndexOf(REALMS);
        return new Login(at < 0 ? issuer : issuer.substring(0, at),
                at < 0 ? "" : issuer.substring(at + REALMS.length()), claims.text("azp").orElse(""),
                claims.text("sub"), claims.text("preferred_username"), claims);
    }

    boolean isServiceAccount() {
        return username.filter(name -> name.startsWith("service-account-")).isPresent();
    }

    /** Whether the token carries a role of its realm. */
    boolean hasRealmRole(String role) {
        return claims.map("realm_access").texts("roles").contains(role);
    }

    /** Whether the token carries a role of a client of its realm. */
    boolean hasClientRole(String client, String role) {
        return claims.map("resource_access").map(client).texts("roles").contains(role);
    }
}
