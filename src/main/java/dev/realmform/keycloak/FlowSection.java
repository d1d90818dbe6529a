package dev.realmform.keycloak;

import dev.realmform.model.Origin;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The flows of a realm document as trees. There, sub-flows stand beside the flows that hold them, and settings of steps in a
 * list of their own, both referred to by alias; both may also be written right where they belong.
 */
final class FlowSection {

    private static final String SECTION = "authenticationFlows";
    private static final String ALIAS = "flowAlias";

    private final Pieces pieces;
    private final SortedMap<String, Pieces.Member> flows = new TreeMap<>();
    private final SortedMap<String, Pieces.Member> configs = new TreeMap<>();
    private final Set<String> usedFlows = new HashSet<>();
    private final Set<String> usedConfigs = new HashSet<>();

    /** All that the requests for flows, steps and settings carry (26.7.3): nothing else could be written or read. */
    private static final Set<String> HEAD = Set.of("description", "providerId", "builtIn", "topLevel", "id",
            Steps.NAME, Steps.ORDER);

    private static final Set<String> STEP = Set.of("description", "providerId", "authenticator", Steps.NAME,
            Steps.ORDER, Steps.REQUIREMENT, Steps.PRIORITY, Steps.CONFIG, Steps.IS_FLOW);

    private static final Set<String> SETTINGS = Set.of("alias", "config");

    /** Flows that older versions made by themselves, of steps that 26.1 and newer do not have. */
    private static final Set<String> FORMER = Set.of("http challenge");

    private static Value.MapOf known(Value.MapOf map, Set<String> fields) {
        return map.each((name, value) -> Optional.of(value)
                .filter(
                        ignored -> fields.contains(name) || name.startsWith("$")));
    }

    private FlowSection(Value.MapOf document, Origin origin, Pieces pieces) {
        this.pieces = pieces;
        pieces.members(document, origin, SECTION, "alias").forEach(flow -> flows.put(flow.name(), flow));
        pieces.members(document, origin, Steps.CONFIG, "alias").forEach(config -> configs.put(config.name(), config));
    }

    /** The flows that are no sub-flows. */
    static List<Pieces.Member> of(Value.MapOf document, Origin origin, Pieces pieces) {
        return new FlowSection(document, origin, pieces).all();
    }

    /** A value with where it comes from. */
    private record Placed(Value.MapOf value, Origin origin) {}

    private List<Pieces.Member> all() {
        Set<String> referred = new HashSet<>();
        flows.values().forEach(flow -> referred(flow.body(), referred));
        List<Pieces.Member> whole = new ArrayList<>();
        for (Pieces.Member flow : flows.values()) {
            if (!(flow.body() instanceof Value.MapOf body)) {
                whole.add(flow);
            } else if (FORMER.contains(flow.name()) && body.isTrue("builtIn")) {
                pieces.leaveAside("only older versions of Keycloak have it", "flow " + flow.name(), 1);
            } else if (!isSubFlow(flow.name(), body, referred)) {
                Placed tree = holder(body, flow.origin());
                whole.add(new Pieces.Member(flow.name(), ofKeycloaks(flow.name(), known(tree.value(), HEAD)),
                        tree.origin()));
            }
        }
        flows.forEach((alias, flow) -> {
            if (flow.body() instanceof Value.MapOf body && isSubFlow(alias, body, referred)
                    && !usedFlows.contains(alias)) {
                pieces.leaveAside("sub-flow that no flow holds");
            }
        });
        configs.keySet()
                .stream()
                .filter(alias -> !usedConfigs.contains(alias))
                .forEach(alias -> pieces.leaveAside(
                        "authenticatorConfig that no step has"));
        return whole;
    }

    private static boolean isSubFlow(String alias, Value.MapOf body, Set<String> referred) {
        boolean said = body.get("topLevel").filter(Value.Bool.class::isInstance).isPresent();
        return said ? !body.isTrue("topLevel") : referred.contains(alias);
    }

    /** Only Keycloak's own flows are built in, whatever a file says. */
    private static Value.MapOf ofKeycloaks(String alias, Value.MapOf flow) {
        return new FlowType().isBuiltIn(FlowType.address("", alias)) ? flow : flow.without("builtIn");
    }

    private static void referred(Value flow, Set<String> aliases) {
        if (flow instanceof Value.MapOf map) {
            switch (map.get(Steps.NAME).orElse(Value.NULL)) {
                case Value.ListOf(List<Value> steps) -> steps.forEach(step -> refers(step, aliases));
                case Value.MapOf steps -> steps.fields().values().forEach(step -> refers(step, aliases));
                default -> {
                }
            }
        }
    }

    private static void refers(Value step, Set<String> aliases) {
        if (step instanceof Value.MapOf map) {
            map.text(ALIAS).ifPresent(aliases::add);
            referred(map, aliases);
        }
    }

    /** A flow or sub-flow with its steps as members. */
    private Placed holder(Value.MapOf holder, Origin origin) {
        Value.MapOf value = holder;
        Map<String, Origin> below = new HashMap<>(origin.below());
        Origin at = origin.at(Steps.NAME);
        List<Named> named = switch (holder.get(Steps.NAME).orElse(Value.NULL)) {
            case Value.ListOf(List<Value> items) -> listed(items, at);
            case Value.MapOf map -> map.fields()
                    .entrySet()
                    .stream()
                    .map(entry -> new Named(entry.getKey(), entry.getKey(), entry.getValue(), at.at(entry.getKey())))
                    .toList();
            default -> List.of();
        };
        if (holder.has(Steps.NAME)) {
            SortedMap<String, Value> steps = new TreeMap<>();
            Map<String, Origin> origins = new HashMap<>();
            for (Named step : named) {
                Placed placed = step(step);
                origins.put(step.key(), placed.origin());
                steps.put(step.key(), step.goes() ? Value.NULL : placed.value());
            }
            value = value.with(Steps.NAME, new Value.MapOf(steps));
            below.put(Steps.NAME, new Origin(at.source(), origins));
            boolean listed = holder.get(Steps.NAME).filter(Value.ListOf.class::isInstance).isPresent();
            value = listed ? ordered(value, named, at) : value;
        }
        return new Placed(value, new Origin(origin.source(), below));
    }

    /** One step with its name in the file, and its key among the others. */
    private record Named(String key, String name, Value body, Origin origin) {

        boolean goes() {
            return body instanceof Value.MapOf map && map.isTrue("$delete");
        }
    }

    private List<Named> listed(List<Value> items, Origin at) {
        List<Named> named = new ArrayList<>();
        Map<String, Value> taken = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Origin origin = at.at(String.valueOf(i));
            Optional<String> name = items.get(i) instanceof Value.MapOf step
                    ? step.text(ALIAS).or(() -> step.text("authenticator"))
                    : Optional.empty();
            if (name.isEmpty()) {
                pieces.problem("a step without authenticator or flowAlias", origin,
                        "Say which authenticator, or which sub-flow, the step is.");
            } else {
                String key = Steps.key(name.get(), taken);
                taken.put(key, items.get(i));
                named.add(new Named(key, name.get(), items.get(i), origin));
            }
        }
        return byPriority(named);
    }

    /** Equal steps are numbered as the server numbers them: by priority. */
    private static List<Named> byPriority(List<Named> listed) {
        boolean all = listed.stream().allMatch(step -> priority(step).isPresent());
        if (!all) {
            return listed;
        }
        List<Named> sorted = new ArrayList<>(listed);
        sorted.sort(java.util.Comparator.comparing(step -> priority(step).orElse(0L)));
        Map<String, Value> taken = new HashMap<>();
        return sorted.stream().map(step -> {
            String key = Steps.key(step.name(), taken);
            taken.put(key, step.body());
            return new Named(key, step.name(), step.body(), step.origin());
        }).toList();
    }

    private static Optional<Long> priority(Named step) {
        return step.body() instanceof Value.MapOf body ? Steps.priority(body) : Optional.empty();
    }

    /** Either all steps say their priority, or their order in the list counts. A step alone has none. */
    private Value.MapOf ordered(Value.MapOf holder, List<Named> all, Origin at) {
        List<Named> named = all.stream().filter(step -> !step.goes()).toList();
        long said = named.stream().filter(step -> priority(step).isPresent()).count();
        if (said != 0 && said != named.size()) {
            pieces.problem("some steps have a priority and others have none", at,
                    "Give each of them one; or none of them, and their order in the list counts.");
        }
        return said == 0 && named.size() > 1
                ? holder.with(Steps.ORDER, Value.texts(named.stream().map(Named::key).toList()))
                : holder;
    }

    private Placed step(Named named) {
        if (!(named.body() instanceof Value.MapOf body) || named.goes()) {
            return new Placed(Value.EMPTY_MAP, named.origin());
        }
        Placed step = configured(body, named.origin());
        boolean isFlow = body.has(ALIAS) || body.has(Steps.NAME) || body.isTrue(Steps.IS_FLOW)
                || (flows.containsKey(named.name()) && !body.has("authenticator"));
        Value.MapOf value = known(step.value(), STEP).without(Steps.IS_FLOW);
        if (body.has("userSetupAllowed")) {
            pieces.leaveAside("userSetupAllowed");
        }
        return isFlow
                ? withItsForm(subFlow(body.text(ALIAS).orElse(named.name()),
                        value.with(Steps.IS_FLOW, Value.bool(true)), step.origin()))
                : new Placed(value.without("authenticator"), step.origin());
    }

    /** The authenticator of a sub-flow is the form that it shows. Of one that is no form the server keeps none (26.7.3). */
    private Placed withItsForm(Placed flow) {
        boolean isNone = flow.value().text("providerId").filter(kind -> !kind.equals(FlowType.FORM)).isPresent();
        if (!isNone || !flow.value().has("authenticator")) {
            return flow;
        }
        pieces.leaveAside("the server keeps no authenticator for a sub-flow that is no form", "authenticator", 1);
        return new Placed(flow.value().without("authenticator"), flow.origin());
    }

    private Placed subFlow(String alias, Value.MapOf step, Origin origin) {
        Optional<Pieces.Member> apart = Optional.ofNullable(flows.get(alias))
                .filter(flow -> flow.body() instanceof Value.MapOf);
        boolean again = !usedFlows.add(alias);
        if (again && (apart.isPresent() || step.has(Steps.NAME))) {
            pieces.problem("the sub-flow " + alias + " is used more than once", origin,
                    "A sub-flow belongs to one place: give each place a sub-flow of its own.");
            return new Placed(step, origin);
        }
        if (apart.isEmpty()) {
            return holder(step, origin);
        }
        Value.MapOf body = known((Value.MapOf) apart.get().body(), STEP);
        Placed inner = holder(body, apart.get().origin());
        Value.MapOf value = inner.value().has(Steps.NAME)
                ? inner.value()
                : inner.value().with(Steps.NAME, Value.EMPTY_MAP);
        Map<String, Origin> below = new HashMap<>(inner.origin().below());
        for (Map.Entry<String, Value> field : step.fields().entrySet()) {
            value = value.with(field.getKey(), field.getValue());
            below.put(field.getKey(), origin.at(field.getKey()));
        }
        return new Placed(value, new Origin(origin.source(), below));
    }

    /** A step whose settings are referred to by their alias gets them. */
    private Placed configured(Value.MapOf step, Origin origin) {
        return switch (step.get(Steps.CONFIG).orElse(Value.NULL)) {
            case Value.Text(String alias) -> {
                usedConfigs.add(alias);
                Optional<Pieces.Member> config = Optional.ofNullable(configs.get(alias));
                Value.MapOf settings = config.map(Pieces.Member::body)
                        .filter(Value.MapOf.class::isInstance)
                        .map(body -> ((Value.MapOf) body).without("id"))
                        .orElse(Value.EMPTY_MAP)
                        .with("alias", Value.text(alias));
                yield new Placed(step.with(Steps.CONFIG, Texts.in(known(settings, SETTINGS), "config")),
                        with(origin, config.map(Pieces.Member::origin).orElse(origin.at(Steps.CONFIG))));
            }
            case Value.MapOf inline -> new Placed(step.with(Steps.CONFIG, Texts.in(known(inline, SETTINGS), "config")),
                    origin);
            default -> new Placed(step, origin);
        };
    }

    private static Origin with(Origin origin, Origin config) {
        Map<String, Origin> below = new HashMap<>(origin.below());
        below.put(Steps.CONFIG, config);
        return new Origin(origin.source(), below);
    }

    /** A live flow or sub-flow as a person would write it: its steps in their order, as a list. */
    static Value.MapOf listed(Value.MapOf holder) {
        if (!holder.has(Steps.NAME)) {
            return holder;
        }
        Value.MapOf steps = holder.map(Steps.NAME);
        List<String> order = NameOrder.complete(holder.texts(Steps.ORDER), Steps.byPriority(steps));
        List<Value> items = order.stream().<Value>map(key -> item(Steps.name(key, steps), steps.map(key))).toList();
        return holder.without(Steps.ORDER).with(Steps.NAME, new Value.ListOf(items));
    }

    private static Value.MapOf item(String name, Value.MapOf step) {
        String kind = Steps.isFlow(step) ? ALIAS : "authenticator";
        return listed(step).without(Steps.IS_FLOW, Steps.PRIORITY).with(kind, Value.text(name));
    }
}
