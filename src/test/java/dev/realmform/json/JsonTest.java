package dev.realmform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.realmform.model.Address;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final String CANARY = "CANARY-81f0";

    @Test
    void everyValueComesBackFromAFileAsItWas() {
        for (long seed = 0; seed < 2000; seed++) {
            Value value = new RandomValues(new SplittableRandom(seed)).any(5);
            assertThat(Tags.read(Json.parse(Json.compact(value, Json.Secrets.REFERENCE)))).as("seed %d", seed)
                    .isEqualTo(value);
            assertThat(Tags.read(Json.parse(Json.pretty(value, Json.Secrets.REFERENCE)))).as("seed %d", seed)
                    .isEqualTo(value);
        }
    }

    @Test
    void keysAreSortedAndIndentedByTwoSpaces() {
        Value value = new Value.MapOf(Map.of("b", Value.texts(List.of("x", "y")), "a", Value.num(100), "c",
                Value.EMPTY_MAP, "d", new Value.ListOf(List.of())));
        assertThat(Json.pretty(value, Json.Secrets.REFERENCE)).isEqualTo("""
                {
                  "a": 100,
                  "b": [
                    "x",
                    "y"
                  ],
                  "c": {},
                  "d": []
                }
                """);
        assertThat(Json.compact(value, Json.Secrets.REVEAL))
                .isEqualTo("{\"a\":100,\"b\":[\"x\",\"y\"],\"c\":{},\"d\":[]}");
    }

    @Test
    void aSecretIsInClearOnlyInABody() {
        Value value = new Value.MapOf(Map.of("password", Secret.of(CANARY, "$(secret:smtp)")));
        assertThat(Json.compact(value, Json.Secrets.REVEAL)).isEqualTo("{\"password\":\"" + CANARY + "\"}");
        assertThat(Json.compact(value, Json.Secrets.REFERENCE))
                .isEqualTo("{\"password\":{\"$secret\":\"$(secret:smtp)\"}}");
        assertThat(Json.compact(value, Json.Secrets.HIDE)).isEqualTo("{\"password\":\"(secret)\"}");
    }

    @Test
    void aBodyKeepsKeysThatBeginWithADollar() {
        Value value = new Value.MapOf(Map.of("$schema", Value.text("x")));
        assertThat(Json.compact(value, Json.Secrets.REVEAL)).isEqualTo("{\"$schema\":\"x\"}");
        assertThat(Json.compact(value, Json.Secrets.REFERENCE)).isEqualTo("{\"$$schema\":\"x\"}");
    }

    @Test
    void whatIsNotKnownIsNeverSent() {
        assertThatIllegalStateException().isThrownBy(
                () -> Json.compact(new Value.Hidden(Value.Hidden.Reason.MASKED), Json.Secrets.REVEAL));
        assertThatIllegalStateException().isThrownBy(
                () -> Json.compact(new Value.Unknown(Address.of("client", "r", "c"), "id"), Json.Secrets.REVEAL));
        assertThatIllegalStateException().isThrownBy(
                () -> Json.compact(Secret.notGiven("$(secret:x)"), Json.Secrets.REVEAL));
    }

    @Test
    void numbersKeepEveryDigit() {
        assertThat(Json.parse("[12345678901234567890.123456789, 1.0, 1, 1e2]")).isEqualTo(new Value.ListOf(
                List.of(new Value.Num(new BigDecimal("12345678901234567890.123456789")), Value.num(1), Value.num(1),
                        Value.num(100))));
        assertThat(Json.compact(Json.parse("1e2"), Json.Secrets.REVEAL)).isEqualTo("100");
    }

    @Test
    void bytesReadLikeText() {
        String text = "{\"ä\":[true,null]}";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_32LE)) {
            assertThat(Json.parse(text.getBytes(charset))).isEqualTo(Json.parse(text));
        }
    }

    @Test
    void onlyTheFieldsThatAreAskedForAreKeptOfTheOutermostObjects() {
        byte[] list = "[{\"x\":{\"id\":[1]},\"id\":1,\"in\":{\"id\":2,\"x\":[{\"x\":3}]}},{\"x\":\"a\",\"in\":[{\"x\":4}]}]"
                .getBytes(StandardCharsets.UTF_8);
        byte[] object = "{\"id\":1,\"x\":[[]],\"in\":{}}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.parse(list, Set.of("id", "in")))
                .isEqualTo(Json.parse("[{\"id\":1,\"in\":{\"id\":2,\"x\":[{\"x\":3}]}},{\"in\":[{\"x\":4}]}]"));
        assertThat(Json.parse(object, Set.of("id"))).isEqualTo(Json.parse("{\"id\":1}"));
        assertThat(Json.parse(object, Set.of())).isEqualTo(Json.parse("{\"id\":1,\"x\":[[]],\"in\":{}}"));
    }

    @Test
    void refusalsSayWhere() {
        assertThat(problemOf("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}"))
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("the key \"a\" appears twice in one object"))
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("line 3, column 2"));
        assertThat(problemOf("{\"a\": 1").what()).isEqualTo("not JSON: it ends in the middle");
        assertThat(problemOf("1 2").what()).contains("something follows");
        assertThat(problemOf(" ").what()).contains("empty");
        assertThat(problemOf("[".repeat(300) + "]".repeat(300)).what()).contains("256 levels");
        assertThat(problemOf("1e999999999").what()).contains("digits");
        assertThat(problemOf("1".repeat(1001)).what()).contains("digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"password\": CANARY-81f0}", "CANARY-81f0", "{\"a\": \"CANARY-81f0", "[\"CANARY-81f0\" 1]",
                "{\"a\":\"CANARY-81f0\u0001\"}", "'CANARY-81f0'", "{\"a\":\"\\CANARY-81f0\"}"})
    void aRefusalDoesNotQuoteTheText(String text) {
        Problem problem = problemOf(text);
        assertThat(problem.toString()).doesNotContain("CANARY");
        assertThat(problem.cause()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$secret\": 1}", "{\"$secret\": \"x\", \"more\": 1}", "{\"$new\": \"x\"}",
        "{\"$hidden\": \"WHY\"}", "{\"$unknown\": \"no-address\", \"field\": \"id\"}", "{\"$unknown\": \"a/b\"}"})
    void marksThatAreNotOursAreRefused(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Tags.read(Json.parse(text)))
                .withMessageContaining("not a mark");
    }

    private static Problem problemOf(String text) {
        try {
            Value value = Json.parse(text);
            throw new AssertionError("read as " + value);
        } catch (ProblemException e) {
            return e.problems().getFirst();
        }
    }
}
