package dev.realmform.keycloak;

import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which providers and features a server has, as far as it tells this login. What it does not tell counts as there: then the
 * server itself answers for it, when it is written.
 */
final class ServerProviders {

    private final Reader reader;

    ServerProviders(Reader reader) {
        this.reader = reader;
    }

    /** Whether the server says that it has no such provider of a kind, such as {@code client-policy-executor}. */
    boolean lacks(String kind, String provider) {
        return lacks(ofServer(kind), provider);
    }

    /**
     * The same for protocol mappers. One of the client registration policies lists their types as its options, and the role
     * view-realm sees it (26.7.3): a realm that is not there yet answers 404, and then the server is asked.
     */
    boolean lacksMapper(String realm, String provider) {
        Set<String> types = ofRegistration(realm);
        return lacks(types.isEmpty() ? ofServer("protocol-mapper") : types, provider);
    }

    /** The policies of authorization services that a new client can have; empty if this login may not see it. */
    Set<String> policies() {
        return ofServer("policy");
    }

    /** Whether the server says that a feature is off. */
    boolean isOff(String feature) {
        return reader.serverInfo()
                .list("features")
                .stream()
                .anyMatch(item -> item instanceof Value.MapOf map && map.text("name").equals(Optional.of(feature))
                        && !map.isTrue("enabled"));
    }

    private static boolean lacks(Set<String> providers, String provider) {
        return !providers.isEmpty() && !providers.contains(provider);
    }

    private Set<String> ofServer(String kind) {
        return reader.serverInfo().map("providers").map(kind).map("providers").fields().keySet();
    }

    private Set<String> ofRegistration(String realm) {
        Set<String> types = new TreeSet<>();
        Reader.ifAllowed(() -> reader.objects(realm, "client-registration-policy", "providers"))
                .orElse(List.of())
                .stream()
                .flatMap(policy -> policy.list("properties").stream())
                .forEach(item -> {
                    if (item instanceof Value.MapOf property
                            && property.text("name").equals(Optional.of("allowed-protocol-mapper-types"))) {
                        types.addAll(property.texts("options"));
                    }
                });
        return types;
    }
}
