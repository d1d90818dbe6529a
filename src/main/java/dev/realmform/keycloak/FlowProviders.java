package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a server offers for the steps of flows. Asked in one realm, and the same in all. */
final class FlowProviders {

    private final Reader reader;
    private final String realm;

    FlowProviders(Reader reader, String realm) {
        this.reader = reader;
        this.realm = realm;
    }

    /** What the server offers for a step in a flow of that kind. */
    Optional<Set<String>> steps(String kind) {
        return ids(switch (kind) {
            case FlowType.FORM -> "form-action-providers";
            case FlowType.CLIENT -> "client-authenticator-providers";
            default -> "authenticator-providers";
        });
    }

    /** Forms, which sub-flows can be. */
    Optional<Set<String>> forms() {
        return ids("form-providers");
    }

    /** Empty if this login may not ask: then it is the server that answers. */
    private Optional<Set<String>> ids(String endpoint) {
        return ask(() -> reader.objects(realm, "authentication", endpoint)
                .stream()
                .flatMap(provider -> provider.text("id").stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The required actions that could be registered, and those that are. */
    Optional<Set<String>> actions() {
        return ask(() -> {
            Set<String> ids = new TreeSet<>();
            for (String endpoint : List.of("unregistered-required-actions", "required-actions")) {
                List<Value.MapOf> actions = reader.objects(realm, "authentication", endpoint);
                actions.forEach(action -> action.text("providerId").ifPresent(ids::add));
            }
            return ids;
        });
    }

    private static Optional<Set<String>> ask(java.util.function.Supplier<Set<String>> question) {
        return Reader.ifAllowed(question).filter(ids -> !ids.isEmpty());
    }
}
