package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameOrderTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            a b c   | ''      | a b c
            a b c   | c       | a b c
            a b c   | c a     | c b a
            a b c   | d       | a b c d
            a b c   | a d     | a d b c
            a b c   | d a     | d a b c
            a b c   | a d e b | a d e b c
            a b c   | b d a   | b d a c
            ''      | b a     | b a
            """, delimiter = '|')
    void declaredNamesAreOrderedAmongThemselvesAndOthersStayInTheirPlaces(String live, String declared, String merged) {
        assertThat(NameOrder.merged(words(live), words(declared))).isEqualTo(words(merged));
        assertThat(NameOrder.merged(words(merged), words(declared))).as("again").isEqualTo(words(merged));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
