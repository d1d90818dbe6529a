package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Fills references to fields of other resources, where those are known already. What is left is known after an apply. */
public record Holes(SortedMap<Address, Resource> desired, LiveState live) {

    Holes(PlanRequest request) {
        this(request.desired(), request.live());
    }

    /** The resource with what is known by now. */
    public Resource filled(Resource resource) {
        Value.MapOf value = resource.value();
        if (!Leaves.haveUnknown(value)) {
            return resource;
        }
        for (Map.Entry<Path, Value> leaf : Leaves.of(value).entrySet()) {
            if (leaf.getValue() instanceof Value.Unknown unknown) {
                Optional<Value> known = known(unknown);
                Value later = new Value.Unknown(source(unknown).orElse(unknown.source()), unknown.field());
                value = Leaves.with(value, leaf.getKey(), known.orElse(later));
            }
        }
        return value.equals(resource.value()) ? resource : resource.withValue(value);
    }

    /** The resource that is meant: by its whole address, or by its end where that is unambiguous. */
    Optional<Address> source(Value.Unknown unknown) {
        Address written = unknown.source();
        if (desired.containsKey(written) || live.find(written).isPresent()) {
            return Optional.of(written);
        }
        List<Address> meant = Stream
                .concat(desired.keySet().stream(), live.objects().keySet().stream())
                .filter(address -> address.type().equals(written.type()) && endsWith(address.key(), written.key()))
                .distinct()
                .toList();
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    private static boolean endsWith(List<String> key, List<String> end) {
        return key.size() > end.size() && key.subList(key.size() - end.size(), key.size()).equals(end);
    }

    private Optional<Value> known(Value.Unknown written) {
        Value.Unknown unknown = new Value.Unknown(source(written).orElse(written.source()), written.field());
        if (unknown.field().equals(Value.Unknown.ID)) {
            return live.find(unknown.source()).flatMap(object -> object.id()).map(Value::text);
        }
        Path path = Path.parse(unknown.field());
        return Optional.ofNullable(desired.get(unknown.source()))
                .flatMap(source -> source.value().at(path))
                .or(() -> live.find(unknown.source()).flatMap(object -> object.resource().value().at(path)))
                .filter(value -> !(value instanceof Value.Unknown) && !(value instanceof Value.Hidden));
    }
}
