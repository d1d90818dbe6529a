package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A type's part of the contract test, from {@code contract/<type>.json}: {@code base} is a realm document in which
 * {@code "@fields"} marks the object under test; {@code fields} holds, for each field, a value that a new object has not;
 * {@code alone} names those that do not go with the others; {@code since} is the first version that has anything of the type, if
 * older ones have nothing; {@code elsewhere} names the test on a real server, where it takes more than that.
 */
record TypeContract(String type, Value base, Value.MapOf fields, List<String> alone, Optional<String> since,
        Optional<String> elsewhere) {

    /** That of every type. */
    static List<TypeContract> all() {
        return KeycloakProvider.TYPES.stream()
                .map(KeycloakType::name)
                .map(TypeContract::read)
                .toList();
    }

    /** Those for which a server is enough. */
    static List<TypeContract> here() {
        return all().stream().filter(contract -> contract.elsewhere().isEmpty()).toList();
    }

    private static TypeContract read(String type) {
        try (InputStream stream = TypeContract.class.getResourceAsStream("/contract/" + type + ".json")) {
            Value.MapOf contract = (Value.MapOf) Json
                    .parse(Objects.requireNonNull(stream, () -> "contract/" + type + ".json is missing")
                            .readAllBytes());
            return new TypeContract(type, contract.map("base"), contract.map("fields"),
                    contract.texts("alone"), contract.text("since"), contract.text("elsewhere"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields that one object may have at once. */
    Value.MapOf together() {
        return fields.without(alone.toArray(String[]::new));
    }

    /** The base document, with fields of the object under test. */
    String document(String realm, Value.MapOf under) {
        Value.MapOf document = ((Value.MapOf) with(base, under)).with("realm", Value.text(realm));
        return Json.compact(document, Json.Secrets.REVEAL);
    }

    private static Value with(Value value, Value.MapOf under) {
        if (!(value instanceof Value.MapOf map)) {
            return value;
        }
        Value.MapOf copy = Value.EMPTY_MAP;
        for (var field : map.fields().entrySet()) {
            if (!field.getKey().equals("@fields")) {
                copy = copy.with(field.getKey(), with(field.getValue(), under));
            }
        }
        if (map.has("@fields")) {
            for (var field : under.fields().entrySet()) {
                copy = copy.with(field.getKey(), field.getValue());
            }
        }
        return copy;
    }

    @Override
    public String toString() {
        return type;
    }
}
