package dev.realmform.keycloak;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Workflows as exports have them: nameless components with settings, and in each the steps as components without order
 * (26.7.3). A partial export holds them without any setting, not even the name.
 */
final class WorkflowComponents {

    private static final String NAME = "name";
    private static final String PRIORITY = "priority";
    private static final String AFTER = "after";

    /** Settings whose field in a workflow has the same name. */
    private static final Set<String> SAME = Set.of("on", "enabled");

    private static final String CONDITIONS = "conditions";
    private static final String SCHEDULE = "schedule.";
    private static final Set<String> CONCURRENCY = Set.of("cancel-in-progress", "restart-in-progress");

    private WorkflowComponents() {}

    static List<Pieces.Member> of(Value.MapOf document, Origin origin, Pieces pieces) {
        List<Pieces.Member> workflows = new ArrayList<>();
        Value.MapOf kinds = document.map(ComponentSection.NAME);
        for (String kind : kinds.fields().keySet()) {
            if (ComponentKinds.name(kind).equals(ComponentKinds.WORKFLOW)) {
                Origin at = origin.at(ComponentSection.NAME).at(kind);
                List<Value> items = kinds.list(kind);
                for (int i = 0; i < items.size(); i++) {
                    add(items.get(i), at.at(String.valueOf(i)), pieces, workflows);
                }
            }
        }
        return workflows;
    }

    private static void add(Value item, Origin origin, Pieces pieces, List<Pieces.Member> workflows) {
        Value.MapOf component = item instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        Value.MapOf settings = settings(component);
        Optional<String> name = settings.text(NAME);
        if (name.isPresent()) {
            settings.fields().keySet().stream().filter(key -> !isKnown(key)).forEach(pieces::leaveAside);
            workflows.add(new Pieces.Member(name.get(), workflow(settings, component), origin));
        } else if (settings.isEmpty()) {
            pieces.leaveAside("a partial export holds none of their settings", "workflows", 1);
        } else {
            pieces.problem("a workflow without a name", origin, "Give it the setting name.");
        }
    }

    private static boolean isKnown(String key) {
        return SAME.contains(key) || CONCURRENCY.contains(key) || key.equals(NAME) || key.equals(CONDITIONS)
                || key.startsWith(SCHEDULE);
    }

    /** One value as it is, several as a list. */
    private static Value.MapOf settings(Value.MapOf component) {
        return Components.tidy(component).map(Components.CONFIG);
    }

    private static Value.MapOf workflow(Value.MapOf settings, Value.MapOf component) {
        Value.MapOf workflow = Value.EMPTY_MAP;
        Map<String, Value> concurrency = new HashMap<>();
        Map<String, Value> schedule = new HashMap<>();
        for (Map.Entry<String, Value> setting : settings.fields().entrySet()) {
            String key = setting.getKey();
            if (SAME.contains(key)) {
                workflow = workflow.with(key, plain(setting.getValue()));
            } else if (key.equals(CONDITIONS)) {
                workflow = workflow.with("if", setting.getValue());
            } else if (CONCURRENCY.contains(key)) {
                concurrency.put(key, setting.getValue());
            } else if (key.startsWith(SCHEDULE)) {
                schedule.put(key.substring(SCHEDULE.length()), plain(setting.getValue()));
            }
        }
        workflow = concurrency.isEmpty() ? workflow : workflow.with("concurrency", new Value.MapOf(concurrency));
        workflow = schedule.isEmpty() ? workflow : workflow.with("schedule", new Value.MapOf(schedule));
        return workflow.with("steps", new Value.ListOf(steps(component)));
    }

    private static List<Value> steps(Value.MapOf component) {
        Value.MapOf inside = component.map("subComponents");
        return inside.fields()
                .keySet()
                .stream()
                .flatMap(kind -> inside.list(kind).stream())
                .flatMap(step -> step instanceof Value.MapOf map ? Stream.of(map) : Stream.empty())
                .sorted(Comparator.comparing(WorkflowComponents::priority))
                .map(WorkflowComponents::step)
                .toList();
    }

    private static BigDecimal priority(Value.MapOf step) {
        return settings(step).text(PRIORITY)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(BigDecimal::new)
                .orElse(BigDecimal.ZERO);
    }

    private static Value step(Value.MapOf component) {
        Value.MapOf settings = settings(component);
        Value.MapOf step = Value.EMPTY_MAP.with("uses", component.get(Components.PROVIDER).orElse(Value.NULL));
        step = settings.has(AFTER) ? step.with(AFTER, settings.get(AFTER).orElseThrow()) : step;
        return step.with("with", settings.without(AFTER, PRIORITY));
    }

    /** Settings are texts, where a workflow has flags and numbers. */
    private static Value plain(Value setting) {
        return switch (setting) {
            case Value.Text(String text) when text.equals("true") || text.equals("false") -> Value.bool(
                    Boolean.parseBoolean(text));
            case Value.Text(String text) when text.matches("\\d{1,9}") -> Value.num(Long.parseLong(text));
            default -> setting;
        };
    }
}
