package dev.realmform.kubernetes.section;

import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A part of the section {@code cluster}, where it was written, and whom to tell what is wrong with it.
 *
 * @param path the way to it within the section
 */
record Part(Value value, Origin origin, Path path, Consumer<Problem> problems) {

    /** The whole section. What is wrong is said once, however many objects depend on it. */
    static Part of(Value.MapOf cluster, Origin origin, Consumer<Problem> problems) {
        Set<Problem> said = new HashSet<>();
        return new Part(cluster, origin, Path.ROOT, problem -> {
            if (said.add(problem)) {
                problems.accept(problem);
            }
        });
    }

    /** The same for whoever only reads on: somebody else says what is wrong with it. */
    Part silent() {
        return new Part(value, origin, path, problem -> {
        });
    }

    private Value.MapOf map() {
        return value instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
    }

    /** A field; one that is empty is none. */
    Optional<Part> get(String name) {
        return map().get(name).filter(field -> !(field instanceof Value.Null)).map(field -> below(name, field));
    }

    /** A field; an empty map if it is not there, which stands where this part stands. */
    Part part(String name) {
        return get(name).orElseGet(() -> below(name, Value.EMPTY_MAP));
    }

    private Part below(String name, Value field) {
        return new Part(field, origin.at(name), path.then(name), problems);
    }

    boolean has(String name) {
        return get(name).isPresent();
    }

    /** Whether it is there only to say no: {@code false}. */
    boolean isOff() {
        return value instanceof Value.Bool(boolean flag) && !flag;
    }

    /** The text of a field; a number or flag as it is written. */
    Optional<String> text(String name) {
        return get(name).flatMap(Part::text);
    }

    Optional<String> text() {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text).filter(it -> !it.isEmpty());
            case Value.Num number -> Optional.of(number.plain());
            case Value.Bool(boolean flag) -> Optional.of(String.valueOf(flag));
            default -> Optional.empty();
        };
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    /** A whole number, also one that a variable of the environment gave as text. */
    Optional<Integer> number(String name) {
        return get(name).flatMap(field -> {
            Optional<Integer> number = field.text().filter(text -> text.matches("[0-9]{1,9}")).map(Integer::valueOf);
            if (number.isEmpty()) {
                field.complain("this is no whole number", "Write one, without quotes.");
            }
            return number;
        });
    }

    boolean flag(String name, boolean otherwise) {
        return text(name).map(text -> text.equals("true")).orElse(otherwise);
    }

    /** The texts of a list, or the one text in its place. */
    List<String> texts(String name) {
        return get(name).map(field -> field.value instanceof Value.ListOf ? map().texts(name)
                : field.text().map(List::of).orElse(List.of())).orElse(List.of());
    }

    /** This part with the fields of another one laid over its own. */
    Part under(Part other) {
        Value.MapOf fields = map();
        for (Part field : other.fields()) {
            fields = fields.with(field.path.last(), field.value);
        }
        return new Part(fields, origin, path, problems);
    }

    /** The fields of a map, by name. */
    List<Part> fields() {
        return map().fields()
                .entrySet()
                .stream()
                .filter(field -> !(field.getValue() instanceof Value.Null))
                .map(field -> below(field.getKey(), field.getValue()))
                .toList();
    }

    /** The members of a list, each with its place. */
    List<Part> members() {
        List<Part> members = new ArrayList<>();
        if (value instanceof Value.ListOf(List<Value> items)) {
            for (int i = 0; i < items.size(); i++) {
                members.add(below(String.valueOf(i), items.get(i)));
            }
        }
        return members;
    }

    /** The single values of a map as texts, as annotations and labels are. */
    Map<String, String> textMap(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        part(name).fields().forEach(field -> texts.put(field.path.last(), field.text().orElse("")));
        return texts;
    }

    void complain(String what, String remedy) {
        Path whole = Path.of("cluster");
        for (String segment : path.segments()) {
            whole = whole.then(segment);
        }
        problems.accept(Problem.invalid(what, origin.source().exact() + "  " + whole, remedy));
    }
}
