package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {

    private static final long SEED = 7;

    private static String made(String policy) {
        return PasswordRules.of(policy).make(new Random(SEED)).orElseThrow();
    }

    private static long count(String password, IntPredicate kind) {
        return password.chars().filter(kind).count();
    }

    @Test
    void withoutAPolicyAPasswordIsLongAndHasAllKindsOfCharacters() {
        Set<String> different = new HashSet<>();
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            String password = PasswordRules.of("").make(random).orElseThrow();
            different.add(password);
            assertThat(password).hasSize(20)
                    .containsPattern("[a-z]")
                    .containsPattern("[A-Z]")
                    .containsPattern("[2-9]")
                    .containsPattern("[^a-zA-Z0-9]")
                    .doesNotContainPattern("[\\s\",;='<>&$`\\\\0O1lI]");
        }
        assertThat(different).hasSize(200);
    }

    @Test
    void whatThePolicyCountsIsThereAndAShorterLengthDoesNotMakeItShorter() {
        String password = made(
                "length(8) and digits(6) and upperCase(5) and specialChars(4) and notUsername(undefined) and passwordHistory(3)");

        assertThat(password).hasSize(20);
        assertThat(count(password, Character::isDigit)).isGreaterThanOrEqualTo(6);
        assertThat(count(password, Character::isUpperCase)).isGreaterThanOrEqualTo(5);
        assertThat(count(password, c -> !Character.isLetterOrDigit(c))).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aPolicyMakesItLongerOrBoundsIt() {
        assertThat(made("length(32)")).hasSize(32);
        assertThat(made("length(8) and maxLength(12)")).hasSize(12);
        assertThat(made("digits(30)")).hasSizeGreaterThanOrEqualTo(33);
    }

    @Test
    void aPatternIsMetOrNoPasswordIsMade() {
        assertThat(made("regexPattern(^[a-z].*[a-z]$) and length(10)")).matches("[a-z].*[a-z]");
        assertThat(PasswordRules.of("regexPattern(^only this$)").make(new Random(SEED))).isEmpty();
        assertThat(PasswordRules.of("regexPattern([)").make(new Random(SEED))).isPresent();
    }
}
