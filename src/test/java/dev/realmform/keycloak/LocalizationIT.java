package dev.realmform.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realmform.cli.demo.KeycloakServer;
import dev.realmform.testing.RealKeycloak;
import dev.realmform.testing.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A realm's own texts, on a real server. */
@ExtendWith(RealKeycloak.class)
class LocalizationIT {

    private TestRealm realm;
    private LiveRealm live;

    @BeforeEach
    void open(KeycloakServer server, TestRealm own) {
        realm = own;
        live = new LiveRealm(server, realm.name());
        live.apply("{}");
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void aKeyThatLeavesGoesAndOthersKeysStay() {
        assertThat(live.apply("""
                {"localizationTexts": {"de": {"one": "1", "two": "2", "odd/key %": "3"}}}"""))
                .containsExactly("create localization/R/de");
        realm.post("localization/de", "{\"theirs\": \"x\"}");
        String document = """
                {"localizationTexts": {"de": {"two": "zwei"}}}""";

        assertThat(live.apply(document)).containsExactly("update localization/R/de: odd/key %, one, two");

        assertThat(texts("de")).isEqualTo(Map.of("two", "zwei", "theirs", "x"));
        assertThat(live.plan(document)).isEmpty();
    }

    @Test
    void aLanguageThatLeavesGoesKeyByKey() {
        live.apply("""
                {"localizationTexts": {"de": {"one": "1", "two": "2"}, "fr": {"one": "un"}}}""");
        realm.post("localization/de", "{\"theirs\": \"x\", \"two\": \"moved\"}");

        assertThat(live.apply("{}")).containsExactly("delete localization/R/de", "delete localization/R/fr");

        assertThat(texts("de")).isEqualTo(Map.of("theirs", "x", "two", "moved"));
        assertThat(texts("fr")).isEmpty();
        assertThat(live.plan("{}")).isEmpty();
    }

    @Test
    void ofALanguageThatWasThereOnlyOurKeysGo() {
        realm.post("localization/de", "{\"theirs\": \"x\", \"same\": \"s\"}");
        assertThat(live.apply("""
                {"localizationTexts": {"de": {"ours": "1", "same": "s"}}}"""))
                .containsExactly("adopt localization/R/de: ours");

        assertThat(live.apply("{}")).containsExactly("delete localization/R/de");

        assertThat(texts("de")).isEqualTo(Map.of("theirs", "x", "same", "s"));
    }

    @Test
    void aLanguageIsTakenAwayWholeIfTheFileSaysSo() {
        realm.post("localization/de", "{\"theirs\": \"x\"}");
        realm.post("localization/fr", "{\"theirs\": \"x\"}");
        live.manage(Map.of("localizationTexts", List.of("d*")));

        assertThat(live.apply("""
                {"localizationTexts": {"fr": {"$delete": true}}}"""))
                .containsExactly("delete localization/R/de", "delete localization/R/fr");
        assertThat(realm.get("localization")).isEmpty();
    }

    @Test
    void textsMayStandInMessageBundles() {
        String document = """
                {"messageBundles": {"de": {"one": "1"}}, "localizationTexts": {"fr": {"one": "un"}, "nl": {}}}""";
        live.apply(document);

        assertThat(texts("de")).isEqualTo(Map.of("one", "1"));
        assertThat(texts("fr")).isEqualTo(Map.of("one", "un"));
        assertThat(live.plan(document)).isEmpty();
        assertThat(live.wrong("""
                {"messageBundles": {"de": {"one": "1"}}, "localizationTexts": {"de": {"two": "2"}}}"""))
                .containsExactly("the texts of de stand in localizationTexts and in messageBundles");
    }

    private Map<String, String> texts(String locale) {
        Map<String, String> texts = new java.util.HashMap<>();
        realm.get("localization/" + locale)
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts;
    }
}
