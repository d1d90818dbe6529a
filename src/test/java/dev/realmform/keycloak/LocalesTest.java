package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.json.Json;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalesTest {

    private static List<String> warnings(String json) {
        Value.MapOf document = ((Value.MapOf) Json.parse(json)).with("realm", Value.text("r"));
        return new RealmDocument().expand(document, Origin.of(new Source("r.yaml", 7, 1)))
                .notices()
                .stream()
                .map(Plan.Notice::text)
                .toList();
    }

    @Test
    void textsOfALanguageThatNobodyCanChooseAreAWarning() {
        assertThat(warnings("{\"supportedLocales\": [\"de\"], \"localizationTexts\": {\"fr\": {\"a\": \"b\"}}}"))
                .containsExactly("nobody sees the texts of fr (r.yaml:7): supportedLocales does not hold it");
    }

    @Test
    void textsThatOtherLanguagesFallBackToAreSeen() {
        assertThat(warnings(
                """
                {"supportedLocales": ["pt-BR", "de"], "localizationTexts": {"pt": {"a": "b"}, "en": {"a": "b"}, "de": {"a": "b"}}}"""))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfLanguagesThatTheFileDoesNotListWhole() {
        assertThat(warnings("{\"localizationTexts\": {\"fr\": {\"a\": \"b\"}}, \"defaultLocale\": \"fr\"}")).isEmpty();
        assertThat(warnings(
                """
                {"supportedLocales": {"$add": ["de"]}, "localizationTexts": {"fr": {"a": "b"}}, "defaultLocale": "fr"}"""))
                .isEmpty();
    }

    @Test
    void aDefaultThatNobodyCanChooseIsAWarning() {
        assertThat(warnings("{\"supportedLocales\": [\"de\"], \"defaultLocale\": \"fr\"}"))
                .containsExactly("defaultLocale is fr (r.yaml:7), and supportedLocales does not hold it");
    }
}
