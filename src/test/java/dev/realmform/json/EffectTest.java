package dev.realmform.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EffectTest {

    private static final Address PAY = Address.of("client", "retail", "pay");
    private static final Path SECRET = Path.of("secret");
    private static final Edit NAME = new Edit.Set(Path.of("name"), Value.text("a"), Value.text("b"));

    @Test
    void orderTimesAndLinesAreNoEffect() {
        for (long seed = 0; seed < 200; seed++) {
            SavedPlan saved = new RandomPlans(seed).saved();
            List<Change> turned = new ArrayList<>(saved.plan().changes());
            Collections.reverse(turned);
            assertThat(saved.doesTheSameAs(new Plan(turned, new TreeMap<>(), 0, List.of()))).as("seed %d", seed)
                    .isTrue();
        }
        Resource here = Resource.desired(PAY, Value.EMPTY_MAP, Origin.of(new Source("a.yaml", 1, 1)));
        Resource there = Resource.desired(PAY, Value.EMPTY_MAP, Origin.of(new Source("b.yaml", 2, 2)));
        assertThat(of(new Change.Create(here, here))).isEqualTo(of(new Change.Create(there, there)));
    }

    @Test
    void liveFieldsThatNoEditTouchesAreNoEffect() {
        assertThat(of(update(Map.of("name", Value.text("a"), "other", Value.num(1)), NAME)))
                .isEqualTo(of(update(Map.of("name", Value.text("a"), "other", Value.num(2)), NAME)));
        Edit one = new Edit.Items(Path.of("uris"), List.of(Value.text("x")), List.of(), 2, false);
        Edit two = new Edit.Items(Path.of("uris"), List.of(Value.text("x")), List.of(), 5, false);
        assertThat(of(update(Map.of(), one))).isEqualTo(of(update(Map.of(), two)));
    }

    @Test
    void eachOtherEditActionOrChangeIsAnotherEffect() {
        Edit other = new Edit.Set(Path.of("name"), Value.text("a"), Value.text("c"));
        Edit moved = new Edit.Set(Path.of("name"), Value.text("z"), Value.text("b"));
        Resource live = Resource.live(PAY, Value.EMPTY_MAP);
        Resource more = Resource.live(PAY, new Value.MapOf(Map.of("name", Value.text("b"))));
        List<String> effects = List.of(Effect.of(new Plan(List.of(), new TreeMap<>(), 0, List.of()), Set.of()),
                of(update(Map.of(), NAME)), of(update(Map.of(), other)), of(update(Map.of(), moved)),
                of(update(Map.of(), NAME, new Edit.Remove(Path.of("x"), Value.NULL))),
                of(new Change.Adopt(live, live, live, List.of(NAME))),
                of(new Change.Adopt(live, live, live, List.of())),
                of(new Change.Update(live, live, live, List.of(NAME),
                        Optional.of(Address.of("client", "retail", "old")))),
                of(new Change.Create(live, live)), of(new Change.Create(more, more)),
                of(new Change.Delete(live, Change.Delete.DeleteReason.ASKED, Optional.empty())),
                of(new Change.Forget(PAY, Change.Forget.ForgetReason.ADOPTED)));
        assertThat(effects).doesNotHaveDuplicates();
    }

    @Test
    void theContentOfASecretIsNoEffectButThatItChangesIs() {
        Edit once = new Edit.Set(SECRET, Secret.of("1", ""), Secret.of("2", "$(secret:pay)"));
        Edit again = new Edit.Set(SECRET, new Value.Hidden(Value.Hidden.Reason.MASKED),
                Secret.of("3", "$(secret:pay)"));
        assertThat(of(update(Map.of(), once))).isEqualTo(of(update(Map.of(), again)));
        assertThat(of(update(Map.of(), once))).isNotEqualTo(of(update(Map.of(), NAME)));
        assertThat(of(update(Map.of(), once, NAME))).isNotEqualTo(of(update(Map.of(), NAME)));
    }

    @Test
    void aSecretThatWasNotGivenMayTurnOutToChangeOrNot() {
        Secret hole = Secret.notGiven("$(secret:pay)");
        Edit unsure = new Edit.Set(SECRET, new Value.Hidden(Value.Hidden.Reason.MASKED), hole);
        Edit sure = new Edit.Set(SECRET, new Value.Hidden(Value.Hidden.Reason.MASKED),
                Secret.of("x", "$(secret:pay)"));
        SavedPlan saved = saved(hole, update(Map.of(), unsure, NAME));
        assertThat(saved.holes()).containsExactly(new SavedPlan.Hole(PAY, SECRET));
        assertThat(saved.doesTheSameAs(plan(update(Map.of(), sure, NAME)))).isTrue();
        assertThat(saved.doesTheSameAs(plan(update(Map.of(), NAME)))).isTrue();
        assertThat(saved.doesTheSameAs(plan(update(Map.of(), sure)))).isFalse();

        SavedPlan only = saved(hole, update(Map.of(), unsure));
        assertThat(only.doesTheSameAs(plan())).isTrue();
        assertThat(only.doesTheSameAs(plan(update(Map.of(), sure)))).isTrue();

        SavedPlan given = saved(Secret.of("x", "$(secret:pay)"), update(Map.of(), sure));
        assertThat(given.doesTheSameAs(plan())).isFalse();
    }

    private static SavedPlan saved(Secret secret, Change change) {
        Resource desired = Resource.desired(PAY, new Value.MapOf(Map.of("secret", secret)), Origin.NONE);
        return SavedPlan.of(RandomPlans.MADE, new ServerIdentity("i", new TreeMap<>()),
                new SavedPlan.Inputs(Value.EMPTY_MAP, Value.EMPTY_MAP, new TreeMap<>(), Value.EMPTY_MAP),
                new TreeMap<>(Map.of(PAY, desired)), plan(change));
    }

    private static Change update(Map<String, Value> live, Edit... edits) {
        Resource resource = Resource.live(PAY, new Value.MapOf(live));
        return new Change.Update(resource, Resource.live(PAY, Value.EMPTY_MAP), resource, List.of(edits),
                Optional.empty());
    }

    private static Plan plan(Change... changes) {
        return new Plan(List.of(changes), new TreeMap<>(), 0, List.of());
    }

    private static String of(Change change) {
        return Effect.of(plan(change), Set.of());
    }
}
