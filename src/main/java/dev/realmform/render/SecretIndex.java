package dev.realmform.render;

import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Plan;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers for the secrets that a plan shows, in its order; equal secrets have the same number. */
final class SecretIndex {

    private final Map<Secret, Integer> numbers = new HashMap<>();

    private SecretIndex() {}

    static SecretIndex of(Plan plan) {
        SecretIndex index = new SecretIndex();
        plan.changes().forEach(index::add);
        return index;
    }

    /** Numbers nothing anew: blocks are made at the same time, and a number must not depend on which comes first. */
    String name(Secret secret) {
        return Optional.ofNullable(numbers.get(secret))
                .map(number -> "secret #" + number)
                .orElse("secret, not numbered");
    }

    private void number(Secret secret) {
        numbers.computeIfAbsent(secret, unseen -> numbers.size() + 1);
    }

    private void add(Change change) {
        if (change instanceof Change.Create create) {
            add(create.desired().value());
        }
        for (Edit edit : change.edits()) {
            switch (edit) {
                case Edit.Add(var path, Value after) -> add(after);
                case Edit.Remove(var path, Value before) -> add(before);
                case Edit.Set(var path, Value before, Value after) -> {
                    if (!(before instanceof Value.Hidden) && !before.equals(after)) {
                        add(before);
                        add(after);
                    }
                }
                case Edit.Items items -> {
                    items.removed().forEach(this::add);
                    items.added().forEach(this::add);
                }
            }
        }
    }

    private void add(Value value) {
        switch (value) {
            case Secret secret when secret.isGiven() -> number(secret);
            case Value.ListOf(List<Value> items) -> items.forEach(this::add);
            case Value.MapOf map -> map.fields().values().forEach(this::add);
            case Secret ignored -> {
            }
            case Value.Null ignored -> {
            }
            case Value.Bool ignored -> {
            }
            case Value.Num ignored -> {
            }
            case Value.Text ignored -> {
            }
            case Value.Unknown ignored -> {
            }
            case Value.Hidden ignored -> {
            }
        }
    }
}
