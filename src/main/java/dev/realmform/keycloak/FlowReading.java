package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** One live flow as a tree, from the flat list of all its executions. */
final class FlowReading {

    private final Reader reader;
    private final Address flow;
    private final BiConsumer<Address, String> ids;

    /** @param ids is told the ids of the parts */
    FlowReading(Reader reader, Address flow, BiConsumer<Address, String> ids) {
        this.reader = reader;
        this.flow = flow;
        this.ids = ids;
    }

    /** The ids of all parts of a flow that is live under its address. */
    static Map<Address, String> parts(Reader reader, Address flow) {
        Map<Address, String> parts = new HashMap<>();
        new FlowReading(reader, flow, parts::put).tree(false);
        return parts;
    }

    /** The steps of one (sub-)flow, as they are read. */
    private record Level(SortedMap<String, Value> steps, List<Value> order, List<String> way) {

        Level(List<String> way) {
            this(new TreeMap<>(), new ArrayList<>(), way);
        }

        Value.MapOf of(Value.MapOf holder) {
            Value.MapOf whole = steps.isEmpty() ? holder : holder.with(Steps.NAME, new Value.MapOf(steps));
            return order.isEmpty() ? whole : whole.with(Steps.ORDER, new Value.ListOf(order));
        }
    }

    /** The steps and their order, as fields. */
    Value.MapOf tree(boolean withConfigs) {
        List<Value.MapOf> flat = reader.objects(flow.root(), "authentication", "flows", flow.name(), "executions");
        return level(new ArrayDeque<>(flat), 0, List.of(), withConfigs).of(Value.EMPTY_MAP);
    }

    private Level level(Deque<Value.MapOf> flat, long depth, List<String> way, boolean withConfigs) {
        Level level = new Level(way);
        while (!flat.isEmpty() && number(flat.getFirst(), "level") == depth) {
            Value.MapOf execution = flat.removeFirst();
            boolean isFlow = execution.isTrue("authenticationFlow");
            String name = execution.text(isFlow ? "displayName" : "providerId").orElse("");
            String key = Steps.key(name, level.steps());
            List<String> inner = new ArrayList<>(way);
            inner.add(key);
            execution.text("id").ifPresent(id -> ids.accept(Steps.part(Steps.EXECUTION, flow, inner), id));
            Value.MapOf step = Value.EMPTY_MAP;
            step = copied(execution, Steps.REQUIREMENT, step);
            step = copied(execution, Steps.PRIORITY, step);
            if (isFlow) {
                execution.text("flowId").ifPresent(id -> ids.accept(Steps.part(Steps.SUB_FLOW, flow, inner), id));
                step = level(flat, depth + 1, inner, withConfigs).of(subFlow(execution, step));
            } else {
                step = configured(execution, step, inner, withConfigs);
            }
            level.steps().put(key, step);
            level.order().add(Value.text(key));
        }
        return level;
    }

    private static Value.MapOf copied(Value.MapOf from, String field, Value.MapOf to) {
        return from.get(field).map(value -> to.with(field, value)).orElse(to);
    }

    /** The answer tells of a sub-flow's kind only what may be required of it (26.7.3), and the form of one that is a form. */
    private static Value.MapOf subFlow(Value.MapOf execution, Value.MapOf step) {
        Optional<String> form = execution.text("providerId");
        String kind = execution.texts("requirementChoices").contains("CONDITIONAL")
                ? FlowType.BASIC
                : form.isPresent() ? FlowType.FORM : FlowType.CLIENT;
        Value.MapOf sub = copied(execution, "description", step)
                .with(Steps.IS_FLOW, Value.bool(true))
                .with("providerId", Value.text(kind));
        return form.map(id -> sub.with("authenticator", Value.text(id))).orElse(sub);
    }

    private Value.MapOf configured(Value.MapOf execution, Value.MapOf step, List<String> way, boolean withConfigs) {
        Optional<String> id = execution.text("authenticationConfig");
        id.ifPresent(known -> ids.accept(Steps.part(Steps.SETTINGS, flow, way), known));
        return id.filter(known -> withConfigs)
                .flatMap(known -> reader.object(flow.root(), "authentication", "config", known))
                .map(config -> step.with(Steps.CONFIG, config.without("id")))
                .orElse(step);
    }

    private static long number(Value.MapOf execution, String field) {
        return execution.get(field).orElse(Value.NULL) instanceof Value.Num number ? number.value().longValue() : 0;
    }
}
