package dev.realmform.keycloak;

import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.List;
import java.util.Optional;

/** Attributes of groups and users: each a set of texts, which a file may write as a single text. */
final class Attributes {

    static final String FIELD = "attributes";

    private Attributes() {}

    /** Single texts become sets of one, empty texts fall away (the server keeps none), secrets are wrapped. */
    static Value.MapOf tidy(Schema schema, Value.MapOf raw) {
        Field facts = schema.root().at(FIELD);
        Value.MapOf attributes = raw.map(FIELD)
                .each((name, value) -> Optional.of(tidy(value, facts.at(name).isSecret())));
        return attributes.isEmpty() ? raw : raw.with(FIELD, attributes);
    }

    private static Value tidy(Value value, boolean secret) {
        return switch (value) {
            case Value.ListOf(List<Value> items) -> new Value.ListOf(items.stream()
                    .filter(item -> !item.equals(Value.text("")))
                    .map(item -> one(item, secret))
                    .toList());
            case Value.Null same -> same;
            case Value.MapOf same -> same;
            case Value.Text(String text) when text.isEmpty() -> new Value.ListOf(List.of());
            case Value single -> new Value.ListOf(List.of(one(single, secret)));
        };
    }

    private static Value one(Value item, boolean secret) {
        return switch (item) {
            case Value.Text(String text) when secret -> Secret.of(text, "");
            case Value.Num number -> Value.text(number.plain());
            case Value.Bool(boolean flag) -> Value.text(String.valueOf(flag));
            case Value same -> same;
        };
    }
}
