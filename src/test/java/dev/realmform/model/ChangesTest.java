package dev.realmform.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Change FIRST = new Change.Forget(Address.of("role", "r", "a"),
            Change.Forget.ForgetReason.GONE);
    private static final Change SECOND = new Change.Forget(Address.of("role", "r", "b"),
            Change.Forget.ForgetReason.GONE);

    @Test
    void aPlanFindsAChangeByItsAddressAndKeepsTheOrder() {
        Plan plan = new Plan(List.of(SECOND, FIRST), new TreeMap<>(), 0, List.of());

        assertThat(plan.change(Address.of("role", "r", "a"))).containsSame(FIRST);
        assertThat(plan.change(Address.of("role", "r", "c"))).isEmpty();
        assertThat(plan.changes()).containsExactly(SECOND, FIRST);
    }

    @Test
    void plansOfTheSameChangesAreEqual() {
        Plan plan = new Plan(List.of(FIRST, SECOND), new TreeMap<>(), 0, List.of());

        assertThat(plan).isEqualTo(new Plan(List.of(FIRST, SECOND), new TreeMap<>(), 0, List.of()));
        assertThat(Set.copyOf(plan.changes())).containsExactlyInAnyOrder(FIRST, SECOND);
    }
}
