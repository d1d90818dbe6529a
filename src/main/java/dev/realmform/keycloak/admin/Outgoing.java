package dev.realmform.keycloak.admin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A call as it goes over the wire.
 *
 * @param target     path and query below the server's address, encoded
 * @param content    asked for at each attempt, since a client assertion is good for one use only
 * @param repeatable whether it may be sent again when it may have been acted upon
 */
record Outgoing(Method method, String target, Optional<String> bearer, Optional<Supplier<Content>> content,
        boolean repeatable) {

    /** A body and its media type. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; and what is printed by accident is no content
    record Content(String type, byte[] bytes) {

        static Content form(Map<String, String> fields) {
            String text = fields.entrySet()
                    .stream()
                    .map(field -> Request.encoded(field.getKey()) + "=" + Request.encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            return new Content("application/x-www-form-urlencoded", text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    static Outgoing get(String target) {
        return new Outgoing(Method.GET, target, Optional.empty(), Optional.empty(), true);
    }

    /** A form of the token protocol, which may be sent twice. */
    static Outgoing form(String target, Supplier<Map<String, String>> fields) {
        return new Outgoing(Method.POST, target, Optional.empty(), Optional.of(() -> Content.form(fields.get())), true);
    }

    Outgoing as(String token) {
        return new Outgoing(method, target, Optional.of(token), content, repeatable);
    }
}
