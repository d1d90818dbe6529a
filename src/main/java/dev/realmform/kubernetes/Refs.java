package dev.realmform.kubernetes;

import dev.realmform.model.Address;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Optional;

/** Finds out under which path the server has what an address names. */
final class Refs {

    private final ClusterPort cluster;

    Refs(ClusterPort cluster) {
        this.cluster = cluster;
    }

    /** Of a declared object, in the version that its manifest is written in. Empty if the server does not serve that. */
    Optional<ObjectRef> declared(Resource desired) {
        return of(desired.address(), desired.value());
    }

    /** Of any object: in the version that a value of it says, else in the first one of its group that serves its kind. */
    Optional<ObjectRef> of(Address address, Value.MapOf value) {
        return value.text("apiVersion")
                .map(List::of)
                .orElseGet(() -> cluster.versions(KnownKinds.group(address.type())))
                .stream()
                .flatMap(version -> cluster.kind(version, KnownKinds.kind(address.type())).stream())
                .findFirst()
                .map(kind -> new ObjectRef(kind, Manifests.namespace(address), address.name()));
    }

    Optional<ObjectRef> of(Address address) {
        return of(address, Value.EMPTY_MAP);
    }
}
