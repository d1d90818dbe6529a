package dev.realmform.testing;

import dev.realmform.model.Path;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who holds which field: as much of server-side apply as a planner can be tested with. Lists are one field each, and nobody is
 * asked whether a field exists: it is no proof of what Kubernetes does. Whoever writes in another way than by applying is called
 * {@code kubectl-edit}, and found out when somebody applies.
 */
public final class AppliedFields {

    private final Map<String, Map<String, Map<Path, Value>>> held = new HashMap<>();

    /** What came of it. */
    public sealed interface Result {

        record Applied(Value.MapOf object) implements Result {}

        record Conflicts(List<Conflict> all) implements Result {}
    }

    /** A field that another manager holds, in the server's words. */
    public record Conflict(String field, String message) {}

    /**
     * Applies a manifest.
     *
     * @param object which one
     * @param live   as it is; empty if it is not there
     */
    public synchronized Result apply(String object, Optional<Value.MapOf> live, Value.MapOf manifest, String manager,
            boolean force, boolean dryRun) {
        Map<String, Map<Path, Value>> managers = live.isEmpty() ? Map.of() : held.getOrDefault(object, Map.of());
        Map<Path, Value> own = managers.getOrDefault(manager, Map.of());
        Map<Path, Value> wanted = leaves(manifest);
        Value.MapOf merged = live.orElse(Value.EMPTY_MAP);
        List<Conflict> conflicts = new ArrayList<>();
        for (Map.Entry<Path, Value> leaf : wanted.entrySet()) {
            Optional<Value> there = merged.at(leaf.getKey());
            if (there.isPresent() && !there.get().equals(leaf.getValue())) {
                conflict(leaf.getKey(), there.get(), managers, manager, own).ifPresent(conflicts::add);
            }
            merged = with(merged, leaf.getKey(), leaf.getValue());
        }
        if (!conflicts.isEmpty() && !force) {
            return new Result.Conflicts(conflicts);
        }
        for (Map.Entry<Path, Value> leaf : own.entrySet()) {
            boolean isOurs = merged.at(leaf.getKey()).filter(leaf.getValue()::equals).isPresent();
            if (!wanted.containsKey(leaf.getKey()) && isOurs) {
                merged = without(merged, leaf.getKey());
            }
        }
        if (!dryRun) {
            Map<String, Map<Path, Value>> now = new HashMap<>(managers);
            now.put(manager, wanted);
            held.put(object, now);
        }
        return new Result.Applied(merged);
    }

    /** For an object that is gone. */
    public synchronized void forget(String object) {
        held.remove(object);
    }

    private static Optional<Conflict> conflict(Path path, Value there, Map<String, Map<Path, Value>> managers,
            String manager, Map<Path, Value> own) {
        Optional<String> applier = managers.entrySet()
                .stream()
                .filter(other -> !other.getKey().equals(manager) && there.equals(other.getValue().get(path)))
                .map(Map.Entry::getKey)
                .findFirst();
        if (applier.isPresent()) {
            return Optional.of(new Conflict("." + path, "conflict with \"" + applier.get() + "\""));
        }
        return there.equals(own.get(path)) ? Optional.empty()
                : Optional.of(new Conflict("." + path,
                        "conflict with \"kubectl-edit\" using v1 at 2026-01-01T00:00:00Z"));
    }

    private static Map<Path, Value> leaves(Value.MapOf manifest) {
        Map<Path, Value> leaves = new TreeMap<>();
        collect(Path.ROOT, manifest, leaves);
        return leaves;
    }

    private static void collect(Path path, Value value, Map<Path, Value> leaves) {
        if (value instanceof Value.MapOf map && !map.isEmpty()) {
            map.fields().forEach((name, below) -> collect(path.then(name), below, leaves));
        } else {
            leaves.put(path, value);
        }
    }

    private static Value.MapOf with(Value.MapOf map, Path path, Value value) {
        String first = path.segments().getFirst();
        return path.segments().size() == 1 ? map.with(first, value)
                : map.with(first, with(map.map(first), rest(path), value));
    }

    private static Value.MapOf without(Value.MapOf map, Path path) {
        String first = path.segments().getFirst();
        return path.segments().size() == 1 ? map.without(first)
                : map.with(first, without(map.map(first), rest(path)));
    }

    private static Path rest(Path path) {
        return new Path(path.segments().subList(1, path.segments().size()));
    }
}
