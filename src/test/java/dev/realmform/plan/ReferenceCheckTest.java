package dev.realmform.plan;

import static dev.realmform.plan.FakeType.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.model.Address;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.ServerIdentity;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Manage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ReferenceCheckTest {

    private static final Address SOURCE = Address.of("thing", "source");
    private static final Address TARGET = Address.of("thing", "target");

    @Test
    void aReferenceDoesNotCarryASecretToWhereItCanBeRead() {
        assertThat(problems("note", "secret")).singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .isEqualTo("$(ref:thing/source.secret) is a secret and may not stand in note of thing/target"));
        assertThat(problems("note", "password")).hasSize(1);
    }

    @Test
    void aSecretMayBecomeASecretAndWhatIsNoneMayStandAnywhere() {
        assertThat(problems("secret", "secret")).isEmpty();
        assertThat(problems("note", "title")).isEmpty();
        assertThat(problems("note", Value.Unknown.ID)).isEmpty();
    }

    /** Several threads look, and what they find is told in the order of the addresses. */
    @Test
    void manyProblemsComeInTheOrderOfTheAddresses() {
        SortedMap<Address, Resource> desired = new TreeMap<>();
        for (int i = 0; i < 500; i++) {
            Address address = Address.of("thing", "t%03d".formatted(i));
            desired.put(address,
                    Resource.desired(address, map("note", new Value.Unknown(SOURCE, "title")), Origin.NONE));
        }

        assertThat(problems(desired)).extracting(Problem::what)
                .hasSize(500)
                .isSorted()
                .first(InstanceOfAssertFactories.STRING)
                .contains("t000");
    }

    private static List<Problem> problems(String field, String of) {
        Value.MapOf source = map("title", "x", "secret", Secret.of("hush", "$(secret:s)"), "password",
                Secret.of("hush", "$(secret:s)"));
        Value.MapOf target = map(field, new Value.Unknown(SOURCE, of));
        Map<Address, Resource> desired = Map.of(SOURCE, Resource.desired(SOURCE, source, Origin.NONE), TARGET,
                Resource.desired(TARGET, target, Origin.NONE));
        return problems(desired);
    }

    private static List<Problem> problems(Map<Address, Resource> desired) {
        LiveState nothing = new LiveState(new TreeMap<>(), new ServerIdentity("here", new TreeMap<>()), List.of());
        return new Planner(name -> new FakeType("thing"))
                .plan(new PlanRequest(new TreeMap<>(desired), nothing, new TreeMap<>(), Manage.NOTHING,
                        PlanRequest.Aim.DESIRED, PlanRequest.Inside.REFUSE))
                .problems();
    }
}
