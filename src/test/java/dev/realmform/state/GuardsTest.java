package dev.realmform.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Problem;
import dev.realmform.model.ServerIdentity;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GuardsTest {

    @Test
    void fewerFilesThanLastTimeAreRefused() {
        State state = State.fresh("l").forRun(files("a", "b", "c", "d", "e"), States.SERVER);
        assertThat(Guards.fewerFiles(state, files("b", "new"))).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.what()).isEqualTo("4 of 5 files missing: a, c, d and 1 more");
            assertThat(problem.remedy()).contains("--allow-fewer-files");
        });
        assertThat(Guards.fewerFiles(state, files("a", "b", "c", "d", "e", "f"))).isEmpty();
        assertThat(Guards.fewerFiles(State.fresh("l"), files("a"))).isEmpty();
    }

    @Test
    void anotherServerIsRefused() {
        ServerIdentity other = States.server("https://other.example", "retail", "id-2");
        assertThat(Guards.otherServer(States.state(), other)).hasValueSatisfying(problem -> {
            assertThat(problem.what()).contains("https://sso.example", "https://other.example");
            assertThat(problem.remedy()).contains("--new-server");
        });
        assertThat(Guards.realmWasReset(States.state(), other)).isEmpty();
        assertThat(Guards.otherServer(States.state(), States.SERVER)).isEmpty();
        assertThat(Guards.otherServer(State.fresh("l"), other)).isEmpty();
    }

    @Test
    void aRealmWithAnotherIdWasReset() {
        assertThat(Guards.realmWasReset(States.state(), States.server("https://sso.example", "retail", "id-2")))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.what()).contains("realm retail has another id");
                    assertThat(problem.remedy()).contains("--new-server");
                });
        assertThat(Guards.realmWasReset(States.state(), States.SERVER)).isEmpty();
    }

    @Test
    void aRealmThatIsGoneOrNewIsNoReset() {
        assertThat(Guards.realmWasReset(States.state(), new ServerIdentity("https://sso.example", new TreeMap<>())))
                .isEmpty();
        assertThat(Guards.realmWasReset(States.state(), States.server("https://sso.example", "other", "id-9")))
                .isEmpty();
    }

    private static SortedSet<String> files(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
