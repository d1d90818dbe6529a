package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/** How a call ended, as far as the caller has to judge it. */
public sealed interface Answer {

    /**
     * The server answered. Statuses from 400 on are for the caller: 404 and 409 are ordinary, {@link Problems} puts the others
     * into words. Bodies of such answers hold no secret that this run knows.
     *
     * @param body      {@link Value#NULL} if there is none
     * @param createdId the last segment of {@code Location}
     */
    record Answered(int status, Value body, Optional<String> createdId) implements Answer {

        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** The body as an object; empty if it is something else. */
        public Value.MapOf map() {
            return body instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        }

        /** The objects in a body that is a list; items that are none are left out. */
        public List<Value.MapOf> maps() {
            return body instanceof Value.ListOf(List<Value> items)
                    ? items.stream().filter(Value.MapOf.class::isInstance).map(Value.MapOf.class::cast).toList()
                    : List.of();
        }
    }

    /**
     * The request may or may not have taken effect: its answer was lost. It is resolved by looking, never by sending it again.
     * Reads are never lost; they are repeated, or fail.
     */
    record Lost(Problem cause) implements Answer {}
}
