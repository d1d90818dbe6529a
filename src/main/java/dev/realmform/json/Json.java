package dev.realmform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * Values to JSON and back, as a stream: no tree of another library in between.
 *
 * <p>Reading is strict: one value and nothing after it, no key twice, limited depth. What reading refuses is told by place
 * and never by content, for the content may be a secret. Written keys are sorted.
 */
public final class Json {

    static final int DEEPEST = 256;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // A state has tens of thousands of names, all different.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** What becomes of the values that JSON has no word for: secrets, unknown and hidden ones. */
    public enum Secrets {
        /**
         * For request bodies alone: a secret is written in clear. Unknown and hidden values have no business there; an
         * {@link IllegalStateException} says so, since the server would store the placeholder.
         */
        REVEAL,
        /** For files that are read again: {@code {"$secret": "<reference>"}} and the like, see {@link Tags}. */
        REFERENCE,
        /** For people: {@code (secret)}. Cannot be read back. */
        HIDE
    }

    private Json() {}

    /**
     * Reads one value.
     *
     * @throws dev.realmform.model.ProblemException with line and column if it is not JSON
     */
    public static Value parse(String text) {
        try (JsonReader reader = new JsonReader(FACTORY.createParser(new StringReader(text)))) {
            return reader.only();
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
    }

    /** As {@link #parse(String)}; UTF-8, or UTF-16 and UTF-32 where the first bytes say so. */
    public static Value parse(byte[] bytes) {
        return parse(bytes, Set.of());
    }

    /**
     * As {@link #parse(byte[])}, of objects not more than some fields.
     *
     * @param kept fields of the object, or of each object in the list, that are read; empty for all of them
     */
    public static Value parse(byte[] bytes, Set<String> kept) {
        try (JsonReader reader = new JsonReader(FACTORY.createParser(bytes), kept)) {
            return reader.only();
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail to be read", e);
        }
    }

    /** On one line, without a line break at its end. */
    public static String compact(Value value, Secrets secrets) {
        StringWriter text = new StringWriter();
        write(text, value, secrets, false);
        return text.toString();
    }

    /** Two spaces a level, with a line break at the end. */
    public static String pretty(Value value, Secrets secrets) {
        StringWriter text = new StringWriter();
        write(text, value, secrets, true);
        return text.append('\n').toString();
    }

    private static void write(StringWriter text, Value value, Secrets secrets, boolean indent) {
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            if (indent) {
                out.setPrettyPrinter(printer());
            }
            write(out, Tags.plain(value, secrets));
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be written", e);
        }
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }

    private static void write(JsonGenerator out, Value value) throws IOException {
        switch (value) {
            case Value.Null ignored -> out.writeNull();
            case Value.Bool(boolean flag) -> out.writeBoolean(flag);
            case Value.Num number -> out.writeNumber(number.plain());
            case Value.Text(String text) -> out.writeString(text);
            case Value.ListOf list -> {
                out.writeStartArray();
                for (Value item : list.items()) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case Value.MapOf map -> {
                out.writeStartObject();
                for (Map.Entry<String, Value> field : map.fields().entrySet()) {
                    out.writeFieldName(field.getKey());
                    write(out, field.getValue());
                }
                out.writeEndObject();
            }
            case Secret ignored -> throw unplain();
            case Value.Unknown ignored -> throw unplain();
            case Value.Hidden ignored -> throw unplain();
        }
    }

    private static IllegalStateException unplain() {
        return new IllegalStateException("Tags leaves no value that JSON has no word for");
    }
}
