package dev.realmform.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.realmform.model.Problem;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/** Tokens to trees: YAML and JSON through one builder, with bounds on whatever a hostile file could blow up. */
final class TreeReader {

    static final int DEEPEST = 100;

    /** JSON's notation. What YAML 1.1 also takes for numbers (octal, hexadecimal, 1_000, 0123) stays the text it is. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    /** The YAML scanner copies all of a text for each thousand characters of it: 2 MiB on one line take seconds, 32 minutes. */
    private static final int LONGEST_LINE = 256 * 1024;

    private static final int LONGEST_NUMBER = 300;
    private static final int LARGEST_EXPONENT = 400;

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxStringLength(SourceFile.LARGEST)
            .maxNameLength(SourceFile.LARGEST)
            .maxNumberLength(SourceFile.LARGEST)
            .maxNestingDepth(DEEPEST + 10)
            .build();

    private static final String TAG = "tag:yaml.org,2002:";

    private final SourceFile file;
    private final JsonParser parser;
    private final boolean json;
    private final Anchors anchors;

    /** Half a character can only be written as an escape. */
    private final boolean mayHoldHalves;

    /** How many levels lie below the value that was read last. */
    private int height;

    private TreeReader(SourceFile file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
        this.json = file.isJson();
        this.anchors = new Anchors();
        this.mayHoldHalves = file.text().contains("\\u") || file.text().contains("\\U");
    }

    /**
     * The documents of a file; none if it holds nothing but comments.
     *
     * @throws ProblemException if it is neither YAML nor JSON, or breaks a bound
     */
    static List<Node> read(SourceFile file) {
        try (JsonParser parser = parser(file)) {
            return new TreeReader(file, parser).documents();
        } catch (JsonProcessingException e) {
            throw SyntaxErrors.of(file, e).asException();
        } catch (IOException | YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The last three escape the YAML scanner on some malformed escapes and directives.
            throw Problem.invalid("not " + (file.isJson() ? "JSON" : "YAML") + ": the file cannot be read",
                    Place.of(file.name(), 1, 1).toString(), "Correct the file.").causedBy(e).asException();
        }
    }

    private static JsonParser parser(SourceFile file) throws IOException {
        if (file.isJson()) {
            return JsonFactory.builder()
                    .streamReadConstraints(BOUNDS)
                    // Read as YAML, as other tools do, these files are right.
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build()
                    .createParser(file.text());
        }
        refuseLongLines(file);
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceFile.LARGEST);
        options.setNestingDepthLimit(DEEPEST + 10);
        return new AnchoredParser.Factory(YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(BOUNDS)
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)).createParser(file.text());
    }

    private static void refuseLongLines(SourceFile file) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < file.text().length(); i++) {
            if (file.text().charAt(i) == '\n' || file.text().charAt(i) == '\r') {
                line += file.text().charAt(i) == '\n' ? 1 : 0;
                start = i + 1;
            } else if (i - start >= LONGEST_LINE) {
                throw Problem.invalid("the line is longer than " + LONGEST_LINE + " characters",
                        Place.of(file.name(), line, LONGEST_LINE + 1).toString(),
                        "Break it into several. A file of JSON may be one line if it is named .json.").asException();
            }
        }
    }

    private List<Node> documents() throws IOException {
        List<Node> documents = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            anchors.startDocument();
            Node document = value(token, 1, new Trail.Top());
            if (!(document instanceof Node.Leaf leaf && leaf.isNull())) {
                documents.add(document);
            }
        }
        return documents;
    }

    private Node value(JsonToken token, int depth, Trail trail) throws IOException {
        Place place = here(trail);
        if (isAlias()) {
            return alias(parser.getText(), depth, place);
        }
        checkTag(place);
        Optional<String> anchor = parser instanceof AnchoredParser yaml ? yaml.anchor() : Optional.empty();
        if (anchor.isPresent()) {
            anchors.open(anchor.get());
        }
        int before = anchors.count();
        anchors.countOne();
        Node node = switch (token) {
            case START_OBJECT -> fields(deeper(depth, place), place);
            case START_ARRAY -> items(deeper(depth, place), place);
            default -> leaf(token, place);
        };
        if (anchor.isPresent()) {
            anchors.close(anchor.get(), node, anchors.count() - before, height);
        }
        return node;
    }

    private int deeper(int depth, Place place) {
        if (depth > DEEPEST) {
            throw tooDeep(place);
        }
        return depth + 1;
    }

    private static ProblemException tooDeep(Place place) {
        return Problem.invalid("the file nests deeper than " + DEEPEST + " levels", place.source().exact(),
                "No realm document needs that: check the brackets and the indentation.").asException();
    }

    private Node.Items items(int depth, Place place) throws IOException {
        List<Node> items = new ArrayList<>();
        int highest = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(present(token), depth, place.trail().item(items.size())));
            highest = Math.max(highest, height);
        }
        height = highest + 1;
        return new Node.Items(items, place);
    }

    private Node.Fields fields(int depth, Place place) throws IOException {
        SequencedMap<String, Node.Entry> entries = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        int highest = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String name = parser.currentName();
            Place key = here(place.trail().key(name));
            refuseHalves(name, key);
            Node node = value(present(parser.nextToken()), depth, key.trail());
            highest = Math.max(highest, height);
            if (name.equals("<<") && !json) {
                merged.add(node);
                continue;
            }
            Node.Entry first = entries.putIfAbsent(name, new Node.Entry(key, node));
            if (first != null) {
                throw Problem.invalid("the key " + Texts.quoted(name) + " stands twice in one map", key.toString(),
                        "It stands at " + first.key().source() + " already. Remove one of the two.").asException();
            }
        }
        merged.forEach(node -> mergeInto(entries, node));
        height = highest + 1;
        return new Node.Fields(entries, place);
    }

    /** YAML's merge key: fields of other maps, behind those that stand here. */
    private static void mergeInto(SequencedMap<String, Node.Entry> entries, Node node) {
        switch (node) {
            case Node.Fields map -> map.entries().forEach(entries::putIfAbsent);
            case Node.Items list when list.items().stream().allMatch(Node.Fields.class::isInstance) -> list.items()
                    .forEach(item -> mergeInto(entries, item));
            case Node.Items list -> throw notMergeable(list);
            case Node.Leaf leaf -> throw notMergeable(leaf);
        }
    }

    private static ProblemException notMergeable(Node node) {
        return Problem.invalid("<< takes a map, or a list of maps", node.place().toString(),
                "Write <<: *name, where &name marks a map.").asException();
    }

    private JsonToken present(JsonToken token) {
        if (token == null) {
            throw Problem.invalid("the file ends in the middle", Place.of(file.name(), line(), 1).toString(),
                    "Close what is open.").asException();
        }
        return token;
    }

    private Node.Leaf leaf(JsonToken token, Place place) throws IOException {
        height = 0;
        String text = parser.getText();
        refuseHalves(text, place);
        Value value = switch (token) {
            case VALUE_NULL -> Value.NULL;
            case VALUE_TRUE -> Value.bool(true);
            case VALUE_FALSE -> Value.bool(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(text, place);
            default -> Value.text(text);
        };
        return new Node.Leaf(value, text, place);
    }

    /** No server keeps half of a pair of surrogates: it would come back as a question mark, and no plan would be empty. */
    private void refuseHalves(String text, Place place) {
        if (mayHoldHalves
                && text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Problem.invalid("the text holds half of a character (an escape from \\ud800 to \\udfff)",
                    place.toString(), "Write both halves, or the character itself.").asException();
        }
    }

    private static Value number(String text, Place place) {
        if (!NUMBER.matcher(text).matches() && text.length() <= LONGEST_NUMBER) {
            return Value.text(text);
        }
        if (text.length() <= LONGEST_NUMBER) {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs(number.scale()) <= LARGEST_EXPONENT) {
                return new Value.Num(number);
            }
        }
        throw Problem.invalid("the number is too long", place.toString(), "Quote it if it is meant as a text.")
                .asException();
    }

    private boolean isAlias() {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }

    private Node alias(String name, int depth, Place place) {
        Anchors.Anchored found = anchors.use(name, place);
        if (depth + found.height() > DEEPEST) {
            throw tooDeep(place);
        }
        height = found.height();
        return found.node() instanceof Node.Leaf leaf ? new Node.Leaf(leaf.value(), leaf.raw(), place) : found.node();
    }

    private void checkTag(Place place) throws IOException {
        String tag = json ? null : (String) parser.getTypeId();
        if (tag != null && !tag.equals(TAG + "str") && !tag.equals(TAG + "map") && !tag.equals(TAG + "seq")) {
            throw Problem.invalid("the YAML tag " + Texts.quoted(tag) + " means nothing here", place.toString(),
                    "Remove it; only !!str is known.").asException();
        }
    }

    private Place here(Trail trail) {
        JsonLocation at = parser.currentTokenLocation();
        return new Place(new Source(file.name(), at.getLineNr(), at.getColumnNr()), trail);
    }

    private int line() {
        return Math.max(1, parser.currentLocation().getLineNr());
    }
}
