package dev.realmform.kubernetes.helm;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where two trees of values say something else. */
public final class Differences {

    private Differences() {}

    /** The paths of what one has and the other has not, or has otherwise. */
    public static List<Path> between(Value one, Value other) {
        List<Path> paths = new ArrayList<>();
        collect(Path.ROOT, one, other, paths);
        return paths;
    }

    private static void collect(Path path, Value one, Value other, List<Path> paths) {
        if (one instanceof Value.MapOf left && other instanceof Value.MapOf right) {
            TreeSet<String> names = new TreeSet<>(left.fields().keySet());
            names.addAll(right.fields().keySet());
            for (String name : names) {
                Optional<Value> there = right.get(name);
                left.get(name)
                        .filter(ignored -> there.isPresent())
                        .ifPresentOrElse(value -> collect(path.then(name), value, there.orElseThrow(), paths),
                                () -> paths.add(path.then(name)));
            }
        } else if (one instanceof Value.ListOf(List<Value> left) && other instanceof Value.ListOf(List<Value> right)
                && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                collect(path.then(String.valueOf(i)), left.get(i), right.get(i), paths);
            }
        } else if (!one.equals(other)) {
            paths.add(path);
        }
    }

    /** What both say: of two maps the fields that are equal. A list of which any member differs falls away. */
    static Value.MapOf common(Value.MapOf one, Value.MapOf other) {
        SortedMap<String, Value> both = new TreeMap<>();
        one.fields().forEach((name, value) -> other.get(name).ifPresent(there -> {
            if (value instanceof Value.MapOf left && there instanceof Value.MapOf right) {
                both.put(name, common(left, right));
            } else if (value.equals(there)) {
                both.put(name, value);
            }
        }));
        return new Value.MapOf(both);
    }
}
