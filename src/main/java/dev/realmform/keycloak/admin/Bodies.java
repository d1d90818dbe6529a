package dev.realmform.keycloak.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Value trees as JSON on the wire. The only place that reveals secrets, which is why it is not the codec of plans and states.
 */
final class Bodies {

    /** Realm themes and certificates fit in far less; the default of 20 MB for one text is kept. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(200).build())
            .build();

    private Bodies() {}

    /**
     * The bytes to send.
     *
     * @param revealed hears of every secret that is about to be sent
     */
    static byte[] write(Value value, Consumer<String> revealed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, value, revealed);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Value value, Consumer<String> revealed) throws IOException {
        switch (value) {
            case Value.Null ignored -> json.writeNull();
            case Value.Bool(boolean flag) -> json.writeBoolean(flag);
            case Value.Num number -> json.writeNumber(number.plain());
            case Value.Text(String text) -> json.writeString(text);
            case Value.ListOf(List<Value> items) -> {
                json.writeStartArray();
                for (Value item : items) {
                    write(json, item, revealed);
                }
                json.writeEndArray();
            }
            case Value.MapOf map -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : map.fields().entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(json, field.getValue(), revealed);
                }
                json.writeEndObject();
            }
            case Secret secret -> {
                revealed.accept(secret.reveal());
                json.writeString(secret.reveal());
            }
            case Value.Unknown hole -> throw new IllegalStateException("not filled before sending: " + hole);
            case Value.Hidden hidden -> throw new IllegalStateException("must never be sent: " + hidden);
        }
    }

    /** The tree in an answer; {@link Value#NULL} for no bytes; empty if it is not JSON. */
    static Optional<Value> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(Value.NULL);
        }
        try (JsonParser json = JSON.createParser(bytes)) {
            Value value = read(json, json.nextToken());
            return json.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Value read(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    fields.put(name, read(json, json.nextToken()));
                }
                yield new Value.MapOf(fields);
            }
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                    items.add(read(json, next));
                }
                yield new Value.ListOf(items);
            }
            case VALUE_STRING -> Value.text(json.getText());
            case VALUE_NUMBER_INT -> new Value.Num(new BigDecimal(json.getBigIntegerValue()));
            case VALUE_NUMBER_FLOAT -> new Value.Num(json.getDecimalValue());
            case VALUE_TRUE -> Value.bool(true);
            case VALUE_FALSE -> Value.bool(false);
            case VALUE_NULL -> Value.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IOException(
                    "unexpected " + token);
        };
    }
}
