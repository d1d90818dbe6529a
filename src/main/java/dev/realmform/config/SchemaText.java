package dev.realmform.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The published schema as the tree that the validator takes. Read token by token: Jackson's ObjectMapper would do the same, and
 * takes longer to get going (calendars, locales, introspection) than all of this.
 */
final class SchemaText {

    private static final String RESOURCE = "/schema/desired-state.schema.json";

    private SchemaText() {}

    static JsonNode parsed() {
        try (InputStream stream = Objects.requireNonNull(SchemaText.class.getResourceAsStream(RESOURCE), RESOURCE);
                JsonParser parser = new JsonFactory().createParser(stream)) {
            return tree(parser, parser.nextToken());
        } catch (IOException e) {
            throw new UncheckedIOException("the schema in the jar cannot be read", e);
        }
    }

    private static JsonNode tree(JsonParser parser, JsonToken token) throws IOException {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = make.objectNode();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    object.set(name, tree(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = make.arrayNode();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    array.add(tree(parser, next));
                }
                yield array;
            }
            case VALUE_TRUE, VALUE_FALSE -> make.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> make.nullNode();
            case VALUE_NUMBER_INT -> make.numberNode(parser.getIntValue());
            case VALUE_NUMBER_FLOAT -> make.numberNode(parser.getDecimalValue());
            default -> new Word(parser.getText());
        };
    }

    /** The validator prints all texts of all enums when it gets ready, and Jackson's way of that starts an ObjectMapper. */
    private static final class Word extends TextNode {

        private static final long serialVersionUID = 1;

        Word(String text) {
            super(text);
        }

        @Override
        public String toString() {
            return asText();
        }
    }
}
