package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of a flow or sub-flow as members of a map: by the id of their authenticator, or by the alias of the sub-flow. A
 * second equal one in the same (sub-)flow is {@code name[2]}. A sub-flow is a step that holds steps.
 */
final class Steps {

    /** The field that holds them. */
    static final String NAME = "authenticationExecutions";

    /** Their names one after the other, where nothing gives them priorities; always there in live values. */
    static final String ORDER = "order";

    /** The mark of a sub-flow. */
    static final String IS_FLOW = "authenticatorFlow";

    /** In a step, its settings: an alias and a map. */
    static final String CONFIG = "authenticatorConfig";

    static final String REQUIREMENT = "requirement";
    static final String PRIORITY = "priority";

    /** Types of addresses of parts: the execution itself, its settings, and the flow behind a sub-flow's execution. */
    static final String EXECUTION = "execution";
    static final String SETTINGS = "authenticator-config";
    static final String SUB_FLOW = "sub-flow";

    /** Nobody nests flows so deep; the schema has to end somewhere. */
    static final int DEPTH = 12;

    /** Its setting {@code credentials} names kinds of them: no secret, though it is called like one. */
    private static final String BY_CREDENTIAL = "conditional-credential";

    private static final Pattern REPEATED = Pattern.compile("(.+)\\[(\\d+)]");

    private Steps() {}

    static Field field() {
        Field free = Field.mapOf(Field.any()).writeOnlyByName();
        Field ofCredentials = free.knowing(Map.of("credentials", Field.any()));
        Field deeper = Field.any();
        for (int level = 0; level < DEPTH; level++) {
            deeper = Field.mapOf(step(free, deeper)).knowing(Map.of(BY_CREDENTIAL, step(ofCredentials, deeper)));
        }
        return deeper;
    }

    private static Field step(Field settings, Field deeper) {
        return Field.object(Map.of(CONFIG, Field.object(Map.of("config", settings)), ORDER, Field.sequence(), NAME,
                deeper));
    }

    static boolean isFlow(Value.MapOf step) {
        return step.isTrue(IS_FLOW);
    }

    /** The authenticator or alias behind the name of a member. */
    static String name(String key, Value.MapOf siblings) {
        Matcher repeated = REPEATED.matcher(key);
        return repeated.matches() && siblings.has(repeated.group(1)) ? repeated.group(1) : key;
    }

    /** The name of a member that joins others. */
    static String key(String name, Map<String, ?> others) {
        String key = name;
        for (int n = 2; others.containsKey(key); n++) {
            key = name + "[" + n + "]";
        }
        return key;
    }

    /** The address of a part of a flow; {@code way} are names of members from the flow inwards. */
    static Address part(String type, Address flow, List<String> way) {
        List<String> key = new ArrayList<>(flow.key());
        key.add(String.join("/", way.stream().map(name -> name.replace("/", "~/")).toList()));
        return new Address(type, key);
    }

    /** A step of a flow that is one. */
    static Value.MapOf step(Value.MapOf steps, String key) {
        return steps.map(key);
    }

    static Optional<Long> priority(Value.MapOf step) {
        return step.get(PRIORITY)
                .filter(Value.Num.class::isInstance)
                .map(priority -> ((Value.Num) priority).value().longValue());
    }

    /** Members, those with a lower priority first, and the others in the order of their names. */
    static List<String> byPriority(Value.MapOf steps) {
        TreeMap<Long, List<String>> sorted = new TreeMap<>();
        steps.fields()
                .keySet()
                .forEach(key -> sorted.computeIfAbsent(priority(step(steps, key)).orElse(Long.MAX_VALUE),
                        ignored -> new ArrayList<>()).add(key));
        return sorted.values().stream().flatMap(List::stream).toList();
    }

    /** A step that a flow is to get. */
    record Added(Path path, String name, String kind, Value.MapOf body) {}

    /** Tells somebody of all steps that a flow is to get. */
    record Walk(Consumer<Added> to) {

        /** @param kind of the (sub-)flow */
        void added(Value.MapOf planned, Value.MapOf before, String kind) {
            level(planned, before, kind, Path.ROOT);
        }

        private void level(Value.MapOf planned, Value.MapOf before, String kind, Path at) {
            Value.MapOf steps = planned.map(NAME);
            for (String key : steps.fields().keySet()) {
                Value.MapOf step = steps.map(key);
                Path path = at.then(NAME).then(key);
                if (!before.map(NAME).has(key)) {
                    to.accept(new Added(path, name(key, steps), kind, step));
                }
                if (isFlow(step)) {
                    level(step, before.map(NAME).map(key), step.text("providerId").orElse(FlowType.BASIC), path);
                }
            }
        }
    }
}
