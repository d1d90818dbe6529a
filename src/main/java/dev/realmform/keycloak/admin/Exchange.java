package dev.realmform.keycloak.admin;

import dev.realmform.model.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** How one attempt on the wire ended. */
sealed interface Exchange {

    /**
     * The server, or something on the way, answered.
     *
     * @param headers names in lower case
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; and what is printed by accident is no content
    record Reply(int status, SortedMap<String, String> headers, byte[] body) implements Exchange {

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * No answer, or half of one.
     *
     * @param sent  whether the request may have reached the server
     * @param hopeless whether trying again is pointless
     * @param brief in two or three words
     */
    record Broken(Problem problem, String brief, boolean sent, boolean hopeless) implements Exchange {}
}
