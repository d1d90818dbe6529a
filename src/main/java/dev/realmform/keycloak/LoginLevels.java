package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The levels of logins that a client asks for. The server refuses a number that is neither in a map of the client or the realm
 * nor a level of the browser flow that is bound by then (26.7.3).
 */
final class LoginLevels {

    static final String WITHOUT_FLOW = "Write the levels into the attribute acr.loa.map of the client, such as"
            + " '{\"2\": 2}': then the server does not look for them in the flow.";

    private static final String MAP = "acr.loa.map";

    private LoginLevels() {}

    /** Whether a client asks for a level that it does not explain itself. */
    static boolean areOfFlow(Value.MapOf client) {
        Value.MapOf attributes = client.map(Attributes.FIELD);
        List<String> asked = Stream.of("default.acr.values", "minimum.acr.value")
                .flatMap(name -> attributes.text(name).stream())
                .flatMap(text -> Arrays.stream(text.split("##", -1)))
                .filter(level -> level.matches("[0-9]+"))
                .toList();
        return !asked.isEmpty() && !mapped(attributes).containsAll(asked);
    }

    private static Set<String> mapped(Value.MapOf attributes) {
        try {
            return attributes.text(MAP).map(Json::parse).orElse(Value.NULL) instanceof Value.MapOf map
                    ? map.fields().keySet()
                    : Set.of();
        } catch (ProblemException e) {
            return Set.of();
        }
    }
}
