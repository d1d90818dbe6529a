package dev.realmform.keycloak;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Values as a person may see them in messages and golden cases: never a secret, holes by address. */
final class Shown {

    private Shown() {}

    static String of(Value value) {
        return switch (value) {
            case Value.Null ignored -> "null";
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Num number -> number.plain();
            case Value.Text(String text) -> text;
            case Value.ListOf(List<Value> items) ->
                items.stream().map(Shown::of).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapOf map -> map.fields()
                    .entrySet()
                    .stream()
                    .map(field -> field.getKey() + ": " + of(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            case Secret ignored -> "(secret)";
            case Value.Unknown unknown -> "<" + unknown.field() + " of " + unknown.source() + ">";
            case Value.Hidden ignored -> "(hidden)";
        };
    }
}
