package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;

/**
 * What a PUT of a client has to name to keep it.
 *
 * <p>One that does not name {@code authorizationServicesEnabled} switches them off, and all their settings are gone (26.7.3). One
 * that does not name {@code frontchannelLogout} makes it what {@code publicClient} is: the server looks at the wrong field
 * (26.1.4; keycloak/keycloak#48432). One that does not name {@code webOrigins} gives a client that has none those of its
 * redirect URIs: it lets browsers in from there, which nobody asked for (26.7.3).
 */
final class KeptOnClients {

    private static final String LOGOUT = "frontchannelLogout";
    private static final String ORIGINS = "webOrigins";
    private static final Value NONE = new Value.ListOf(List.of());

    private KeptOnClients() {}

    /** The fields of a PUT, and these as they are and stay. */
    static Value.MapOf kept(Value.MapOf changed, Value.MapOf planned) {
        Value.MapOf enabled = changed.has(ResourceServer.ENABLED) || !planned.isTrue(ResourceServer.ENABLED) ? changed
                : changed.with(ResourceServer.ENABLED, Value.bool(true));
        Value.MapOf kept = !enabled.has(ORIGINS) && planned.get(ORIGINS).filter(NONE::equals).isPresent()
                ? enabled.with(ORIGINS, NONE)
                : enabled;
        return planned.get(LOGOUT).filter(ignored -> !kept.has(LOGOUT)).map(as -> kept.with(LOGOUT, as)).orElse(kept);
    }
}
