package dev.realmform.osmo;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Source;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values that a team has for one chart: several documents, of which the later wins, as Helm takes them.
 *
 * @param documents at least one
 */
record TeamValues(List<Document> documents) {

    TeamValues {
        documents = List.copyOf(documents);
    }

    /** One document. */
    record Document(Value.MapOf content, Origin origin) {}

    /** A value, and where it stands. */
    record Found(Value value, Source source) {

        /** As people compare it: {@code "80"} in quotes and 80 without are the same to a chart. */
        String text() {
            return switch (value) {
                case Value.Text(String text) -> text;
                case Value.Num number -> number.plain();
                case Value.Bool(boolean flag) -> String.valueOf(flag);
                case Value.ListOf ignored -> "a list";
                case Value.MapOf ignored -> "a map";
                default -> "";
            };
        }
    }

    /** The value that Helm would take; one that is empty is none. */
    Optional<Found> at(Path path) {
        for (Document document : documents.reversed()) {
            Optional<Value> value = at(document.content(), path);
            if (value.isPresent()) {
                return value.filter(it -> !(it instanceof Value.Null) && !it.equals(Value.text("")))
                        .map(it -> new Found(it, document.origin().at(path)));
            }
            if (replaces(document.content(), path)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** As {@link Value.MapOf#at}, and into lists. */
    private static Optional<Value> at(Value value, Path path) {
        Optional<Value> found = Optional.of(value);
        for (String segment : path.segments()) {
            found = found.flatMap(it -> below(it, segment));
        }
        return found;
    }

    private static Optional<Value> below(Value value, String segment) {
        return switch (value) {
            case Value.MapOf map -> map.get(segment);
            case Value.ListOf(List<Value> items) when segment.matches("[0-9]{1,6}")
                    && Integer.parseInt(segment) < items.size() ->
                Optional.of(items.get(Integer.parseInt(segment)));
            default -> Optional.empty();
        };
    }

    /** Whether a document has something else where the way leads: null takes away what was there, a list takes its place. */
    private static boolean replaces(Value.MapOf content, Path path) {
        for (Path near = path.parent(); !near.isRoot(); near = near.parent()) {
            Optional<Value> there = at(content, near);
            if (there.isPresent()) {
                return !(there.get() instanceof Value.MapOf);
            }
        }
        return false;
    }

    boolean has(String path) {
        return at(Path.parse(path)).isPresent();
    }

    /** The items of a list. */
    List<Found> items(Path list) {
        List<Found> items = new ArrayList<>();
        at(list).filter(found -> found.value() instanceof Value.ListOf).ifPresent(found -> {
            for (int i = 0; i < ((Value.ListOf) found.value()).items().size(); i++) {
                at(list.then(String.valueOf(i))).ifPresent(items::add);
            }
        });
        return items;
    }

    /** The names in a map. */
    Set<String> names(Path map) {
        Set<String> names = new TreeSet<>();
        for (Document document : documents) {
            at(document.content(), map).filter(Value.MapOf.class::isInstance)
                    .ifPresent(value -> names.addAll(((Value.MapOf) value).fields().keySet()));
        }
        return names;
    }

    /** Where a value that is not there would have to stand: at the nearest map around it that is. */
    Source around(Path path) {
        for (Path near = path; !near.isRoot(); near = near.parent()) {
            for (Document document : documents.reversed()) {
                if (at(document.content(), near).isPresent()) {
                    return document.origin().at(near);
                }
            }
        }
        Source first = documents.getLast().origin().source();
        return new Source(first.file(), 0, 0);
    }
}
