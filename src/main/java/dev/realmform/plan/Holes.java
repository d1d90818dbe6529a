package dev.realmform.plan;

import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.Map;
import java.util.Optional;

/** Fills references to fields of other resources, where those are known already. What is left is known after an apply. */
record Holes(PlanRequest request) {

    Resource filled(Resource desired) {
        Value.MapOf value = desired.value();
        for (Map.Entry<Path, Value> leaf : Leaves.of(value).entrySet()) {
            if (leaf.getValue() instanceof Value.Unknown unknown) {
                Optional<Value> known = known(unknown);
                if (known.isPresent()) {
                    value = Leaves.with(value, leaf.getKey(), known.get());
                }
            }
        }
        return value.equals(desired.value()) ? desired : desired.withValue(value);
    }

    private Optional<Value> known(Value.Unknown unknown) {
        if (unknown.field().equals(Value.Unknown.ID)) {
            return request.live().find(unknown.source()).flatMap(object -> object.id()).map(Value::text);
        }
        Path path = Path.of(unknown.field());
        return Optional.ofNullable(request.desired().get(unknown.source()))
                .flatMap(source -> source.value().at(path))
                .or(() -> request.live().find(unknown.source()).flatMap(object -> object.resource().value().at(path)))
                .filter(value -> !(value instanceof Value.Unknown) && !(value instanceof Value.Hidden));
    }
}
