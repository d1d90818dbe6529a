package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;

/**
 * What a PUT of a client has to name to keep it.
 *
 * <p>One that does not name {@code authorizationServicesEnabled} switches them off, and all their settings are gone (26.7.3). One
 * that does not name {@code frontchannelLogout} makes it false, unless the client is public: the server looks at another field
 * (26.1.4; keycloak/keycloak#48432).
 */
final class KeptOnClients {

    private static final List<String> FIELDS = List.of(ResourceServer.ENABLED, "frontchannelLogout");

    private KeptOnClients() {}

    /** The fields of a PUT, and these where they are on and stay so. */
    static Value.MapOf kept(Value.MapOf changed, Value.MapOf planned) {
        Value.MapOf kept = changed;
        for (String field : FIELDS) {
            if (!changed.has(field) && planned.isTrue(field)) {
                kept = kept.with(field, Value.bool(true));
            }
        }
        return kept;
    }
}
