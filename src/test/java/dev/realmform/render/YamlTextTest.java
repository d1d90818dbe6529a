package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    private static final String ALPHABET = "aN1 0.:-#,[]{}&*!|>'\"%@`?~=<\\/_+\t\n\u001b\u202eäx日";

    private final YamlText yaml = new YamlText(Glyphs.UNICODE);

    @ParameterizedTest
    @ValueSource(
            strings = {"pay-portal", "https://pay.example.com/*?a=b&c=d", "a, b", "it's", "$(secret:x)", "${role_x}",
                "may read the audit log", "S256", "keycloak.v2", "1.2.3", "-x", "/Payments/Approvers", "a#b", "Zürich"})
    void aTextThatReadsBackAsItselfIsNotQuoted(String text) {
        assertThat(yaml.scalar(text, YamlText.Place.BLOCK)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " a", "a ", "true", "No", "~", "null", "1", "-1.5", "1_000", "0x1F", "1e3", ".inf", "12:30",
                "2026-01-01", "a: b", "a #b", "#a", "@a", "[a]", "{a", "*a", "&a", "!a", "- a", "?", "a:", "---", "%a",
                "'a", "="})
    void aTextThatWouldReadAsSomethingElseIsQuoted(String text) {
        assertThat(yaml.scalar(text, YamlText.Place.BLOCK)).matches("(?s)([\"']).*\\1");
    }

    @Test
    void whatIsShownReadsBackAsTheSameText() throws JsonProcessingException {
        YAMLMapper mapper = new YAMLMapper();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(8);
            for (int c = 0; c < length; c++) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            String block = "k: " + yaml.scalar(text.toString(), YamlText.Place.BLOCK);
            String flow = "k: [" + yaml.scalar(text.toString(), YamlText.Place.FLOW) + ", x]";
            JsonNode read = mapper.readTree(block).get("k");
            assertThat(read.isTextual()).as(block).isTrue();
            assertThat(read.textValue()).as(block).isEqualTo(text.toString());
            assertThat(mapper.readTree(flow).get("k").get(0).asText()).as(flow).isEqualTo(text.toString());
        }
    }
}
