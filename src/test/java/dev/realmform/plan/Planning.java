package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Manage;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the tests of the planner plan with: things that are desired, live and owned. */
abstract class Planning {

    static final FakeType TYPE = new FakeType("thing");
    static final Address A = Address.of("thing", "a");
    static final Address B = Address.of("thing", "b");
    static final Address INNER = Address.of("thing", "a", "inner");

    final SortedMap<Address, Resource> desired = new TreeMap<>();
    final SortedMap<Address, LiveObject> live = new TreeMap<>();
    final SortedMap<Address, Owned> owned = new TreeMap<>();
    Manage manage = Manage.NOTHING;
    PlanRequest.Aim aim = PlanRequest.Aim.DESIRED;
    PlanRequest.Inside inside = PlanRequest.Inside.REFUSE;

    Planned plan() {
        LiveState state = new LiveState(live, new ServerIdentity("issuer", new TreeMap<>()), List.of());
        return new Planner(name -> TYPE)
                .plan(new PlanRequest(aim == PlanRequest.Aim.NOTHING ? new TreeMap<>() : desired,
                        state, owned, manage, aim, inside));
    }

    static Change only(Planned planned) {
        assertThat(planned.plan().changes()).hasSize(1);
        return planned.plan().changes().getFirst();
    }

    Change change(Address address) {
        return plan().plan().change(address).orElseThrow();
    }

    void desire(Address address, Value.MapOf value) {
        desired.put(address, Resource.desired(address, value, origin(1)));
    }

    void live(Address address, Value.MapOf value) {
        live.put(address, new LiveObject(Resource.live(address, value), Optional.of("1"), false, Optional.empty()));
    }

    void own(Address address, boolean created, Value.MapOf written) {
        Resource resource = Resource.desired(address, written, origin(1));
        Change change = new Change.Create(resource, resource);
        Owned entry = new Ownership(new Random(1)).after(TYPE, change, Optional.of("1"), Optional.empty());
        owned.put(address, new Owned(entry.id(), created, false, entry.fields(), entry.needs()));
    }

    void own(Address address, boolean created, Value.MapOf written, Path found, String value) {
        own(address, created, written);
        Owned entry = entry(address);
        SortedMap<Path, Owned.Mark> fields = new TreeMap<>(entry.fields());
        fields.put(found, new Owned.Mark(Fingerprint.of(Value.text(value)), false));
        owned.put(address, new Owned(entry.id(), created, false, fields, entry.needs()));
    }

    Owned entry(Address address) {
        return Optional.ofNullable(owned.get(address)).orElseThrow();
    }

    static Origin origin(int line) {
        return Origin.of(new Source("test.yaml", line, 1));
    }
}
