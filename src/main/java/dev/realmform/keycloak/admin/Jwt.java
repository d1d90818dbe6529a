package dev.realmform.keycloak.admin;

import dev.realmform.model.Value;
import java.util.Base64;

/** Looks into a token that the server will check, or has checked. */
final class Jwt {

    /** Header, payload, signature. */
    private static final int PARTS = 3;

    private Jwt() {}

    /** What the token claims, unchecked; empty if it is opaque. */
    static Value.MapOf claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Value.EMPTY_MAP;
        }
        try {
            return Bodies.readMap(Base64.getUrlDecoder().decode(parts[1])).orElse(Value.EMPTY_MAP);
        } catch (IllegalArgumentException e) {
            return Value.EMPTY_MAP;
        }
    }
}
