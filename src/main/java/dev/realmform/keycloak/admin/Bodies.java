package dev.realmform.keycloak.admin;

import dev.realmform.json.Json;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Value trees as JSON on the wire. The only place that reveals the secrets in them. */
final class Bodies {

    private Bodies() {}

    /**
     * The bytes to send.
     *
     * @param revealed hears of every secret that is about to be sent
     */
    static byte[] write(Value value, Consumer<String> revealed) {
        secrets(value, revealed);
        return Json.compact(value, Json.Secrets.REVEAL).getBytes(StandardCharsets.UTF_8);
    }

    private static void secrets(Value value, Consumer<String> revealed) {
        switch (value) {
            case Secret secret -> revealed.accept(secret.reveal());
            case Value.ListOf list -> list.items().forEach(item -> secrets(item, revealed));
            case Value.MapOf map -> map.fields().values().forEach(field -> secrets(field, revealed));
            case Value.Null _,Value.Bool _,Value.Num _,Value.Text _,Value.Unknown _,Value.Hidden _ -> {
            }
        }
    }

    /** The tree in an answer; {@link Value#NULL} for no bytes; empty if it is not JSON. */
    static Optional<Value> read(byte[] bytes) {
        return read(bytes, Set.of());
    }

    /**
     * As {@link #read}.
     *
     * @param kept as in {@link Json#parse(byte[], Set)}
     */
    static Optional<Value> read(byte[] bytes, Set<String> kept) {
        if (bytes.length == 0) {
            return Optional.of(Value.NULL);
        }
        try {
            return Optional.of(Json.parse(bytes, kept));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** As {@link #read}; empty also if it is no object. */
    static Optional<Value.MapOf> readMap(byte[] bytes) {
        return read(bytes).filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast);
    }
}
