package dev.realmform.render;

import dev.realmform.model.Address;
import dev.realmform.model.Owned;
import dev.realmform.model.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** What the state remembers: a list of all, or one resource in full. Hashes stay in the file. */
public final class StateText {

    private StateText() {}

    /** One row for each resource, and a last one with their number. */
    public static String list(SortedMap<Address, Owned> owned, Look look) {
        List<Block> blocks = new ArrayList<>();
        owned.forEach((address, entry) -> blocks.add(new Block(entry.created() ? "+" : "=",
                entry.created() ? Tone.ADDED : Tone.QUIET, name(address, look), how(entry), List.of())));
        return new Layout(look).blocks(blocks) + (blocks.isEmpty() ? "" : "\n")
                + Words.plural(owned.size(), "resource") + " in the state.\n";
    }

    /** One resource: its id, whose it is, its declared fields, what it needs. */
    public static String show(Address address, Owned owned, Look look) {
        List<Line> lines = new ArrayList<>();
        owned.id().ifPresent(id -> lines.add(line(4, "id: " + id, look)));
        if (!owned.fields().isEmpty()) {
            lines.add(line(4, "fields:", look));
            for (Map.Entry<Path, Owned.Mark> field : owned.fields().entrySet()) {
                String how = field.getValue().written() ? "written" : "found as declared";
                lines.add(line(6, field.getKey().toString(), look).noted(how));
            }
        }
        if (!owned.needs().isEmpty()) {
            lines.add(line(4, "needs:", look));
            new TreeSet<>(owned.needs()).forEach(needed -> lines.add(line(6, needed.toString(), look)));
        }
        return new Layout(look).blocks(List.of(new Block(owned.created() ? "+" : "=",
                owned.created() ? Tone.ADDED : Tone.QUIET, name(address, look), how(owned), lines)));
    }

    private static String how(Owned owned) {
        return (owned.created() ? "created" : "adopted") + (owned.protect() ? ", protected" : "");
    }

    private static Line line(int indent, String text, Look look) {
        return Line.of(indent, Tone.PLAIN, look.glyphs().escape(text));
    }

    private static String name(Address address, Look look) {
        return look.glyphs().escape(address.toString());
    }
}
