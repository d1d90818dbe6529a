package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets and what is written once. */
class PlannedSecretTest extends Planning {

    @Test
    void aWriteOnlySecretIsWrittenOnceAndThenComparedByItsFingerprint() {
        desire(A, map("password", Secret.of("p1", "$(secret:p)")));
        live(A, map("password", new Value.Hidden(Value.Hidden.Reason.MASKED)));
        own(A, true, map());
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("password"));
        own(A, true, map("password", Secret.of("p1", "$(secret:p)")));
        assertThat(plan().plan().isEmpty()).isTrue();
        desire(A, map("password", Secret.of("p2", "$(secret:p)")));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("password"));
    }

    @Test
    void aReadableSecretThatThisServerHidesIsNoChange() {
        desire(A, map("secret", Secret.of("s", "$(secret:s)")));
        live(A, map("secret", new Value.Hidden(Value.Hidden.Reason.MASKED)));
        own(A, true, map("secret", Secret.of("s", "$(secret:s)")));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void aSecretThatWasNotGivenIsAHoleAndNoChange() {
        desire(A, map("secret", Secret.notGiven("$(secret:s)")));
        live(A, map("secret", Secret.of("live", "")));
        own(A, true, map());
        assertThat(plan().plan().isEmpty()).isTrue();
        assertThat(plan().plan().notices()).extracting(Plan.Notice::text)
                .containsExactly("secret: secret, not given here; compared at apply");
    }

    @Test
    void anInitialPasswordIsLookedAtOnlyByACreation() {
        desire(A, map("initial", Secret.of("p", "$(secret:p)")));
        live(A, map());
        own(A, true, map());
        assertThat(plan().plan().isEmpty()).isTrue();
        live.clear();
        assertThat(((Change.Create) only(plan())).planned().value().has("initial")).isTrue();
    }

    @Test
    void whatLiesWhereTheFilePutsASecretIsOneToo() {
        desire(A, map("attributes", map("token", Secret.of("new", "$(secret:t)"))));
        live(A, map("attributes", map("token", "old")));
        own(A, true, map());
        Change.Update update = (Change.Update) only(plan());
        assertThat(update.edits()).singleElement()
                .isInstanceOfSatisfying(Edit.Set.class,
                        set -> assertThat(set.before()).isInstanceOf(Secret.class));
        assertThat(update.live().value().at(Path.of("attributes", "token"))).get().isInstanceOf(Secret.class);
        live(A, map("attributes", map("token", "new")));
        assertThat(plan().plan().isEmpty()).isTrue();
    }

    @Test
    void whatIsToBeDoneOnceAndHasBeenDoneIsNoDifference() {
        desire(A, map("todo", List.of("x")));
        live(A, map());
        own(A, true, map("todo", List.of("x")));
        assertThat(plan().plan().isEmpty()).isTrue();
        desire(A, map("todo", List.of("x", "y")));
        assertThat(FakeType.paths(only(plan()).edits())).containsExactly(Path.of("todo"));
    }
}
