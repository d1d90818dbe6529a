package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Fingerprint;
import dev.realmform.model.Origin;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Manage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A secret at a place that no schema knows for one: the server answers it as a plain text. */
class ConcealedTest {

    private static final FakeType TYPE = new FakeType("thing");
    private static final Address A = Address.of("thing", "a");
    private static final Path NOTE = Path.of("attributes", "note");
    private static final Secret SECRET = Secret.of("hush", "$(secret:x)");

    @Test
    void aSecretThatIsInPlaceIsNoChange() {
        assertThat(plan(map("attributes", map("note", SECRET)), map("attributes", map("note", "hush")))
                .changes()).isEmpty();
    }

    @Test
    void neitherSideOfItsChangeCanBePrinted() {
        Change change = plan(map("attributes", map("note", SECRET)), map("attributes", map("note", "old")))
                .changes()
                .getFirst();
        assertThat(change.edits()).containsExactly(new Edit.Set(NOTE, Secret.of("old", ""), SECRET));
        assertThat(change.before().orElseThrow().value().at(NOTE)).contains(Secret.of("old", ""));
    }

    @Test
    void aListWithASecretInItIsASecretInAllItsItems() {
        Value.MapOf desired = map("uris", List.of("plain", SECRET));
        assertThat(plan(desired, map("uris", List.of("hush", "plain"))).changes()).isEmpty();
        assertThat(plan(desired, map("uris", List.of("old", "plain"))).changes().getFirst().edits())
                .containsExactly(new Edit.Items(Path.of("uris"), List.of(SECRET), List.of(Secret.of("old", "")), 1,
                        false));
    }

    @Test
    void whatTheStateRemembersAsASecretStaysOneWhenItIsDeleted() {
        for (Fingerprint print : List.of(Fingerprint.NONE, Fingerprint.of(SECRET, new Random(1)))) {
            staysASecretWhenItIsDeleted(print);
        }
    }

    private static void staysASecretWhenItIsDeleted(Fingerprint print) {
        SortedMap<Address, Owned> owned = new TreeMap<>(Map.of(A, new Owned(Optional.of("1"), true, false,
                new TreeMap<>(Map.of(NOTE, new Owned.Mark(print, true))), Set.of())));
        Change change = plan(new TreeMap<>(), map("attributes", map("note", "hush")), owned).changes().getFirst();
        assertThat(change).isInstanceOf(Change.Delete.class);
        assertThat(change.before().orElseThrow().value().at(NOTE)).contains(Secret.of("hush", ""));
    }

    private static dev.realmform.model.Plan plan(Value.MapOf desired, Value.MapOf live) {
        Resource resource = resource(desired);
        SortedMap<Address, Owned> owned = new TreeMap<>(Map.of(A, new Owned(Optional.of("1"), true, false,
                new TreeMap<>(), Set.of())));
        return plan(new TreeMap<>(Map.of(A, resource)), live, owned);
    }

    private static dev.realmform.model.Plan plan(SortedMap<Address, Resource> desired, Value.MapOf live,
            SortedMap<Address, Owned> owned) {
        LiveObject object = new LiveObject(resource(live), Optional.of("1"), false, Optional.empty());
        LiveState state = new LiveState(new TreeMap<>(Map.of(A, object)),
                new ServerIdentity("here", new TreeMap<>()), List.of());
        return new Planner(name -> TYPE).plan(new PlanRequest(desired, state, owned, Manage.NOTHING,
                PlanRequest.Aim.DESIRED, PlanRequest.Inside.REFUSE)).plan();
    }

    private static Resource resource(Value.MapOf value) {
        return new Resource(A, value, Origin.of(new Source("file", 1, 1)), Directives.NONE);
    }
}
