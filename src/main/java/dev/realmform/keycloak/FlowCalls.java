package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The calls that bring a flow from one state to the other, in an order that no login in between is hurt by: a new step is made
 * switched off, is given all that belongs to it, and is switched on last; what goes, goes when its successor is there.
 */
final class FlowCalls {

    /** What a new execution is, unless its authenticator knows one requirement only (26.7.3). */
    private static final String OFF = "DISABLED";

    private static final String ASIDE = " - replaced";

    private final Address flow;
    private final Way authentication;
    /** Aliases of sub-flows and settings that the flow has now and shall have. */
    private final Set<String> kept;
    private final List<Call> calls = new ArrayList<>();
    private final List<Call> removals = new ArrayList<>();

    private FlowCalls(Address flow, Set<String> kept) {
        this.flow = flow;
        this.authentication = Way.realm(flow.root()).then("authentication");
        this.kept = kept;
    }

    static List<Call> create(Change.Create create) {
        Value.MapOf planned = create.planned().value();
        FlowCalls calls = new FlowCalls(create.address(), Set.of());
        calls.calls.add(
                Call.post(calls.authentication.then("flows"), calls.head(planned, false)).making(create.address()));
        calls.level(planned, Value.EMPTY_MAP, List.of(), create.address().name());
        return calls.calls;
    }

    static List<Call> update(Change change, boolean renamed) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf planned = Wire.planned(change).value();
        Set<String> kept = aliases(before, new HashSet<>());
        kept.retainAll(aliases(planned, new HashSet<>()));
        FlowCalls calls = new FlowCalls(change.address(), kept);
        boolean head = renamed || !before.get("description").equals(planned.get("description"))
                || !before.get("providerId").equals(planned.get("providerId"));
        if (head) {
            calls.calls.add(Call.put(calls.authentication.then("flows").id(change.address()),
                    calls.head(planned, before.isTrue("builtIn"))));
        }
        calls.level(planned, before, List.of(), change.address().name());
        calls.calls.addAll(calls.removals);
        return calls.calls;
    }

    /** A PUT of a flow takes what is absent for empty (26.7.3): it is always sent whole. */
    private Value.MapOf head(Value.MapOf planned, boolean builtIn) {
        return Value.EMPTY_MAP.with("alias", Value.text(flow.name()))
                .with("description", Value.text(planned.text("description").orElse("")))
                .with("providerId", Value.text(planned.text("providerId").orElse(FlowType.BASIC)))
                .with("topLevel", Value.bool(true))
                .with("builtIn", Value.bool(builtIn));
    }

    /** The aliases of all sub-flows. */
    static Set<String> subFlows(Value.MapOf holder, Set<String> aliases) {
        Value.MapOf steps = holder.map(Steps.NAME);
        for (String key : steps.fields().keySet()) {
            if (Steps.isFlow(steps.map(key))) {
                aliases.add(Steps.name(key, steps));
                subFlows(steps.map(key), aliases);
            }
        }
        return aliases;
    }

    private static Set<String> aliases(Value.MapOf holder, Set<String> aliases) {
        subFlows(holder, aliases);
        holder.map(Steps.NAME).fields().values().forEach(step -> {
            if (step instanceof Value.MapOf map) {
                map.map(Steps.CONFIG).text("alias").ifPresent(aliases::add);
                aliases(map, aliases);
            }
        });
        return aliases;
    }

    private void level(Value.MapOf planned, Value.MapOf before, List<String> way, String holder) {
        Value.MapOf steps = planned.map(Steps.NAME);
        Value.MapOf was = before.map(Steps.NAME);
        Map<String, Long> priorities = FlowPlan.priorities(planned, before);
        for (String key : was.fields().keySet()) {
            if (!steps.has(key) || isAnother(steps.map(key), was.map(key))) {
                leave(key, was, inner(way, key));
            }
        }
        for (String key : inOrder(priorities)) {
            Value.MapOf step = steps.map(key);
            long priority = priorities.getOrDefault(key, 0L);
            if (!was.has(key) || isAnother(step, was.map(key))) {
                join(Steps.name(key, steps), step, priority, holder, inner(way, key));
            } else {
                change(Steps.name(key, steps), step, was.map(key), priority, inner(way, key));
            }
        }
    }

    private static List<String> inOrder(Map<String, Long> priorities) {
        TreeMap<Long, List<String>> sorted = new TreeMap<>();
        priorities.forEach((key, priority) -> sorted.computeIfAbsent(priority, ignored -> new ArrayList<>()).add(key));
        return sorted.values().stream().flatMap(List::stream).toList();
    }

    /** Neither the kind of a sub-flow nor its form can be changed. */
    private static boolean isAnother(Value.MapOf step, Value.MapOf was) {
        return Steps.isFlow(step) != Steps.isFlow(was)
                || !step.get("providerId").equals(was.get("providerId"))
                || !step.get("authenticator").equals(was.get("authenticator"));
    }

    private static List<String> inner(List<String> way, String key) {
        List<String> inner = new ArrayList<>(way);
        inner.add(key);
        return inner;
    }

    private Value.MapOf state(Address execution, Value.MapOf step, long priority) {
        return Value.EMPTY_MAP.with("id", Way.idOf(execution))
                .with(Steps.REQUIREMENT, Value.text(step.text(Steps.REQUIREMENT).orElse(OFF)))
                .with(Steps.PRIORITY, Value.num(priority));
    }

    private Way executions() {
        return authentication.then("flows", flow.name(), "executions");
    }

    /** Aliases are unique in a realm: what is made anew elsewhere in the flow finds the old one under another name. */
    private void leave(String key, Value.MapOf was, List<String> way) {
        Value.MapOf step = was.map(key);
        String name = Steps.name(key, was);
        Address execution = Steps.part(Steps.EXECUTION, flow, way);
        settingsAside(step, way);
        if (Steps.isFlow(step) && kept.contains(name)) {
            calls.add(Call.put(executions(), described(way, state(execution, step, Steps.priority(step).orElse(0L)),
                    name + ASIDE, step)));
            execution = Steps.part(Steps.EXECUTION, flow, inner(way.subList(0, way.size() - 1), name + ASIDE));
        }
        removals.add(Call.delete(authentication.then("executions").id(execution)));
    }

    private void settingsAside(Value.MapOf step, List<String> way) {
        Address settings = Steps.part(Steps.SETTINGS, flow, way);
        step.map(Steps.CONFIG)
                .text("alias")
                .filter(kept::contains)
                .ifPresent(alias -> calls.add(Call.put(authentication.then("config").id(settings), Value.EMPTY_MAP
                        .with("id", Way.idOf(settings))
                        .with("alias", Value.text(alias + ASIDE)))
                        .reading(Again.with(Set.of(), Set.of("config")))));
        Value.MapOf steps = step.map(Steps.NAME);
        steps.fields().keySet().forEach(key -> settingsAside(steps.map(key), inner(way, key)));
    }

    private Value.MapOf described(List<String> way, Value.MapOf state, String alias, Value.MapOf step) {
        return state.with("authenticationFlow", Value.bool(true))
                .with("flowId", Way.idOf(Steps.part(Steps.SUB_FLOW, flow, way)))
                .with("displayName", Value.text(alias))
                .with("description", Value.text(step.text("description").orElse("")));
    }

    private void join(String name, Value.MapOf step, long priority, String holder, List<String> way) {
        Address execution = Steps.part(Steps.EXECUTION, flow, way);
        Way inside = authentication.then("flows", holder, "executions");
        if (Steps.isFlow(step)) {
            calls.add(Call.post(inside.then("flow"), subFlow(name, step)).makingUnnamed(execution));
            level(step, Value.EMPTY_MAP, way, name);
        } else {
            calls.add(Call.post(inside.then("execution"), Value.EMPTY_MAP.with("provider", Value.text(name)))
                    .making(execution)
                    .onlyOnce());
            step.get(Steps.CONFIG)
                    .filter(Value.MapOf.class::isInstance)
                    .ifPresent(config -> calls.add(configure(way, (Value.MapOf) config)));
        }
        calls.add(Call.put(executions(), state(execution, step, priority)));
    }

    private static Value.MapOf subFlow(String alias, Value.MapOf step) {
        Value.MapOf body = Value.EMPTY_MAP.with("alias", Value.text(alias))
                .with("type", Value.text(step.text("providerId").orElse(FlowType.BASIC)))
                .with("description", Value.text(step.text("description").orElse("")));
        return step.get("authenticator").map(form -> body.with("provider", form)).orElse(body);
    }

    private Call configure(List<String> way, Value.MapOf config) {
        Way at = authentication.then("executions").id(Steps.part(Steps.EXECUTION, flow, way)).then("config");
        return Call.post(at, Wire.plain(config)).making(Steps.part(Steps.SETTINGS, flow, way));
    }

    private void change(String name, Value.MapOf step, Value.MapOf was, long priority, List<String> way) {
        Address execution = Steps.part(Steps.EXECUTION, flow, way);
        if (Steps.isFlow(step)) {
            level(step, was, way, name);
        } else {
            settings(step.map(Steps.CONFIG), was.map(Steps.CONFIG), way);
        }
        Value.MapOf state = state(execution, step, priority);
        if (!step.get(Steps.REQUIREMENT).equals(was.get(Steps.REQUIREMENT))
                || !Steps.priority(was).equals(Optional.of(priority))) {
            calls.add(Call.put(executions(), state));
        }
        // A PUT that changes the requirement or priority leaves the description alone (26.7.3): it goes by itself.
        if (Steps.isFlow(step) && !step.get("description").equals(was.get("description"))) {
            calls.add(Call.put(executions(), described(way, state, name, step)));
        }
    }

    private void settings(Value.MapOf config, Value.MapOf was, List<String> way) {
        if (config.equals(was)) {
            return;
        }
        Way at = authentication.then("config").id(Steps.part(Steps.SETTINGS, flow, way));
        if (was.isEmpty()) {
            calls.add(configure(way, config));
        } else if (config.isEmpty()) {
            calls.add(Call.delete(at));
        } else {
            calls.add(Call.put(at, ((Value.MapOf) Wire.plain(config))
                    .with("id", Way.idOf(Steps.part(Steps.SETTINGS, flow, way))))
                    .reading(Again.maps(path(way), "config")));
        }
    }

    /** Where in the flow the settings of a step lie. */
    private static Path path(List<String> way) {
        Path path = Path.ROOT;
        for (String key : way) {
            path = path.then(Steps.NAME).then(key);
        }
        return path.then(Steps.CONFIG);
    }
}
