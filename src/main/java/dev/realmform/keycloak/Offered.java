package dev.realmform.keycloak;

import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which providers a server offers for one kind of component, and which settings each of them has.
 *
 * <p>It is asked of any component of the realm: whichever that is, the server answers for the kind that it is asked about, and
 * to those who may view the realm (26.7.3). Nothing else tells it to them.
 *
 * @param settings by provider
 */
record Offered(SortedMap<String, Set<String>> settings) {

    /** Empty if this login cannot find out. A realm that is not there yet will have what that of the login has. */
    static Optional<Offered> of(Reader reader, String realm, String kind) {
        return Stream.of(realm, reader.home())
                .distinct()
                .flatMap(place -> from(reader, place, kind).stream())
                .findFirst();
    }

    private static Optional<Offered> from(Reader reader, String realm, String kind) {
        return Reader.ifAllowed(() -> ComponentTree.read(reader, realm)
                .ids()
                .stream()
                .findFirst()
                .map(any -> read(reader, List.of(realm, "components", any, "sub-component-types"), kind)))
                .flatMap(Function.identity());
    }

    /** A kind that the server has never heard of is answered 500 (26.7.3). */
    private static Offered read(Reader reader, List<String> path, String kind) {
        SortedMap<String, Set<String>> providers = new TreeMap<>();
        try {
            reader.objects(Map.of("type", ComponentKinds.full(kind)), path.toArray(String[]::new))
                    .forEach(provider -> providers.put(provider.text("id").orElse(""), settings(provider)));
        } catch (ProblemException e) {
            if (ComponentKinds.isKnown(kind) || e.problems().getFirst().kind() != Problem.Kind.FAILED) {
                throw e;
            }
        }
        return new Offered(providers);
    }

    private static Set<String> settings(Value.MapOf provider) {
        Set<String> names = new HashSet<>();
        provider.list("properties").forEach(item -> {
            if (item instanceof Value.MapOf property) {
                property.text("name").ifPresent(names::add);
            }
        });
        return names;
    }

    boolean has(String provider) {
        return settings.containsKey(provider);
    }

    /** The settings of a provider. */
    Set<String> of(String provider) {
        return settings.getOrDefault(provider, Set.of());
    }

    /** Whether a provider has a setting; of one that is not offered nothing is known. */
    boolean knows(String provider, String setting) {
        return !has(provider) || of(provider).contains(setting);
    }
}
