package dev.realmform.plan;

import dev.realmform.model.Address;
import dev.realmform.model.Concealment;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Hides what the server shows in the clear, but the file says, or the state remembers, to be a secret. */
final class Concealed {

    private final PlanRequest request;

    private Concealed(PlanRequest request) {
        this.request = request;
    }

    static PlanRequest of(PlanRequest request) {
        return new Concealed(request).all();
    }

    private PlanRequest all() {
        SortedMap<Address, Resource> desired = FrozenMap.of(request.desired())
                .each((address, resource) -> Optional.of(like(resource.value(), resource)));
        SortedMap<Address, LiveObject> objects = FrozenMap.of(request.live().objects())
                .each((address, object) -> Optional.of(one(address, object)));
        LiveState live = new LiveState(objects, request.live().identity(), request.live().notices());
        return new PlanRequest(desired, live, request.owned(), request.manage(), request.aim(), request.inside(),
                request.extent(), request.standsOn());
    }

    @SuppressWarnings("ReferenceEquality") // An equal one may be put in its place or not: this only spares memory.
    private LiveObject one(Address address, LiveObject object) {
        Resource resource = object.resource();
        Optional<Resource> declared = Optional.ofNullable(request.desired().get(address));
        if (declared.isPresent()) {
            resource = like(declared.get().value(), resource);
        }
        Optional<Owned> owned = request.owned(address);
        if (owned.isEmpty()) {
            owned = object.formerly().flatMap(request::owned);
        }
        if (owned.isPresent()) {
            resource = remembered(owned.get(), resource);
        }
        return resource == object.resource() ? object
                : new LiveObject(resource, object.id(), object.builtIn(), object.formerly());
    }

    /** What was declared as a secret is one, also where the server shows it. */
    private static Resource remembered(Owned owned, Resource resource) {
        Value.MapOf value = resource.value();
        for (Map.Entry<Path, Owned.Mark> field : owned.fields().entrySet()) {
            if (field.getValue().print().isOfSecret() && value.at(field.getKey()).isPresent()) {
                value = Leaves.with(value, field.getKey(),
                        Concealment.whole(value.at(field.getKey()).orElse(Value.NULL)));
            }
        }
        return resource.withValue(value);
    }

    private static Resource like(Value.MapOf pattern, Resource resource) {
        return resource.withValue((Value.MapOf) Concealment.like(pattern, resource.value()));
    }
}
