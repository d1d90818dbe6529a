package dev.realmform.keycloak;

import dev.realmform.model.Problem;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Fills the holes of calls, just before they are sent. */
final class Filling {

    private final Ids ids;

    private final Function<Value.Unknown, Value> fields;

    /**
     * Fills holes.
     *
     * @param fields reads what a hole other than an id now holds
     */
    Filling(Ids ids, Function<Value.Unknown, Value> fields) {
        this.ids = ids;
        this.fields = fields;
    }

    List<String> path(Way way) {
        return way.segments().stream().map(segment -> switch (value(segment)) {
            case Value.Text(String text) -> text;
            case Value other -> throw new IllegalStateException("no path segment: " + Shown.of(other));
        }).toList();
    }

    Value value(Value value) {
        return switch (value) {
            case Value.Unknown hole -> filled(hole);
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream().map(this::value).toList());
            case Value.MapOf map -> {
                SortedMap<String, Value> fields = new TreeMap<>();
                map.fields().forEach((name, field) -> fields.put(name, value(field)));
                yield new Value.MapOf(fields);
            }
            case Secret secret -> given(secret);
            case Value.Null same -> same;
            case Value.Bool same -> same;
            case Value.Num same -> same;
            case Value.Text same -> same;
            case Value.Hidden ignored -> throw new IllegalStateException("what was not read is never sent");
        };
    }

    private Value filled(Value.Unknown hole) {
        return hole.field().equals(Value.Unknown.ID) ? Value.text(ids.need(hole.source())) : fields.apply(hole);
    }

    private static Secret given(Secret secret) {
        if (!secret.isGiven()) {
            throw Problem.refused("the secret " + secret.reference() + " was not given to this run", "",
                    "Give it: set the variable or file that realmform.secrets names.").asException();
        }
        return secret;
    }
}
