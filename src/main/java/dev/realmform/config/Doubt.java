package dev.realmform.config;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A key that the schema does not know: a typing error, unless the live object has that field.
 *
 * @param realm  the realm whose document has it
 * @param source where it stands
 * @param path   the way to it within the realm's document, members of named lists by name:
 *               {@code clients.pay-portal.redirectUri}
 */
public record Doubt(String realm, Source source, Path path, Problem problem) {

    /** The way to the key within a resource that was cut out of the document; empty if it has not got there. */
    public Optional<Path> in(Resource resource) {
        return resource.address().root().equals(realm)
                ? find(resource.value(), resource.origin(), Path.ROOT)
                : Optional.empty();
    }

    /** By the place where it is written: steps of flows and members of lists lie elsewhere in a resource than in a file. */
    private Optional<Path> find(Value value, Origin origin, Path at) {
        return switch (value) {
            case Value.MapOf map when map.has(path.last()) && isHere(origin.at(path.last()).source()) ->
                Optional.of(at.then(path.last()));
            case Value.MapOf map -> map.fields()
                    .entrySet()
                    .stream()
                    .flatMap(field -> find(field.getValue(), origin.at(field.getKey()), at.then(field.getKey()))
                            .stream())
                    .findFirst();
            case Value.ListOf list -> IntStream.range(0, list.items().size())
                    .boxed()
                    .flatMap(i -> find(list.items().get(i), origin.at(String.valueOf(i)), at.then(String.valueOf(i)))
                            .stream())
                    .findFirst();
            default -> Optional.empty();
        };
    }

    /** A value may begin on the line below its key. */
    private boolean isHere(Source value) {
        return value.file().equals(source.file()) && value.line() >= source.line() && value.line() <= source.line() + 1;
    }
}
