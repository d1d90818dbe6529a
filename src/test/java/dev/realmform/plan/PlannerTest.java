package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Change;
import dev.realmform.model.Directives;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState.LiveObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is declared against what is live. */
class PlannerTest extends Planning {

    @Test
    void whatIsDeclaredAndNotLiveIsCreated() {
        desire(A, map("title", "x"));
        assertThat(only(plan())).isInstanceOf(Change.Create.class);
        assertThat(plan().plan().counts().summary()).isEqualTo("Plan: 1 to add, 0 to change, 0 to destroy.");
    }

    @Test
    void aFieldThatTheFileDoesNotMentionIsNotCompared() {
        desire(A, map("title", "x"));
        live(A, map("title", "x", "other", "y"));
        own(A, true, map("title", "x"));
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().unchanged()).isEqualTo(1);
    }

    @Test
    void anAbsentFieldCountsAsItsDefault() {
        desire(A, map("enabled", true));
        live(A, map());
        own(A, true, map("enabled", true));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void nullEmptiesAFieldAndIsEqualToAnAbsentOne() {
        desire(A, map("title", Value.NULL, "note", Value.NULL));
        live(A, map("title", "x"));
        own(A, true, map());
        assertThat(only(plan()).edits()).containsExactly(new Edit.Remove(Path.of("title"), Value.text("x")));
    }

    @Test
    void aLiveResourceThatIsNotOursIsAdoptedAndWrittenOnlyWhereItDiffers() {
        desire(A, map("title", "x", "uris", List.of("u")));
        live(A, map("title", "x", "uris", List.of("u", "v")));
        Change change = only(plan());
        assertThat(change).isInstanceOf(Change.Adopt.class);
        assertThat(change.edits())
                .containsExactly(new Edit.Items(Path.of("uris"), List.of(), List.of(Value.text("v")), 1, false));
    }

    @Test
    void orderMattersInASequenceAndNotInASet() {
        desire(A, TYPE.schema().canonical(map("uris", List.of("b", "a"), "order", List.of("b", "a"))));
        live(A, TYPE.schema().canonical(map("uris", List.of("a", "b"), "order", List.of("a", "b"))));
        own(A, true, map());
        assertThat(only(plan()).edits())
                .containsExactly(new Edit.Items(Path.of("order"), List.of(), List.of(), 2, true));
    }

    @Test
    void partOfASetLeavesTheOtherMembersAlone() {
        desire(A, map("uris", map("$add", List.of("mine"), "$remove", List.of("bad"))));
        live(A, map("uris", List.of("bad", "theirs")));
        own(A, true, map());
        Change.Update update = (Change.Update) only(plan());
        assertThat(update.planned().value().texts("uris")).containsExactly("mine", "theirs");
    }

    @Test
    void anImmutableFieldIsRefusedUnlessTheTypeMayBeReplaced() {
        desire(A, map("kind", "two"));
        live(A, map("kind", "one"));
        own(A, true, map());
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("cannot be changed in place");
    }

    @Test
    void aRenamedResourceIsUpdatedInPlaceAndItsEntryMoves() {
        desired.put(B, new Resource(B, map("title", "x"), origin(1),
                new Directives(Optional.of(A), false, Optional.empty(), Set.of())));
        live.put(B, new LiveObject(Resource.live(B, map("title", "x")), Optional.of("1"), false, Optional.of(A)));
        own(A, true, map("title", "x"));
        assertThat(only(plan())).isInstanceOfSatisfying(Change.Update.class,
                update -> assertThat(update.renamedFrom()).contains(A));
    }

    @Test
    void whoTakesANameWaitsForWhoHadIt() {
        desired.put(B, new Resource(B, map(), origin(1),
                new Directives(Optional.of(A), false, Optional.empty(), Set.of())));
        live.put(B, new LiveObject(Resource.live(B, map()), Optional.of("1"), false, Optional.of(A)));
        desire(A, map());
        own(A, true, map());
        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);
        assertThat(plan().plan().waitsFor(change(A))).containsExactly(B);
    }

    @Test
    void whatWeMadeIsNotDeletedBecauseItsNewNameIsTaken() {
        desired.put(B, new Resource(B, map(), origin(1),
                new Directives(Optional.of(A), false, Optional.empty(), Set.of())));
        live(A, map());
        live(B, map());
        assertThat(plan().problems()).isEmpty();
        own(A, true, map());
        assertThat(plan().problems()).singleElement().extracting(Problem::what).asString().contains("are live");
        desire(A, map());
        assertThat(plan().problems()).isEmpty();
    }

    @Test
    void ignoredFieldsAreLeftToOthers() {
        desired.put(A, new Resource(A, map("title", "mine", "note", "n"), origin(1),
                new Directives(Optional.empty(), false, Optional.empty(), Set.of(Path.of("title")))));
        live(A, map("title", "theirs", "note", "n"));
        own(A, true, map("note", "n"));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void driftKeepsWhatMovedOnTheLiveSide() {
        desire(A, map("title", "new", "note", "n", "both", "file"));
        live(A, map("title", "old", "note", "live", "both", "live"));
        own(A, true, map("title", "old", "note", "n", "both", "then"));
        desire(B, map());
        own(B, true, map());
        Drift drift = Drift.of(plan().plan(), owned);
        assertThat(FakeType.paths(drift.plan().change(A).orElseThrow().edits())).containsExactly(Path.of("both"),
                Path.of("note"));
        assertThat(drift.alsoChanged()).containsExactly(Map.entry(A, Set.of(Path.of("both"))));
        assertThat(drift.plan().change(B)).get().isInstanceOf(Change.Create.class);
    }
}
