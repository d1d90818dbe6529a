package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for whom. */
class PlannedReferenceTest extends Planning {

    private final Address first = Address.of("thing", "a", "first");
    private final Address second = Address.of("thing", "a", "second");

    @Test
    void aNewResourceFollowsAChangeThatItDoesNotReferTo() {
        live(B, map());
        desire(B, map("enabled", false));
        desire(A, map("after", List.of(B.toString())));

        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);

        live(A, map());
        assertThat(plan().plan().waitsFor().get(A)).isEmpty();
    }

    @Test
    void whatFollowsSomethingThatNeedsItIsAnErrorWithARemedyOfItsType() {
        desire(A, map("after", List.of(B.toString())));
        desire(B, map("needs", List.of(A.toString())));

        assertThat(plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.what()).startsWith("resources wait for each other: ");
            assertThat(problem.remedy()).isEqualTo("Go before it.");
        });
    }

    @Test
    void makingFollowsWhatItNeeds() {
        desire(A, map("needs", List.of("thing/b")));
        desire(B, map());
        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);
    }

    @Test
    void aChangeInPlaceIsWaitedForOnlyByThoseThatItMakesRoomFor() {
        Address awaiting = Address.of("thing", "a", "awaiting");
        Address other = Address.of("thing", "a", "other");
        desire(A, map("enabled", true));
        live(A, map("enabled", false));
        own(A, true, map());
        desire(awaiting, map());
        desire(other, map());
        assertThat(change(A)).isInstanceOf(Change.Update.class);
        assertThat(plan().plan().waitsFor().get(awaiting)).containsExactly(A);
        assertThat(plan().plan().waitsFor().get(other)).isEmpty();
    }

    /** As a new realm brings its own roles, which no file declares. */
    @Test
    void whatComesWithSomethingNewIsThereOnceThatIsMade() {
        Address brought = Address.of("thing", "a", "b", "brought");
        desire(A, map());
        desire(B, map("needs", List.of(brought.toString())));
        live(brought, map());
        assertThat(plan().plan().waitsFor().get(B)).containsExactly(A);
    }

    @Test
    void whatOnlyOneMayHaveIsGivenUpBeforeAnotherGetsIt() {
        desire(A, map());
        live(A, map());
        desire(first, map("alone", List.of("x")));
        live(second, map("alone", List.of("x")));
        own(second, true, map());
        assertThat(plan().plan().changes()).extracting(Change::address).containsSubsequence(second, first);
        assertThat(plan().plan().waitsFor().get(first)).containsExactly(second);
    }

    @Test
    void whoWouldWaitForEachOtherIsNotHeldUp() {
        desire(A, map());
        live(A, map());
        desire(first, map("alone", List.of("x")));
        live(first, map("alone", List.of("y")));
        own(first, true, map());
        desire(second, map("alone", List.of("y")));
        live(second, map("alone", List.of("x")));
        own(second, true, map());
        assertThat(plan().problems()).isEmpty();
        assertThat(plan().plan().waitsFor().get(first)).containsExactly(second);
        assertThat(plan().plan().waitsFor().get(second)).isEmpty();
    }

    @Test
    void deletingWaitsUntilNothingRefersToIt() {
        desire(B, map("needs", List.of()));
        live(A, map());
        live(B, map("needs", List.of("thing/a")));
        own(A, true, map());
        own(B, true, map("needs", List.of("thing/a")));
        assertThat(plan().plan().changes()).extracting(Change::address).containsExactly(B, A);
        assertThat(plan().plan().waitsFor().get(A)).containsExactly(B);
    }

    @Test
    void aReferenceToNothingIsAnErrorAtItsLine() {
        desire(A, map("needs", List.of("thing/bb")));
        desire(B, map());
        assertThat(plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).startsWith("test.yaml:1:1");
            assertThat(problem.remedy()).contains("Similar: thing/b.");
        });
    }

    @Test
    void aCycleIsReportedWithItsPath() {
        desire(A, map("needs", List.of("thing/b")));
        desire(B, map("needs", List.of("thing/a")));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("thing/a → thing/b → thing/a");
    }

    @Test
    void aShortReferenceFindsItsResourceAndAnUnknownOneIsAnError() {
        desire(B, map("secret", new Value.Unknown(Address.of("thing", "inner"), "secret")));
        desire(A, map());
        desire(INNER, map());
        assertThat(plan().problems()).isEmpty();
        assertThat(((Change.Create) change(B)).desired().value().get("secret"))
                .contains(new Value.Unknown(INNER, "secret"));
        desire(B, map("secret", new Value.Unknown(Address.of("thing", "nobody"), "secret")));
        assertThat(plan().problems()).singleElement()
                .extracting(Problem::what)
                .asString()
                .contains("$(ref:thing/nobody.secret)");
    }

    @Test
    void aReferenceToAFieldIsFilledFromTheFileOrTheServerOrWaits() {
        desire(A, map("secret", new Value.Unknown(B, "secret")));
        desire(B, map());
        assertThat(plan().plan().waitsFor().get(A)).containsExactly(B);
        live(B, map("secret", Secret.of("s", "")));
        assertThat(((Change.Create) change(A)).desired().value().get("secret")).contains(Secret.of("s", ""));
    }
}
