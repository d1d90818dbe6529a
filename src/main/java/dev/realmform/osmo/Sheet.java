package dev.realmform.osmo;

import dev.realmform.model.Origin;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A document that is being drawn: each value with the part of the section that asks for it. Whoever asks first is named. */
final class Sheet {

    /** A value without anything below. */
    private record Mark(Value value, Source source) {}

    private final Source source;
    private final SortedMap<String, Sheet> maps = new TreeMap<>();
    private final SortedMap<String, Mark> leaves = new TreeMap<>();
    private final SortedMap<String, List<Mark>> lists = new TreeMap<>();

    Sheet(Source source) {
        this.source = source;
    }

    /** The map at a path, made if it is not there. */
    Sheet at(Source asking, String... path) {
        Sheet sheet = this;
        for (String name : path) {
            sheet = sheet.maps.computeIfAbsent(name, ignored -> new Sheet(asking));
        }
        return sheet;
    }

    Sheet put(String field, Value value) {
        leaves.put(field, new Mark(value, source));
        return this;
    }

    Sheet put(String field, String text) {
        return put(field, Value.text(text));
    }

    Sheet put(String field, boolean flag) {
        return put(field, Value.bool(flag));
    }

    /** A set, which may stay empty. */
    Sheet set(String field) {
        lists.computeIfAbsent(field, ignored -> new ArrayList<>());
        return this;
    }

    /** One more member of a set. */
    Sheet add(Source asking, String field, String text) {
        List<Mark> members = lists.computeIfAbsent(field, ignored -> new ArrayList<>());
        if (members.stream().noneMatch(member -> member.value().equals(Value.text(text)))) {
            members.add(new Mark(Value.text(text), asking));
        }
        return this;
    }

    Sheet add(String field, Iterable<String> texts) {
        set(field);
        texts.forEach(text -> add(source, field, text));
        return this;
    }

    Value.MapOf value() {
        SortedMap<String, Value> fields = new TreeMap<>();
        leaves.forEach((name, mark) -> fields.put(name, mark.value()));
        lists.forEach((name, marks) -> fields.put(name, new Value.ListOf(marks.stream().map(Mark::value).toList())));
        maps.forEach((name, sheet) -> fields.put(name, sheet.value()));
        return new Value.MapOf(fields);
    }

    Origin origin() {
        Map<String, Origin> below = new HashMap<>();
        leaves.forEach((name, mark) -> below.put(name, Origin.of(mark.source())));
        lists.forEach((name, marks) -> below.put(name, origin(marks)));
        maps.forEach((name, sheet) -> below.put(name, sheet.origin()));
        return new Origin(source, below);
    }

    private Origin origin(List<Mark> marks) {
        Map<String, Origin> items = new HashMap<>();
        marks.forEach(mark -> items.put(String.valueOf(items.size()), Origin.of(mark.source())));
        return new Origin(marks.isEmpty() ? source : marks.getFirst().source(), items);
    }
}
