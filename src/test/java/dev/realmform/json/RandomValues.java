package dev.realmform.json;

import dev.realmform.model.Address;
import dev.realmform.model.Secret;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Values at random, from a seed: every kind, awkward texts, keys that look like our marks. */
final class RandomValues {

    private static final List<String> TEXTS = List.of("", "a", "$", "$secret", "$$add", "field", "a.b", "ä€𝄞",
            "\"\\\n\t\u0000",
            "$(secret:x)", "null", "1.0", "  ");

    private final RandomGenerator random;

    RandomValues(RandomGenerator random) {
        this.random = random;
    }

    Value.MapOf map(int depth) {
        SortedMap<String, Value> fields = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(text(), any(depth - 1));
        }
        return new Value.MapOf(fields);
    }

    Value any(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> Value.NULL;
            case 1 -> Value.bool(random.nextBoolean());
            case 2 -> new Value.Num(new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30) - 10));
            case 3 -> Value.text(text());
            case 4 -> Secret.notGiven("$(secret:" + random.nextInt(9) + ")");
            case 5 -> new Value.Unknown(Address.of("client", "r", text()), "id");
            case 6 -> new Value.Hidden(
                    random.nextBoolean() ? Value.Hidden.Reason.MASKED : Value.Hidden.Reason.FORBIDDEN);
            case 7 -> list(depth);
            default -> map(depth);
        };
    }

    private Value.ListOf list(int depth) {
        List<Value> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(any(depth - 1));
        }
        return new Value.ListOf(items);
    }

    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size())) + (random.nextInt(3) == 0 ? random.nextInt(100) : "");
    }
}
