package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.LiveState.LiveObject;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The steps that Keycloak's own flows have on this server: an export of another version has others in them. Where a file
 * says of such a flow that it is built in, what this server's flow has not is left out, and the plan warns of it.
 */
final class FlowStructure {

    /** Every realm has them in its flows, but master has not (26.7.3). */
    private static final Set<String> NOT_IN_MASTER = Set.of("Organization",
            "First Broker Login - Conditional Organization");

    private FlowStructure() {}

    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, LiveState live, Reader reader) {
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        List<Plan.Notice> notices = new ArrayList<>();
        for (Resource flow : declared.values()) {
            if (flow.address().type().equals(FlowType.NAME) && flow.value().isTrue("builtIn")) {
                tree(flow, live, reader).ifPresent(tree -> {
                    List<Path> missing = missing(flow.value(), tree, Path.ROOT);
                    if (!missing.isEmpty()) {
                        kept.put(flow.address(), flow.withValue(without(flow.value(), tree)));
                        notices.add(warning(flow.address(), missing));
                    }
                });
            }
        }
        return new Provider.Accepted(kept, notices);
    }

    private static Plan.Notice warning(Address flow, List<Path> missing) {
        return new Plan.Notice.Warning(Optional.of(flow), flow + " is Keycloak's own, and this server's has no "
                + String.join(", ", missing.stream().map(FlowStructure::words).toList())
                + ": left out. To have it, declare a copy under another alias and bind that.");
    }

    /** {@code auth-otp-form in forms}. */
    private static String words(Path step) {
        List<String> names = new ArrayList<>();
        step.segments().stream().filter(segment -> !segment.equals(Steps.NAME)).forEach(names::addFirst);
        return String.join(" in ", names);
    }

    private static Optional<Value.MapOf> tree(Resource flow, LiveState live, Reader reader) {
        Optional<Value.MapOf> here = live.find(flow.address()).map(LiveObject::resource).map(Resource::value);
        return here.isPresent() ? here : elsewhere(flow, reader);
    }

    /** The flow as a realm that is still to be made will have it: as the realm of the login has it. */
    static Optional<Value.MapOf> elsewhere(Resource flow, Reader reader) {
        try {
            Address like = FlowType.address(reader.home(), flow.address().name());
            Value.MapOf tree = new FlowReading(reader, like, (part, id) -> {}).tree(false);
            return tree.isEmpty() ? Optional.empty() : Optional.of(completed(tree, flow.value().map(Steps.NAME)));
        } catch (ProblemException e) {
            // Whoever may not look finds out when it is applied: then it is left out as well.
            return Optional.empty();
        }
    }

    private static Value.MapOf completed(Value.MapOf tree, Value.MapOf declared) {
        Value.MapOf steps = tree.map(Steps.NAME);
        for (String key : NOT_IN_MASTER) {
            steps = steps.has(key) || !declared.has(key) ? steps : steps.with(key, declared.map(key));
        }
        return tree.with(Steps.NAME, steps);
    }

    /** The declared steps that are not there. */
    static List<Path> missing(Value.MapOf declared, Value.MapOf there, Path at) {
        List<Path> missing = new ArrayList<>();
        declared.map(Steps.NAME).fields().forEach((key, step) -> {
            Path path = at.then(Steps.NAME).then(key);
            if (!there.map(Steps.NAME).has(key)) {
                missing.add(path);
            } else if (step instanceof Value.MapOf map) {
                missing.addAll(missing(map, there.map(Steps.NAME).map(key), path));
            }
        });
        return missing;
    }

    private static Value.MapOf without(Value.MapOf declared, Value.MapOf there) {
        Value.MapOf steps = there.map(Steps.NAME);
        Map<String, Value> kept = new TreeMap<>();
        declared.map(Steps.NAME).fields().forEach((key, step) -> {
            if (steps.has(key)) {
                kept.put(key, step instanceof Value.MapOf map ? without(map, steps.map(key)) : step);
            }
        });
        Value.MapOf left = declared.has(Steps.NAME) ? declared.with(Steps.NAME, new Value.MapOf(kept)) : declared;
        return left.has(Steps.ORDER)
                ? left.with(Steps.ORDER,
                        Value.texts(left.texts(Steps.ORDER).stream().filter(kept::containsKey).toList()))
                : left;
    }
}
