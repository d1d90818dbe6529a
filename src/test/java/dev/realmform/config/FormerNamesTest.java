package dev.realmform.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Directives;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FormerNamesTest {

    /** Each is {@code now was}, on a line of its own. */
    private static List<String> problems(String... renames) {
        List<Resource> resources = new ArrayList<>();
        for (String rename : renames) {
            String[] names = rename.split(" ", -1);
            resources.add(new Resource(address(names[0]), Value.EMPTY_MAP,
                    Origin.of(new Source("r.yaml", resources.size() + 1, 1)),
                    new Directives(Optional.of(address(names[1])), false, Optional.empty(), Set.of())));
        }
        return FormerNames.problems(resources).stream().map(FormerNamesTest::said).toList();
    }

    private static String said(Problem problem) {
        return problem.where() + " " + problem.what();
    }

    private static Address address(String name) {
        return Address.of("client", "r", name);
    }

    @Test
    void oneThingBecomesOne() {
        assertThat(problems("a x", "b x")).containsExactly("r.yaml:2:1 two resources were client/r/x");
    }

    @Test
    void namesDoNotGoRoundInACircle() {
        assertThat(problems("a b", "b a", "c b")).containsExactly("r.yaml:3:1 two resources were client/r/b",
                "r.yaml:1:1 these would pass their names on in a circle: client/r/a, client/r/b");
        assertThat(problems("c a", "b c", "a b")).containsExactly(
                "r.yaml:3:1 these would pass their names on in a circle: client/r/a, client/r/b, client/r/c");
    }

    @Test
    void aNameMayBePassedOn() {
        assertThat(problems("c b", "b a", "x y")).isEmpty();
        assertThat(problems("a a")).isEmpty();
    }
}
