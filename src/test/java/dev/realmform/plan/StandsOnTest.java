package dev.realmform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What needs something that it does not speak of. */
class StandsOnTest extends Planning {

    private List<Address> order(Address what, Address ground) {
        LiveState state = new LiveState(live, new ServerIdentity("issuer", new TreeMap<>()), List.of());
        PlanRequest request = new PlanRequest(desired, state, owned, manage, aim, inside, new Extent.Everything(),
                new TreeMap<>(Map.of(what, Set.of(ground))));
        return new Planner(name -> TYPE).plan(request).plan().changes().stream().map(Change::address).toList();
    }

    @Test
    void itIsMadeAfterwards() {
        desire(A, Value.EMPTY_MAP);
        desire(B, Value.EMPTY_MAP);
        assertThat(order(A, B)).containsExactly(B, A);
    }

    @Test
    void itAlsoWaitsForAChangeInPlace() {
        desire(A, Value.EMPTY_MAP);
        desire(B, Value.EMPTY_MAP.with("attributes", Value.EMPTY_MAP.with("x", Value.text("1"))));
        live(B, Value.EMPTY_MAP);
        own(B, true, Value.EMPTY_MAP);
        assertThat(order(A, B)).containsExactly(B, A);
    }

    @Test
    void itGoesBefore() {
        live(A, Value.EMPTY_MAP);
        live(B, Value.EMPTY_MAP);
        own(A, true, Value.EMPTY_MAP);
        own(B, true, Value.EMPTY_MAP);
        assertThat(order(B, A)).containsExactly(B, A);
        aim = PlanRequest.Aim.NOTHING;
        assertThat(order(B, A)).containsExactly(B, A);
    }
}
