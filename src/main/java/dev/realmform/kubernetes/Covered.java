package dev.realmform.kubernetes;

import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Declared values laid over live ones without the server's help. Weaker than its own answer: it knows no defaults, of other
 * notations only those of a number ({@code 0.5} and {@code 500m}), and takes the members of a list by their place.
 */
final class Covered {

    private static final Pattern QUANTITY = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(m|k|M|G|)");
    private static final Map<String, BigDecimal> FACTORS = Map.of("m", new BigDecimal("0.001"), "", BigDecimal.ONE, "k",
            BigDecimal.valueOf(1_000), "M", BigDecimal.valueOf(1_000_000), "G", BigDecimal.valueOf(1_000_000_000));

    private Covered() {}

    static Value.MapOf over(Value.MapOf desired, Value.MapOf live) {
        Value.MapOf result = live;
        for (Map.Entry<String, Value> field : desired.fields().entrySet()) {
            Value before = live.get(field.getKey()).orElse(Value.NULL);
            Value after = over(field.getValue(), before);
            result = after instanceof Value.Null ? result.without(field.getKey()) : result.with(field.getKey(), after);
        }
        return result;
    }

    private static Value over(Value desired, Value live) {
        if (desired instanceof Value.MapOf wanted && live instanceof Value.MapOf there) {
            return over(wanted, there);
        }
        if (desired instanceof Value.ListOf(List<Value> wanted) && live instanceof Value.ListOf(List<Value> there)
                && wanted.size() == there.size()) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                items.add(over(wanted.get(i), there.get(i)));
            }
            return new Value.ListOf(items);
        }
        return isSameNumber(desired, live) ? live : desired;
    }

    /** A number that is declared where the server has a text: there it keeps quantities, in a notation of its own. */
    private static boolean isSameNumber(Value desired, Value live) {
        if (!(desired instanceof Value.Num(BigDecimal number)) || !(live instanceof Value.Text(String text))) {
            return false;
        }
        Matcher quantity = QUANTITY.matcher(text);
        return quantity.matches() && number.compareTo(
                new BigDecimal(quantity.group(1)).multiply(FACTORS.get(quantity.group(2)))) == 0;
    }
}
