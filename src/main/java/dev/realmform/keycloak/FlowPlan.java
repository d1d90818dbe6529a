package dev.realmform.keycloak;

import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a flow will be, once the declared steps are laid over the live ones. */
final class FlowPlan {

    private final boolean fixed;

    private FlowPlan(boolean fixed) {
        this.fixed = fixed;
    }

    /** @param builtIn whether its steps can be changed, but none can come or go */
    static Value.MapOf of(Schema schema, Resource desired, Resource live, boolean builtIn) {
        Value.MapOf planned = Overlay.of(schema, desired.value(), live.value());
        if (!live.value().has("providerId")) {
            // No list shows this flow: what cannot be seen cannot be changed.
            planned = planned.without("description", "providerId", "builtIn");
        }
        return new FlowPlan(builtIn).level(planned, desired.value(), live.value());
    }

    private Value.MapOf level(Value.MapOf planned, Value.MapOf desired, Value.MapOf live) {
        Value.MapOf liveSteps = live.map(Steps.NAME);
        Value.MapOf desiredSteps = desired.map(Steps.NAME);
        Map<String, Value> steps = new TreeMap<>();
        planned.map(Steps.NAME).fields().forEach((key, step) -> {
            boolean may = !fixed || liveSteps.has(key);
            if (may && step instanceof Value.MapOf map) {
                steps.put(key, desiredSteps.has(key)
                        ? level(map, desiredSteps.map(key), liveSteps.map(key))
                        : map);
            }
        });
        if (fixed) {
            liveSteps.fields().forEach(steps::putIfAbsent);
        }
        Value.MapOf whole = steps.isEmpty() && !planned.has(Steps.NAME)
                ? planned
                : planned.with(Steps.NAME, new Value.MapOf(steps));
        List<String> order = desired.has(Steps.ORDER)
                ? order(desired.texts(Steps.ORDER), live.texts(Steps.ORDER), steps.keySet())
                : live.texts(Steps.ORDER);
        return order.isEmpty() ? whole.without(Steps.ORDER) : whole.with(Steps.ORDER, Value.texts(order));
    }

    /**
     * The declared steps in their order, and between them the others where they are: the places that declared steps have now
     * are given to them anew, and a step that is not there yet comes behind the one that it follows in the file.
     */
    static List<String> order(List<String> declared, List<String> live, Set<String> there) {
        List<String> known = declared.stream().filter(live::contains).toList();
        Set<String> movable = new HashSet<>(known);
        List<String> order = new ArrayList<>();
        int next = 0;
        for (String key : live) {
            order.add(movable.contains(key) ? known.get(next++) : key);
        }
        String before = "";
        for (String key : declared) {
            if (!order.contains(key) && there.contains(key)) {
                order.add(before.isEmpty() ? first(order, known) : order.indexOf(before) + 1, key);
            }
            before = order.contains(key) ? key : before;
        }
        return order;
    }

    /** Before the first declared step that is there. */
    private static int first(List<String> order, List<String> known) {
        return known.isEmpty() ? order.size() : order.indexOf(known.getFirst());
    }

    /** The priorities that put steps into the order: each keeps its own as long as that is higher than those before it. */
    static Map<String, Long> priorities(Value.MapOf planned, Value.MapOf before) {
        Value.MapOf steps = planned.map(Steps.NAME);
        boolean reordered = planned.has(Steps.ORDER)
                && !planned.texts(Steps.ORDER).equals(before.texts(Steps.ORDER));
        List<String> order = reordered ? planned.texts(Steps.ORDER) : Steps.byPriority(steps);
        Map<String, Long> priorities = new TreeMap<>();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < order.size(); i++) {
            Value.MapOf step = steps.map(order.get(i));
            long own = Steps.priority(step).orElse(Long.MIN_VALUE);
            long priority = own;
            if (own == Long.MIN_VALUE || (reordered && own <= last)) {
                priority = between(last, next(order, i, steps));
            }
            if (steps.has(order.get(i))) {
                priorities.put(order.get(i), priority);
                last = priority;
            }
        }
        return priorities;
    }

    private static long next(List<String> order, int at, Value.MapOf steps) {
        return order.stream()
                .skip(at + 1L)
                .flatMap(key -> Steps.priority(steps.map(key)).stream())
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long between(long last, long next) {
        long from = last == Long.MIN_VALUE ? 0 : last;
        return from + 10 < next || next <= from + 1 ? from + 10 : (from + next) / 2;
    }
}
