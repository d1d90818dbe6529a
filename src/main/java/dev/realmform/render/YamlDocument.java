package dev.realmform.render;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** A whole document as a person would write it in YAML: maps as blocks, short lists in one line. Reads back as the same. */
public final class YamlDocument {

    private static final int WIDTH = 110;

    private static final YamlText TEXT = new YamlText(Glyphs.UNICODE);

    private final StringBuilder lines = new StringBuilder();
    private final Map<Path, String> comments;

    private YamlDocument(Map<Path, String> comments) {
        this.comments = comments;
    }

    /**
     * Writes a document of plain values.
     *
     * @param first the keys that stand first, as far as they are there; then come single values, then sections
     */
    public static String of(Value.MapOf document, List<String> first) {
        return of(document, first, Map.of());
    }

    /**
     * The same with comments.
     *
     * @param comments what stands above a value, by its path; items of lists by their index
     */
    public static String of(Value.MapOf document, List<String> first, Map<Path, String> comments) {
        SequencedSet<String> keys = new LinkedHashSet<>(first);
        keys.retainAll(document.fields().keySet());
        document.fields().keySet().stream().filter(key -> !isBlock(document, key)).forEach(keys::add);
        keys.addAll(document.fields().keySet());
        YamlDocument written = new YamlDocument(comments);
        for (String key : keys) {
            Value value = document.get(key).orElse(Value.NULL);
            if (isBlock(document, key) && !written.lines.isEmpty()) {
                written.lines.append('\n');
            }
            written.field(Path.of(key), value, "");
        }
        return written.lines.toString();
    }

    private static boolean isBlock(Value.MapOf document, String key) {
        return !document.map(key).isEmpty();
    }

    private void field(Path path, Value value, String indent) {
        comment(path, indent);
        uncommented(path, value, indent);
    }

    private void uncommented(Path path, Value value, String indent) {
        lines.append(indent).append(TEXT.scalar(path.last(), YamlText.Place.BLOCK)).append(':');
        below(path, value, indent, indent.length() + path.last().length());
    }

    private void comment(Path path, String indent) {
        String text = comments.getOrDefault(path, "");
        if (!text.isEmpty()) {
            lines.append(comment(text, indent));
        }
    }

    /** A text as lines of a comment, each with a line break at its end. */
    public static String comment(String text, String indent) {
        StringBuilder comment = new StringBuilder();
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        Columns.wrap(plain, WIDTH - indent.length() - 2, 0)
                .forEach(row -> comment.append(indent).append("# ").append(row).append('\n'));
        return comment.toString();
    }

    /** What stands behind a colon or a dash. */
    private void below(Path path, Value value, String indent, int taken) {
        if (value instanceof Value.MapOf map && !map.isEmpty()) {
            lines.append('\n');
            map.fields().forEach((name, field) -> field(path.then(name), field, indent + "  "));
        } else if (value instanceof Value.ListOf(List<Value> items) && !(fits(items, taken) && isBare(path, items))) {
            lines.append('\n');
            for (int i = 0; i < items.size(); i++) {
                item(path.then(String.valueOf(i)), items.get(i), indent + "  ");
            }
        } else {
            lines.append(' ').append(inline(value, YamlText.Place.BLOCK)).append('\n');
        }
    }

    private void item(Path path, Value item, String indent) {
        comment(path, indent);
        if (!(item instanceof Value.MapOf map) || map.isEmpty()) {
            lines.append(indent).append('-');
            below(path, item, indent, indent.length());
            return;
        }
        String first = map.fields().firstKey();
        comment(path.then(first), indent);
        int start = lines.length();
        uncommented(path.then(first), map.get(first).orElseThrow(), indent + "  ");
        map.without(first).fields().forEach((name, field) -> field(path.then(name), field, indent + "  "));
        lines.replace(start + indent.length(), start + indent.length() + 1, "-");
    }

    /** Whether there is no comment inside. */
    private boolean isBare(Path list, List<Value> items) {
        return comments.isEmpty() || java.util.stream.IntStream.range(0, items.size())
                .noneMatch(i -> comments.containsKey(list.then(String.valueOf(i))));
    }

    private static boolean fits(List<Value> items, int taken) {
        return items.stream().noneMatch(item -> item instanceof Value.MapOf || item instanceof Value.ListOf)
                && (items.size() < 2 || taken + flow(items).length() < WIDTH);
    }

    private static String flow(List<Value> items) {
        return items.stream()
                .map(item -> inline(item, YamlText.Place.FLOW))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String inline(Value value, YamlText.Place place) {
        return switch (value) {
            case Value.Null ignored -> "null";
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Num number -> number.plain();
            case Value.Text(String text) -> TEXT.scalar(text, place);
            case Value.ListOf(List<Value> items) -> flow(items);
            case Value.MapOf(Map<String, Value> fields) when fields.isEmpty() -> "{}";
            default -> throw new IllegalArgumentException("this cannot be written out");
        };
    }
}
