package dev.realmform.keycloak.admin;

import java.util.Optional;

/**
 * A call as it goes over the wire.
 *
 * @param target     path and query below the server's address, encoded
 * @param repeatable whether it may be sent again when it may have been acted upon
 */
record Outgoing(Method method, String target, Optional<String> bearer, Optional<Content> content, boolean repeatable) {

    /** A body and its media type. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; and what is printed by accident is no content
    record Content(String type, byte[] bytes) {}

    static Outgoing get(String target) {
        return new Outgoing(Method.GET, target, Optional.empty(), Optional.empty(), true);
    }
}
