package dev.realmform.state;

import static dev.realmform.state.States.ADA;
import static dev.realmform.state.States.PAY;
import static dev.realmform.state.States.owned;
import static dev.realmform.testing.Journals.inARun;
import static dev.realmform.testing.Journals.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.testing.Journals;
import dev.realmform.testing.StateShelf;
import dev.realmform.testing.StateShelf.Elsewhere;
import dev.realmform.testing.StateShelf.Manner;
import dev.realmform.testing.StateShelf.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server of states refuses or does not know, and what is no state: told with the way out. */
class HttpStateRefusalsTest extends StateOnAServer {

    @Test
    void aStateThatIsCutOffOnTheServerIsRefusedWithTheWayOut() throws IOException {
        StateShelf shelf = shelf(Manner.PLAIN);
        HttpStateStore store = store(shelf, Manner.PLAIN);
        inARun(store, fresh(), journal -> {});
        String whole = shelf.content().orElseThrow();
        shelf.put(1, whole.substring(0, whole.length() / 2));
        assertThat(problems(store::load).getFirst().what()).contains("is cut off");
        assertThat(problems(store::load).getFirst().remedy()).contains("realmform state rebuild");
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatRunsOutStopsNewChanges(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        snapshots = Duration.ofMillis(5);
        shelf.letInOnly("ci", "hunter22");
        Secret login = Secret.of("Basic " + Base64.getEncoder()
                .encodeToString("ci:hunter22".getBytes(
                        StandardCharsets.UTF_8)),
                "");
        HttpStateStore store = store(shelf, manner, Map.of("Authorization", login));
        List<Problem> problems = problems(() -> inARun(store, fresh(), journal -> {
            journal.intend(() -> List.of(CREATE_PAY, UPDATE_SAML));
            shelf.letInOnly("ci", "another");
            journal.append(List.of(new Event.Done(PAY, owned("p"))));
            assertThat(Journals.refusal(journal, UPDATE_SAML).getFirst().kind()).isEqualTo(Problem.Kind.LOGIN);
        }));
        assertThat(problems.getFirst().what()).contains("refuses the login: 401 Unauthorized (status 401)");
        assertThat(folder.resolve("errored.state.json")).exists();
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatMayNotStoreHasDoneNothingAndLeavesNoFile(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        shelf.faults(call -> call.method().equals("POST") && !call.path().endsWith("/lock")
                ? Optional.of(new Status(403, ""))
                : Optional.empty());
        HttpStateStore store = store(shelf, manner);
        List<Problem> problems = problems(() -> {
            try (StateLock lock = store.lock(Duration.ZERO, ADA);
                    Journal journal = lock.journal(State.fresh("lineage-1"), List.of())) {
                journal.intend(() -> List.of(CREATE_PAY));
            }
        });
        assertThat(problems).extracting(Problem::kind).containsExactly(Problem.Kind.LOGIN);
        assertThat(folder.resolve("errored.state.json")).doesNotExist();
        assertThat(shelf.lockId()).isEmpty();
    }

    @Test
    void aStateOfTerraformIsRefusedAndLeftAsItIs() throws IOException {
        StateShelf shelf = shelf(Manner.GITLAB);
        HttpStateStore store = store(shelf, Manner.GITLAB);
        String theirs = "{\"version\": 4, \"terraform_version\": \"1.9.5\", \"serial\": 3, \"lineage\": \"x\", "
                + "\"outputs\": {}, \"resources\": []}";
        shelf.put(3, theirs);
        Problem refused = problems(() -> inARun(store, fresh(), journal -> {})).getFirst();
        assertThat(refused.what()).isEqualTo(shelf.url() + " is a state of Terraform 1.9.5, not of realmform");
        assertThat(refused.remedy()).contains("name another one");
        assertThat(shelf.content()).contains(theirs);
        assertThat(shelf.lockId()).isEmpty();
    }

    @Test
    void whatIsNoStateAtAllIsRefused() throws IOException {
        StateShelf shelf = shelf(Manner.GITLAB);
        HttpStateStore store = store(shelf, Manner.GITLAB);
        shelf.put(1, "<html>Sign in</html>");
        assertThat(problems(store::load).getFirst().what()).contains("is not a state of realmform");
        shelf.faults("GET", new Status(302, ""));
        assertThat(problems(store::load).getFirst().what()).contains("the state cannot be read: (status 302)");
        shelf.faults("GET", new Status(403, "{\"message\":\"403 Forbidden\"}"));
        Problem login = problems(store::load).getFirst();
        assertThat(login.kind()).isEqualTo(Problem.Kind.LOGIN);
        assertThat(login.remedy()).contains("REALMFORM_STATE_PASSWORD");
    }

    @Test
    void aRedirectIsNotFollowedAndSaysWhereItPoints() throws IOException {
        StateShelf shelf = shelf(Manner.GITLAB);
        shelf.faults("GET", new Elsewhere("https://gitlab.example.com/state"));
        Problem away = problems(store(shelf, Manner.GITLAB)::load).getFirst();
        assertThat(away.what()).isEqualTo(
                "the state cannot be read: it points to https://gitlab.example.com/state (status 301)");
        assertThat(away.remedy()).contains("No redirect is followed");
    }

    @ParameterizedTest
    @EnumSource
    void aLockThatIsNotFreedIsNoOutageAndSaysWhy(Manner manner) throws IOException {
        StateShelf shelf = shelf(manner);
        StateLock lock = store(shelf, manner).lock(Duration.ZERO, ADA);
        shelf.faults(call -> List.of("DELETE", "UNLOCK").contains(call.method())
                ? Optional.of(new Status(500, "<html>"))
                : Optional.empty());
        Problem left = problems(lock::close).getFirst();
        assertThat(left.kind()).isEqualTo(Problem.Kind.FAILED);
        assertThat(left.what()).endsWith("was not freed: (status 500)");
        assertThat(left.remedy()).contains("realmform force-unlock " + shelf.lockId().orElseThrow());
    }

    @Test
    void aServerThatTellsOfALockInItsOwnWordsIsQuoted() throws IOException {
        StateShelf shelf = shelf(Manner.PLAIN);
        HttpStateStore store = store(shelf, Manner.PLAIN);
        for (String body : List.of("held by\u001b[31m\n Bob" + " x".repeat(300), "{\"message\": \"held by Bob\"}")) {
            shelf.faults(call -> call.method().equals("LOCK") ? Optional.of(new Status(423, body)) : Optional.empty());
            String told = problems(() -> store.lock(Duration.ZERO, ADA)).getFirst().what();
            assertThat(told).contains("another run: held by").contains("Bob").hasSizeLessThan(400);
            assertThat(told.chars().noneMatch(Character::isISOControl)).isTrue();
        }
    }

    @Test
    void whatAServerDoesNotKnowIsAskedForOnce() throws IOException {
        StateShelf shelf = shelf(Manner.PLAIN);
        shelf.faults(call -> call.method().equals("LOCK") ? Optional.of(new Status(501, "")) : Optional.empty());
        HttpStateStore store = store(shelf, Manner.PLAIN);
        assertThat(problems(() -> store.lock(Duration.ZERO, ADA)).getFirst().remedy()).contains("lock: false");
        assertThat(shelf.count("LOCK")).isOne();
    }

    @Test
    void aServerWithoutLocksIsToldFromOneThatIsLocked() throws IOException {
        StateShelf shelf = shelf(Manner.GITLAB);
        HttpStateStore store = store(shelf, Manner.PLAIN);
        Problem none = problems(() -> store.lock(Duration.ZERO, ADA)).getFirst();
        assertThat(none.what()).contains("LOCK is answered with status 404");
        assertThat(none.remedy()).contains("lock: false");
    }
}
