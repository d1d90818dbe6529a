package dev.realmform.keycloak;

import dev.realmform.model.Value;

/**
 * What a PUT of a client has to name to keep it.
 *
 * <p>One that does not name {@code authorizationServicesEnabled} switches them off, and all their settings are gone (26.7.3). One
 * that does not name {@code frontchannelLogout} makes it what {@code publicClient} is: the server looks at the wrong field
 * (26.1.4; keycloak/keycloak#48432).
 */
final class KeptOnClients {

    private static final String LOGOUT = "frontchannelLogout";

    private KeptOnClients() {}

    /** The fields of a PUT, and these as they are and stay. */
    static Value.MapOf kept(Value.MapOf changed, Value.MapOf planned) {
        Value.MapOf kept = changed.has(ResourceServer.ENABLED) || !planned.isTrue(ResourceServer.ENABLED) ? changed
                : changed.with(ResourceServer.ENABLED, Value.bool(true));
        return planned.get(LOGOUT).filter(ignored -> !kept.has(LOGOUT)).map(as -> kept.with(LOGOUT, as)).orElse(kept);
    }
}
