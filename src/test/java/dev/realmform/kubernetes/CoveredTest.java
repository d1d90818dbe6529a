package dev.realmform.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoveredTest {

    /** What is declared, what the server has, and whether it is the same quantity. */
    @ParameterizedTest
    @CsvSource({"1, '\"1\"', true", "0.5, '\"500m\"', true", "2000, '\"2k\"', true", "1, '\"2\"', false",
        "1, '\"1x\"', false", "1, 2, false"})
    void aNumberIsTheQuantityThatTheServerMakesOfIt(String declared, String live, boolean same) {
        Value.MapOf there = limit(live);

        assertThat(Covered.over(limit(declared), there).equals(there)).isEqualTo(same);
    }

    private static Value.MapOf limit(String value) {
        return (Value.MapOf) Json.parse("{\"limits\": {\"cpu\": " + value + "}}");
    }
}
