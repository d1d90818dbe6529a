package dev.realmform.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.realmform.model.FrozenMap;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One strict reading of one text. Jackson's own messages quote the text, so none of them gets out. */
final class JsonReader implements AutoCloseable {

    /** A number such as 1e999999999 fits in a few bytes and is written out in a gigabyte. */
    private static final int LONGEST_NUMBER = 1000;

    private final JsonParser parser;
    /** Which fields of the next object are read; empty for all of them. */
    private Set<String> kept;

    JsonReader(JsonParser parser) {
        this(parser, Set.of());
    }

    /** @param kept of the outermost objects; empty for all of them */
    JsonReader(JsonParser parser, Set<String> kept) {
        this.parser = parser;
        this.kept = kept;
    }

    Value only() throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw problem("there is no JSON in it: it is empty", parser.currentLocation());
            }
            Value value = value();
            if (parser.nextToken() != null) {
                throw problem("not JSON: something follows the end of the value", parser.currentTokenLocation());
            }
            return value;
        } catch (JsonEOFException e) {
            throw problem("not JSON: it ends in the middle", e.getLocation());
        } catch (StreamConstraintsException e) {
            throw problem("refused: nested more than " + Json.DEEPEST + " levels deep, or a number of more than "
                    + LONGEST_NUMBER + " digits", e.getLocation());
        } catch (JsonProcessingException e) {
            throw problem("not JSON", e.getLocation());
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private Value value() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Value.NULL;
            case VALUE_TRUE -> Value.bool(true);
            case VALUE_FALSE -> Value.bool(false);
            case VALUE_STRING -> Value.text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case START_ARRAY -> list();
            case START_OBJECT -> map();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT -> throw problem("not JSON",
                    parser.currentTokenLocation());
        };
    }

    private Value.Num number() throws IOException {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) + number.precision() > LONGEST_NUMBER) {
            throw problem("refused: a number of more than " + LONGEST_NUMBER + " digits",
                    parser.currentTokenLocation());
        }
        return new Value.Num(number);
    }

    private Value.ListOf list() throws IOException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Value.ListOf(items);
    }

    private Value.MapOf map() throws IOException {
        FrozenMap.Builder<String, Value> fields = new FrozenMap.Builder<>();
        Set<String> wanted = kept;
        kept = Set.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (!wanted.isEmpty() && !wanted.contains(key)) {
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            if (fields.has(key)) {
                throw problem("the key \"" + key + "\" appears twice in one object", parser.currentTokenLocation());
            }
            parser.nextToken();
            fields.add(key, value());
        }
        kept = wanted;
        return new Value.MapOf(fields.build());
    }

    private static ProblemException problem(String what, JsonLocation at) {
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        return Problem.invalid(what, where, "").asException();
    }
}
