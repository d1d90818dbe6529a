package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;

/**
 * The security headers of a realm's pages. They merge on the server: one that goes is sent empty, and stays as an empty one
 * (26.7.3).
 */
final class SecurityHeaders {

    static final String FIELD = "browserSecurityHeaders";

    /** Those that a new realm has (26.7.3). */
    static final List<String> NAMES = List.of("contentSecurityPolicy", "contentSecurityPolicyReportOnly",
            "xContentTypeOptions", "xFrameOptions", "xRobotsTag", "xXSSProtection", "strictTransportSecurity",
            "referrerPolicy");

    private static final Value NONE = Value.text("");

    private SecurityHeaders() {}

    /** What is planned of a realm, with the headers that it loses as empty ones. */
    static Value.MapOf kept(Value.MapOf planned, Value.MapOf live) {
        Value.MapOf headers = planned.map(FIELD);
        for (String name : live.map(FIELD).fields().keySet()) {
            headers = headers.has(name) ? headers : headers.with(name, NONE);
        }
        return headers.isEmpty() ? planned : planned.with(FIELD, headers);
    }

    /** The body that makes a realm: it gives each header that is left out a value of the server's, so a null is sent empty. */
    static Value.MapOf ofNew(Value.MapOf body, Value.MapOf desired) {
        boolean none = desired.get(FIELD).filter(Value.Null.class::isInstance).isPresent();
        Value.MapOf headers = body.map(FIELD);
        for (String name : NAMES) {
            boolean gone = none || desired.map(FIELD).get(name).filter(Value.Null.class::isInstance).isPresent();
            headers = gone ? headers.with(name, NONE) : headers;
        }
        return headers.isEmpty() ? body : body.with(FIELD, headers);
    }
}
