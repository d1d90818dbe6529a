package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Manage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What happens to what left the file: resources, members, fields. */
class PlannedRemovalTest extends Planning {

    @Test
    void aResourceThatLeftTheFileGoesOnlyIfWeCreatedIt() {
        live(A, map());
        live(B, map());
        own(A, true, map());
        own(B, false, map());
        assertThat(change(A)).isInstanceOf(Change.Delete.class);
        assertThat(change(B)).isEqualTo(
                new Change.Forget(B, Change.Forget.ForgetReason.ADOPTED, Optional.of(Resource.live(B, map()))));
    }

    @Test
    void aResourceThatLeftTheFileAndIsGoneIsForgotten() {
        own(A, true, map());
        assertThat(only(plan())).isEqualTo(new Change.Forget(A, Change.Forget.ForgetReason.GONE));
    }

    @Test
    void protectionOutlivesTheBlockInTheFile() {
        live(A, map());
        owned.put(A, new Owned(Optional.of("1"), true, true, new TreeMap<>(), Set.of()));
        assertThat(plan().problems()).singleElement().extracting(Problem::kind).isEqualTo(Problem.Kind.REFUSED);
    }

    @Test
    void builtInsAreNeverDeleted() {
        desired.put(A,
                new Resource(A, map(), origin(3), new Directives(Optional.empty(), true, Optional.empty(), Set.of())));
        live.put(A, new LiveObject(Resource.live(A, map()), Optional.of("1"), true, Optional.empty()));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("built into the server");
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void anAuthoritativeCollectionDeletesWhatIsNotDeclaredButNoBuiltIns() {
        live(A, map());
        live.put(B, new LiveObject(Resource.live(B, map()), Optional.of("1"), true, Optional.empty()));
        manage = new Manage(Map.of("things", List.of("*")));
        assertThat(only(plan())).isInstanceOfSatisfying(Change.Delete.class,
                delete -> assertThat(delete.why()).isEqualTo(Change.Delete.DeleteReason.NOT_DECLARED));
    }

    @Test
    void deletingAContainerListsWhatIsNotOursInside() {
        live(A, map());
        live(INNER, map());
        own(A, true, map());
        assertThat(plan().problems()).singleElement().extracting(Problem::what).asString().contains(INNER.toString());
        inside = PlanRequest.Inside.CASCADE;
        assertThat(plan().problems()).isEmpty();
        assertThat(change(INNER)).isInstanceOfSatisfying(Change.Delete.class,
                delete -> assertThat(delete.goesWith()).contains(A));
        assertThat(plan().plan().waitsFor().get(INNER)).containsExactly(A);
    }

    @Test
    void aDeclaredResourceInsideAContainerThatGoesIsRefused() {
        desire(INNER, map());
        live(A, map());
        live(INNER, map());
        own(A, true, map());
        own(INNER, true, map());
        assertThat(plan().problems()).extracting(Problem::kind).contains(Problem.Kind.REFUSED);
    }

    @Test
    void aMapKeyThatLeftTheFileGoesIfWeWroteItAndNobodyChangedIt() {
        desire(A, map("attributes", map("keep", "1")));
        live(A, map("attributes", map("keep", "1", "ours", "2", "found", "3", "moved", "other", "foreign", "5")));
        own(A, true, map("attributes", map("keep", "1", "ours", "2", "moved", "4")), Path.of("attributes", "found"),
                "3");
        Planned planned = plan();
        assertThat(only(planned).edits())
                .containsExactly(new Edit.Remove(Path.of("attributes", "ours"), Value.text("2")));
        assertThat(planned.plan().notices()).extracting(Plan.Notice::text)
                .containsExactlyInAnyOrder("attributes.found: no longer managed",
                        "attributes.moved: no longer managed");
    }

    @Test
    void aNamedMemberThatLeftTheFileGoesWhole() {
        desire(A, map("title", "x"));
        live(A, map("title", "x", "mappers",
                map("m", map("config", map("k", "v", "servers", "own")), "foreign", map())));
        own(A, true, map("title", "x", "mappers", map("m", map("config", map("k", "v")))));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("mappers", "m"));
    }

    @Test
    void aScalarThatLeftTheFileStays() {
        desire(A, map());
        live(A, map("title", "x"));
        own(A, true, map("title", "x"));
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().notices()).extracting(Plan.Notice::text).containsExactly("title: no longer managed");
    }

    @Test
    void aMemberThatWeAddedToASetGoesWhenItLeavesTheFile() {
        desire(A, map("uris", map("$add", List.of("x"))));
        live(A, map("uris", List.of("theirs", "x", "y")));
        own(A, true, map("uris", map("$add", List.of("x", "y"))));
        assertThat(only(plan()).edits())
                .containsExactly(new Edit.Items(Path.of("uris"), List.of(), List.of(Value.text("y")), 2, false));
    }

    @Test
    void aDestroyDeletesWhatWeCreatedAndForgetsTheRest() {
        live(A, map());
        live(INNER, map());
        live(B, map());
        own(A, true, map());
        own(INNER, true, map());
        own(B, false, map());
        aim = PlanRequest.Aim.NOTHING;
        assertThat(plan().problems()).isEmpty();
        assertThat(plan().plan().counts().summary())
                .isEqualTo("Plan: 0 to add, 0 to change, 2 to destroy, 1 to forget.");
    }
}
