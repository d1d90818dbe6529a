package dev.realmform.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.realmform.json.Json;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {

    private static final List<String> TEXTS = List.of("", " ", "a", "a b", "yes", "null", "1.0", "- a", "a: b", "a #b",
            "*", "+", "{a}", "[x, y]", "it's", "\"q\"", "back\\slash", "two\nlines\n", "tab\there", "ключ", "$(var:x)",
            "https://a.test/*", "\u202e", "a".repeat(150), "2026-01-01", "%", "@x", "!tag", "a,b", "?");

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> Value.num(random.nextInt(1000));
            case 1 -> Value.bool(random.nextBoolean());
            case 2 -> random.nextInt(4) == 0 ? Value.NULL : Value.text(text(random));
            case 3 -> Value.text(text(random));
            case 4 -> list(random, depth);
            default -> map(random, depth);
        };
    }

    private static Value list(Random random, int depth) {
        List<Value> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(random, depth + 1));
        }
        return new Value.ListOf(items);
    }

    private static Value.MapOf map(Random random, int depth) {
        TreeMap<String, Value> fields = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(text(random), value(random, depth + 1));
        }
        return new Value.MapOf(fields);
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void whateverIsWrittenReadsBackAsTheSame(long seed) throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Value.MapOf document = map(random, 0).with("last", Value.num(1));
            String written = YamlDocument.of(document, List.of());
            JsonNode read = yaml.readTree(written);
            assertThat(Json.parse(read.toString())).as("seed %d: %s", seed, written).isEqualTo(document);
        }
    }

    @Test
    void listsOfMapsAndLongListsAreBlocks() {
        Value.MapOf document = (Value.MapOf) Json.parse("""
                {"b": [{"x": 1, "z": {"a": []}}, {}], "a": ["%1$s", "%1$s"], "first": "yes"}"""
                .formatted("a".repeat(60)));

        assertThat(YamlDocument.of(document, List.of("first"))).isEqualTo("""
                first: "yes"
                a:
                  - %1$s
                  - %1$s
                b:
                  - x: 1
                    z:
                      a: []
                  - {}
                """.formatted("a".repeat(60)));
    }

    @Test
    void commentsStandAboveWhatTheyAreAbout() throws IOException {
        Value.MapOf document = (Value.MapOf) Json.parse("""
                {"a": {"b": 1}, "list": ["x", "z"], "maps": [{"k": 1, "l": 2}, {"k": 3, "l": 4}]}""");
        String written = YamlDocument.of(document, List.of(), Map.of(Path.of("a", "b"), "why b",
                Path.of("list", "1"), "word ".repeat(30).strip(), Path.of("maps", "0"), "two\nlines",
                Path.of("maps", "1", "k"), "why k", Path.of("maps", "1", "l"), "why l"));

        assertThat(written).isEqualTo("""
                list:
                  - x
                  # %s
                  # %s
                  - z
                maps:
                  # two lines
                  - k: 1
                    l: 2
                  # why k
                  - k: 3
                    # why l
                    l: 4

                a:
                  # why b
                  b: 1
                """.formatted("word ".repeat(21).strip(), "word ".repeat(9).strip()));
        assertThat(Json.parse(new ObjectMapper(new YAMLFactory()).readTree(written).toString())).isEqualTo(document);
    }
}
