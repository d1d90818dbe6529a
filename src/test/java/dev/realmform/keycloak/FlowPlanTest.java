package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How declared steps find their places among those that are there. */
class FlowPlanTest {

    @ParameterizedTest
    @CsvSource({
        "a b c,     a b c,       a b c",
        "c a,       a b c,       c b a",
        "a b,       a theirs b,  a theirs b",
        "b a,       a theirs b,  b theirs a",
        "a new b,   a theirs b,  a new theirs b",
        "new a,     theirs a,    theirs new a",
        "a new,     a theirs,    a new theirs",
        "n1 n2,     theirs,      theirs n1 n2",
        "a b,       '',          a b"})
    void declaredStepsAreInTheirOrderAndOthersStayWhereTheyAre(String declared, String live, String becomes) {
        Set<String> there = new HashSet<>(names(declared));
        there.addAll(names(live));

        assertThat(FlowPlan.order(names(declared), names(live), there)).isEqualTo(names(becomes));
    }

    @Test
    void aStepThatKeepsItsPlaceKeepsItsPriority() {
        assertThat(FlowPlan.priorities(flow("a b new c", "a 10 b 20 new c 30"), flow("a b c", "a 10 b 20 c 30")))
                .hasToString("{a=10, b=20, c=30, new=25}");
        assertThat(FlowPlan.priorities(flow("b a c", "a 10 b 20 c 30"), flow("a b c", "a 10 b 20 c 30")))
                .hasToString("{a=25, b=20, c=30}");
    }

    @Test
    void whereThereIsNoRoomTheStepsBehindMakeRoom() {
        assertThat(FlowPlan.priorities(flow("a new b c", "a 0 new b 1 c 50"), flow("a b c", "a 0 b 1 c 50")))
                .hasToString("{a=0, b=20, c=50, new=10}");
    }

    @Test
    void withoutAnOrderPrioritiesAreAsTheyAreAndOneThatHasNoneIsTheLast() {
        assertThat(FlowPlan.priorities(flow("", "a 10 b 20"), flow("", "a 10 b 20"))).hasToString("{a=10, b=20}");
        assertThat(FlowPlan.priorities(flow("a", "a 10 new"), flow("a", "a 10"))).hasToString("{a=10, new=20}");
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(" ")).filter(name -> !name.isEmpty()).toList();
    }

    /** Steps, each with a priority behind it if it has one. */
    private static Value.MapOf flow(String order, String steps) {
        Value.MapOf members = Value.EMPTY_MAP;
        String last = "";
        for (String word : names(steps)) {
            boolean number = word.matches("\\d+");
            last = number ? last : word;
            members = members.with(last, number ? Value.EMPTY_MAP.with("priority", Json.parse(word)) : Value.EMPTY_MAP);
        }
        Value.MapOf flow = Value.EMPTY_MAP.with("authenticationExecutions", members);
        return order.isEmpty() ? flow : flow.with("order", Value.texts(names(order)));
    }
}
