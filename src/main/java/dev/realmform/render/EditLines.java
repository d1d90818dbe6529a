package dev.realmform.render;

import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The lines that show the edits of one change. */
final class EditLines {

    /** Lines of one edit, above which it is folded. */
    private static final int MOST_LINES = 40;

    /** A position in an array stands behind its name without a dot. */
    private static final Pattern INDEX = Pattern.compile("\\.(\\[[0-9]+\\])");

    /** What is to be said of a member that is added, beside it. */
    @FunctionalInterface
    interface ItemNote {
        String of(Edit.Items edit, Value added);
    }

    private final Values values;
    private final Look look;
    private final ItemNote itemNote;

    EditLines(Values values, Look look, ItemNote itemNote) {
        this.values = values;
        this.look = look;
        this.itemNote = itemNote;
    }

    /** The lines of an edit; {@code note} stands beside the field. */
    List<Line> of(Edit edit, String note) {
        return Fold.to(MOST_LINES, of(edit, 4, note), look);
    }

    private List<Line> of(Edit edit, int indent, String note) {
        return switch (edit) {
            case Edit.Add(Path path, Value after) -> one('+', path, after, indent, note);
            case Edit.Remove(Path path, Value before) -> one('-', path, before, indent, note);
            case Edit.Set(Path path, Value before, Value after) -> set(path, before, after, indent, note);
            case Edit.Items items -> items(items, indent, note);
        };
    }

    private List<Line> one(char sign, Path path, Value value, int indent, String note) {
        Tone tone = sign == '+' ? Tone.ADDED : Tone.REMOVED;
        List<String> rows = values.field(name(path), value, indent + 2);
        List<Line> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(new Line(indent, tone, sign + " " + row, "", Values.fit(value))));
        lines.set(0, lines.getFirst().noted(note));
        return lines;
    }

    private List<Line> set(Path path, Value before, Value after, int indent, String note) {
        String arrow = look.glyphs().arrow();
        Optional<String> secret = values.secretChange(before, after, arrow);
        if (secret.isPresent()) {
            return List.of(Line.of(indent, Tone.EDITED, name(path) + ": " + secret.get()).noted(note));
        }
        if (before instanceof Value.Text(String was) && after instanceof Value.Text(String becomes)) {
            Optional<List<Edit>> json = JsonEdits.between(was, becomes);
            if (json.isPresent()) {
                return json(path, json.get(), indent, note);
            }
            if (was.contains("\n") || becomes.contains("\n")) {
                return hunks(path, was, becomes, indent, note);
            }
        }
        return pair(path, before, after, indent, note);
    }

    private List<Line> pair(Path path, Value before, Value after, int indent, String note) {
        String was = values.flow(before);
        String becomes = values.flow(after);
        String line = name(path) + ": " + was + " " + look.glyphs().arrow() + " " + becomes;
        if (indent + Columns.of(line) <= look.width()) {
            return List.of(Line.of(indent, Tone.EDITED, line).noted(note));
        }
        List<Line> lines = new ArrayList<>(List.of(head(path, indent, note)));
        String shared = look.isFull() ? "" : shared(was, becomes);
        String start = shared.isEmpty() ? "" : look.glyphs().ellipsis();
        lines.add(new Line(indent + 2, Tone.REMOVED, "- " + start + was.substring(shared.length()), "",
                Values.fit(before)));
        lines.add(new Line(indent + 2, Tone.ADDED, "+ " + start + becomes.substring(shared.length()), "",
                Values.fit(after)));
        return lines;
    }

    /** What two long texts begin with alike, but for its end: left out, so that what differs stays in sight. */
    private String shared(String was, String becomes) {
        int alike = 0;
        while (alike < Math.min(was.length(), becomes.length()) && was.charAt(alike) == becomes.charAt(alike)) {
            alike++;
        }
        int from = alike - look.width() / 3;
        if (from < look.width()) {
            return "";
        }
        return was.substring(0, Character.isLowSurrogate(was.charAt(from)) ? from - 1 : from);
    }

    private List<Line> json(Path path, List<Edit> edits, int indent, String note) {
        if (edits.isEmpty()) {
            return List
                    .of(Line.of(indent, Tone.PLAIN, name(path) + ": the JSON is written differently and means the same")
                            .noted(note));
        }
        if (edits.getFirst().path().isRoot()) {
            return whole(path, edits.getFirst(), indent, Words.join("JSON", note));
        }
        List<Line> lines = new ArrayList<>(List.of(head(path, indent, Words.join("JSON", note))));
        edits.forEach(edit -> lines.addAll(of(edit, indent + 2, "")));
        return lines;
    }

    /** The only edit of a text that holds JSON, if it is about all of it, shown as an edit of the field. */
    private List<Line> whole(Path path, Edit edit, int indent, String note) {
        return switch (edit) {
            case Edit.Items(Path root, List<Value> added, List<Value> removed, int kept, boolean reordered) ->
                items(new Edit.Items(path, added, removed, kept, reordered), indent, note);
            case Edit.Set(Path root, Value before, Value after) -> pair(path, before, after, indent, note);
            case Edit.Add ignored -> List.of();
            case Edit.Remove ignored -> List.of();
        };
    }

    private List<Line> hunks(Path path, String was, String becomes, int indent, String note) {
        List<Line> lines = new ArrayList<>(List.of(head(path, indent, note)));
        for (TextDiff.Row row : TextDiff.of(TextDiff.lines(was), TextDiff.lines(becomes))) {
            String text = look.glyphs().escape(row.text());
            lines.add(switch (row.sign()) {
                case '+' -> Line.shortened(indent + 2, Tone.ADDED, "+ " + text);
                case '-' -> Line.shortened(indent + 2, Tone.REMOVED, "- " + text);
                case '@' -> Line.of(indent + 2, Tone.QUIET, text);
                default -> Line.shortened(indent + 2, Tone.PLAIN, "  " + text);
            });
        }
        return lines;
    }

    private List<Line> items(Edit.Items edit, int indent, String note) {
        String kept = edit.kept() > 0 ? edit.kept() + " kept" : "";
        if (edit.added().isEmpty() && edit.removed().isEmpty()) {
            return List.of(
                    Line.of(indent, Tone.EDITED, name(edit.path()) + ": order changed").noted(Words.join(kept, note)));
        }
        String order = edit.reordered() ? "order changed" : "";
        List<Line> lines = new ArrayList<>(List.of(head(edit.path(), indent, Words.join(kept, order, note))));
        Map<String, Value.MapOf> removed = byName(edit.removed());
        Map<String, Value.MapOf> added = byName(edit.added());
        Set<String> inBoth = new HashSet<>(removed.keySet());
        inBoth.retainAll(added.keySet());
        for (Value item : edit.removed()) {
            Optional<Value.MapOf> same = named(item).filter(inBoth::contains).map(added::get);
            if (same.isPresent()) {
                Path member = Path.of(named(item).orElseThrow());
                JsonEdits.between(member, item, same.get())
                        .forEach(inside -> lines.addAll(of(inside, indent + 2, "")));
            } else {
                lines.add(new Line(indent + 2, Tone.REMOVED, "- " + values.flow(item), "", Values.fit(item)));
            }
        }
        for (Value item : edit.added()) {
            if (named(item).filter(inBoth::contains).isEmpty()) {
                lines.add(new Line(indent + 2, Tone.ADDED, "+ " + values.flow(item), itemNote.of(edit, item),
                        Values.fit(item)));
            }
        }
        return lines;
    }

    /** Members of one name are one that changed inside: a container with another image. */
    private static Map<String, Value.MapOf> byName(List<Value> items) {
        Map<String, Value.MapOf> byName = new HashMap<>();
        Set<String> several = new HashSet<>();
        for (Value item : items) {
            named(item).filter(name -> byName.put(name, (Value.MapOf) item) != null).ifPresent(several::add);
        }
        byName.keySet().removeAll(several);
        return byName;
    }

    private static Optional<String> named(Value item) {
        return item instanceof Value.MapOf map ? map.text("name") : Optional.empty();
    }

    private Line head(Path path, int indent, String note) {
        return Line.of(indent, Tone.PLAIN, name(path) + ":").noted(note);
    }

    private String name(Path path) {
        return INDEX.matcher(look.glyphs().escape(path.toString())).replaceAll("$1");
    }
}
