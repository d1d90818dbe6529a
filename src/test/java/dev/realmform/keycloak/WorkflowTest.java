package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers without workflows answer: none at all, or a feature that is switched off. */
class WorkflowTest {

    @ParameterizedTest
    @ValueSource(ints = {404, 501})
    void aServerThatHasNoneIsNamedInThePlanWithTheLine(int status) {
        FakeAdmin admin = new FakeAdmin().answers("GET /retail/workflows?exact=true&search=idle", status, "{}")
                .answers("GET /retail/workflows", status, "{}");
        Resource idle = Resource.desired(Address.of(WorkflowType.NAME, "retail", "idle"), Value.EMPTY_MAP,
                Origin.of(new Source("retail.yaml", 7, 3)));
        Found found = new Found(new Ids(address -> Optional.empty()), new Renames(Map.of()));

        new WorkflowType().list(new Reader(admin), Wanted.only(idle), found);
        List<Problem> problems = new WorkflowType().review(
                new Plan(List.of(new Change.Create(idle, idle)), new TreeMap<>(), 0, List.of()), new Reader(admin));

        assertThat(found.objects()).isEmpty();
        assertThat(problems).extracting(Problem::what)
                .containsExactly("the server has no workflows, and workflow/retail/idle is one");
        assertThat(problems).extracting(Problem::where).containsExactly("retail.yaml:7:3");
    }
}
