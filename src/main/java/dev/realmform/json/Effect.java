package dev.realmform.json;

import dev.realmform.model.Action;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The digest of what a plan does. Two plans with the same one do the same: a saved plan goes on if planning again gives its
 * digest, and is stale otherwise.
 *
 * <p>In it: each change's address and action, a rename, the edits, and for a creation the declared values. Secrets count by
 * their reference, in edits only as "changes". Not in it: order, times, source lines, members of sets that stay, and live
 * fields that no edit touches. An edit of a secret that was not given when the plan was made does not count either: whether
 * there is one can only be told once the secret is at hand.
 */
public final class Effect {

    private static final Value CHANGES = Secret.notGiven("");

    private Effect() {}

    public static String of(Plan plan, Set<SavedPlan.Hole> holes) {
        return of(plan.changes(), holes);
    }

    static String of(List<Change> those, Set<SavedPlan.Hole> holes) {
        SortedMap<String, Value> changes = new TreeMap<>();
        for (Change change : those) {
            List<Edit> edits = change.edits()
                    .stream()
                    .filter(edit -> !holes.contains(new SavedPlan.Hole(change.address(), edit.path())))
                    .toList();
            boolean onlyHoles = edits.isEmpty() && !change.edits().isEmpty() && change instanceof Change.Update;
            if (!onlyHoles || renamed(change)) {
                changes.put(change.address().toString(), effect(change, edits));
            }
        }
        return digest(Json.compact(new Value.MapOf(changes), Json.Secrets.REFERENCE));
    }

    /** The secrets in desired resources that this run was not given. */
    public static SortedSet<SavedPlan.Hole> holes(SortedMap<Address, Resource> desired) {
        SortedSet<SavedPlan.Hole> holes = new TreeSet<>();
        desired.forEach((address, resource) -> collect(address, Path.ROOT, resource.value(), holes));
        return holes;
    }

    private static void collect(Address address, Path path, Value value, Set<SavedPlan.Hole> holes) {
        if (value instanceof Secret secret && !secret.isGiven()) {
            holes.add(new SavedPlan.Hole(address, path));
        } else if (value instanceof Value.MapOf map) {
            map.fields().forEach((name, below) -> collect(address, path.then(name), below, holes));
        } else if (value instanceof Value.ListOf(List<Value> items)) {
            for (int i = 0; i < items.size(); i++) {
                collect(address, path.then(String.valueOf(i)), items.get(i), holes);
            }
        }
    }

    private static boolean renamed(Change change) {
        return change instanceof Change.Update update && update.renamedFrom().isPresent();
    }

    private static Value.MapOf effect(Change change, List<Edit> edits) {
        SortedMap<String, Value> effect = new TreeMap<>();
        effect.put("action", Value.text(Action.of(change).word()));
        if (change instanceof Change.Create create) {
            effect.put("values", create.desired().value());
        }
        if (change instanceof Change.Update update) {
            update.renamedFrom().ifPresent(from -> effect.put("from", Value.text(from.toString())));
        }
        effect.put("edits", new Value.ListOf(edits.stream()
                .sorted((a, b) -> a.path().compareTo(b.path()))
                .map(
                        Effect::effect)
                .toList()));
        return new Value.MapOf(effect);
    }

    private static Value effect(Edit edit) {
        Value path = Value.texts(edit.path().segments());
        return new Value.MapOf(switch (edit) {
            case Edit.Add add -> Map.of("path", path, "after", reduced(add.after()));
            case Edit.Remove remove -> Map.of("path", path, "before", reduced(remove.before()));
            case Edit.Set set -> Map.of("path", path, "before", reduced(set.before()), "after", reduced(set.after()));
            case Edit.Items items -> Map.of("path", path, "added", reduced(new Value.ListOf(items.added())), "removed",
                    reduced(new Value.ListOf(items.removed())), "reordered", Value.bool(items.reordered()));
        });
    }

    private static Value reduced(Value value) {
        return switch (value) {
            case Secret ignored -> CHANGES;
            case Value.Hidden ignored -> CHANGES;
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream().map(Effect::reduced).toList());
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((name, below) -> fields.put(name, reduced(below)));
                yield new Value.MapOf(fields);
            }
            case Value.Null plain -> plain;
            case Value.Bool plain -> plain;
            case Value.Num plain -> plain;
            case Value.Text plain -> plain;
            case Value.Unknown plain -> plain;
        };
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
