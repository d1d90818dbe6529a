package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.render.YamlText.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values in YAML. The one place that prints them, and so the one that keeps secrets back. */
final class Values {

    private static final String NOT_GIVEN = "secret, not given here; compared at apply";

    /** More digits than that are shown with an exponent: a number may be a billion digits long. */
    private static final int MOST_DIGITS = 64;

    private final SecretIndex secrets;
    private final YamlText yaml;
    private final int width;

    Values(SecretIndex secrets, Look look) {
        this.secrets = secrets;
        this.yaml = new YamlText(look.glyphs());
        this.width = look.width();
    }

    /** On one line. */
    String flow(Value value) {
        return flow(value, Place.BLOCK);
    }

    private String flow(Value value, Place place) {
        return switch (value) {
            case Value.Null ignored -> "null";
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Num(BigDecimal number) -> number(number);
            case Value.Text(String text) -> yaml.scalar(text, place);
            case Value.ListOf(List<Value> items) ->
                items.stream().map(item -> flow(item, Place.FLOW)).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapOf map -> map.fields()
                    .entrySet()
                    .stream()
                    .map(field -> key(field.getKey(), Place.FLOW) + ": " + flow(field.getValue(), Place.FLOW))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Secret secret -> secret.isGiven() ? secrets.name(secret) : NOT_GIVEN;
            case Value.Unknown(Address source, String ignored) -> "known after " + yamlFree(source);
            case Value.Hidden(Value.Hidden.Reason why) -> switch (why) {
                case MASKED -> "secret, cannot be read back";
                case FORBIDDEN -> "not readable with this login";
            };
        };
    }

    /** What becomes of a value that is, or becomes, a secret; empty if neither side is one. */
    Optional<String> secretChange(Value before, Value after, String arrow) {
        if (after instanceof Secret secret && !secret.isGiven()) {
            return Optional.of(NOT_GIVEN);
        }
        boolean isSecret = before instanceof Secret || after instanceof Secret || before instanceof Value.Hidden
                || after instanceof Value.Hidden;
        if (isSecret && (before.equals(after) || after instanceof Value.Hidden)) {
            return Optional.of("secret, kept");
        }
        if (after instanceof Secret && before instanceof Value.Hidden(Value.Hidden.Reason why)) {
            return Optional.of(switch (why) {
                case MASKED -> "secret, cannot be read back; will be written";
                case FORBIDDEN -> "secret, not readable with this login; will be written";
            });
        }
        if (before instanceof Secret && after instanceof Secret) {
            return Optional.of(flow(before) + " " + arrow + " " + flow(after).substring("secret ".length()));
        }
        return isSecret ? Optional.of(flow(before) + " " + arrow + " " + flow(after)) : Optional.empty();
    }

    /** A line that says something of a secret, or of what is not known yet, is never cut short. */
    static Line.Fit fit(Value value) {
        boolean whole = switch (value) {
            case Secret ignored -> true;
            case Value.Hidden ignored -> true;
            case Value.Unknown ignored -> true;
            case Value.ListOf(List<Value> items) -> items.stream().anyMatch(item -> fit(item) == Line.Fit.WHOLE);
            case Value.MapOf map -> map.fields().values().stream().anyMatch(field -> fit(field) == Line.Fit.WHOLE);
            case Value.Null ignored -> false;
            case Value.Bool ignored -> false;
            case Value.Num ignored -> false;
            case Value.Text ignored -> false;
        };
        return whole ? Line.Fit.WHOLE : Line.Fit.SHORTENED;
    }

    String key(String key) {
        return key(key, Place.BLOCK);
    }

    private String key(String key, Place place) {
        return yaml.scalar(key, place);
    }

    /**
     * Line by line under a key, from column 0; collections of scalars on one line where they fit beside {@code taken}
     * columns.
     */
    List<String> block(Value value, int taken) {
        return switch (value) {
            case Value.MapOf map when !map.isEmpty() -> fields(map, taken);
            case Value.ListOf(List<Value> items) when !items.isEmpty() -> items(items, taken);
            default -> List.of(flow(value));
        };
    }

    /** A field: {@code key: value}, with what does not fit on that line below it. */
    List<String> field(String key, Value value, int taken) {
        Optional<List<String>> literal = literal(value);
        if (literal.isPresent()) {
            return headed(key + ": " + literal.get().getFirst(), literal.get().subList(1, literal.get().size()));
        }
        String line = key + ": " + flow(value);
        boolean fits = !isNested(value) && Columns.of(line) + taken <= width;
        return fits || !isFilled(value) ? List.of(line) : headed(key + ":", block(value, taken + 2));
    }

    private List<String> fields(Value.MapOf map, int taken) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Value> field : map.fields().entrySet()) {
            lines.addAll(field(key(field.getKey()), field.getValue(), taken));
        }
        return lines;
    }

    private List<String> items(List<Value> items, int taken) {
        List<String> lines = new ArrayList<>();
        for (Value item : items) {
            List<String> below = literal(item).orElseGet(() -> block(item, taken + 2));
            for (int i = 0; i < below.size(); i++) {
                lines.add((i == 0 ? "- " : "  ") + below.get(i));
            }
        }
        return lines;
    }

    /** A text of several lines as YAML's literal block: its header, then its lines. */
    private Optional<List<String>> literal(Value value) {
        if (!(value instanceof Value.Text(String text)) || !text.strip().contains("\n") || !yaml.isPrintable(text)
                || text.startsWith(" ") || text.startsWith("\n")) {
            return Optional.empty();
        }
        String chomping = text.endsWith("\n\n") ? "|+" : text.endsWith("\n") ? "|" : "|-";
        List<String> lines = new ArrayList<>(List.of(chomping));
        lines.addAll(text.lines().toList());
        return Optional.of(lines);
    }

    private static List<String> headed(String head, List<String> below) {
        List<String> lines = new ArrayList<>(List.of(head));
        below.forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static boolean isFilled(Value value) {
        return !members(value).isEmpty();
    }

    /** A collection that people would not write on one line: any map, and a list that holds collections. */
    private static boolean isNested(Value value) {
        return value instanceof Value.MapOf ? isFilled(value) : members(value).stream().anyMatch(Values::isFilled);
    }

    private static Collection<Value> members(Value value) {
        if (value instanceof Value.MapOf map) {
            return map.fields().values();
        }
        return value instanceof Value.ListOf(List<Value> items) ? items : List.of();
    }

    private String yamlFree(Address address) {
        return yaml.glyphs().escape(address.toString());
    }

    private static String number(BigDecimal number) {
        boolean isShort = Math.abs((long) number.scale()) + number.precision() < MOST_DIGITS;
        return isShort ? number.toPlainString() : number.toString();
    }
}
