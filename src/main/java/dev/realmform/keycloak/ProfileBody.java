package dev.realmform.keycloak;

import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The user profile in its canonical form: attributes and groups by name, and beside them their order. An empty map would say
 * nothing: so each of them holds its name, and a rule without settings ({@code email: {}}) is {@code true}.
 */
final class ProfileBody {

    static final String ATTRIBUTES = "attributes";
    static final String GROUPS = "groups";

    private static final String REQUIRED = "required";
    private static final String SELECTOR = "selector";
    private static final String VALIDATIONS = "validations";

    /** The list, and the field that holds its order. */
    private static final SortedMap<String, String> ORDERS = new TreeMap<>(
            Map.of(ATTRIBUTES, "attributeOrder", GROUPS, "groupOrder"));

    private static final Field ATTRIBUTE = Field.object(Map.of(
            "permissions", Field.object(Map.of("view", Field.set(), "edit", Field.set())),
            REQUIRED, Field.object(Map.of("roles", Field.set(), "scopes", Field.set())).whole(),
            SELECTOR, Field.object(Map.of("scopes", Field.set())).whole(),
            VALIDATIONS, Field.mapOf(Field.any()),
            "annotations", Field.mapOf(Field.any()),
            "multivalued", Field.any().byDefault(false)));

    private static final Field GROUP = Field.object(Map.of("annotations", Field.mapOf(Field.any())));

    static final Schema SCHEMA = Schema.of(Map.of(
            ATTRIBUTES, Field.mapOf(ATTRIBUTE),
            GROUPS, Field.mapOf(GROUP),
            "attributeOrder", Field.sequence(),
            "groupOrder", Field.sequence()));

    private ProfileBody() {}

    static Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = raw;
        for (Map.Entry<String, String> order : ORDERS.entrySet()) {
            Value members = raw.get(order.getKey()).orElse(Value.NULL);
            if (members instanceof Value.ListOf(List<Value> items)) {
                tidy = tidy.with(order.getValue(), Value.texts(names(items)));
                tidy = tidy.with(order.getKey(), members(named(items)));
            } else if (members instanceof Value.MapOf map) {
                tidy = tidy.with(order.getKey(), members(map));
            }
        }
        return tidy;
    }

    private static List<String> names(List<Value> items) {
        return items.stream()
                .filter(item -> item instanceof Value.MapOf member && !member.isTrue("$delete"))
                .flatMap(item -> ((Value.MapOf) item).text("name").stream())
                .toList();
    }

    private static Value.MapOf named(List<Value> items) {
        SortedMap<String, Value> members = new TreeMap<>();
        items.forEach(item -> {
            if (item instanceof Value.MapOf member) {
                member.text("name").ifPresent(name -> members.put(name, member.without("name")));
            }
        });
        return new Value.MapOf(members);
    }

    private static Value.MapOf members(Value.MapOf members) {
        SortedMap<String, Value> tidied = new TreeMap<>();
        members.fields().forEach((name, value) -> {
            boolean goes = value instanceof Value.MapOf member && member.isTrue("$delete");
            Value.MapOf rules = value instanceof Value.MapOf member ? rules(member) : Value.EMPTY_MAP;
            tidied.put(name, goes ? Value.NULL : rules.with("name", Value.text(name)));
        });
        return new Value.MapOf(tidied);
    }

    private static Value.MapOf rules(Value.MapOf raw) {
        Value.MapOf member = raw.without("$delete");
        if (member.get(REQUIRED).orElse(Value.NULL) instanceof Value.MapOf required
                && required.list("roles").isEmpty() && required.list("scopes").isEmpty()) {
            member = member.with(REQUIRED, Value.bool(true));
        }
        if (member.get(VALIDATIONS).orElse(Value.NULL) instanceof Value.MapOf validations) {
            member = member.with(VALIDATIONS,
                    validations.each((name, rule) -> Optional.of(isBare(rule) ? Value.bool(true) : rule)));
        }
        return member;
    }

    private static boolean isBare(Value rule) {
        return rule instanceof Value.MapOf settings && settings.isEmpty();
    }

    /** A bare rule over one with settings leaves these alone; an order says nothing of those that it does not name. */
    static Value.MapOf propose(Value.MapOf desired, Value.MapOf live) {
        Value.MapOf planned = Overlay.of(SCHEMA, withSettings(desired, live), live);
        for (Map.Entry<String, String> order : ORDERS.entrySet()) {
            List<String> there = live.texts(order.getValue());
            List<String> merged = NameOrder.merged(there, desired.texts(order.getValue()));
            boolean appended = merged.size() >= there.size() && merged.subList(0, there.size()).equals(there);
            planned = live.has(order.getValue()) || !appended
                    ? planned.with(order.getValue(), Value.texts(appended ? there : merged))
                    : planned;
        }
        return planned;
    }

    private static Value.MapOf withSettings(Value.MapOf desired, Value.MapOf live) {
        if (!desired.has(ATTRIBUTES)) {
            return desired;
        }
        return desired.with(ATTRIBUTES, desired.map(ATTRIBUTES).each((name, value) -> {
            if (!(value instanceof Value.MapOf attribute) || attribute.map(VALIDATIONS).isEmpty()) {
                return Optional.of(value);
            }
            Value.MapOf there = live.map(ATTRIBUTES).map(name).map(VALIDATIONS);
            return Optional.of(attribute.with(VALIDATIONS, attribute.map(VALIDATIONS)
                    .each((rule, settings) -> Optional.of(
                            settings.equals(Value.bool(true)) ? there.get(rule).orElse(settings) : settings))));
        }));
    }

    /** The client scopes with which an attribute is asked for, or must be given. */
    static Set<Reference> scopes(Resource desired) {
        Set<Reference> scopes = new HashSet<>();
        desired.value().map(ATTRIBUTES).fields().forEach((name, value) -> {
            for (String field : List.of(REQUIRED, SELECTOR)) {
                List<String> named = value instanceof Value.MapOf attribute ? attribute.map(field).texts("scopes")
                        : List.of();
                named.forEach(scope -> scopes.add(
                        new Reference(ClientScopeType.address(desired.address().root(), scope),
                                Path.of(ATTRIBUTES, name, field, "scopes"))));
            }
        });
        return scopes;
    }

    /** In which order a change wants attributes and groups: as planned, and new ones as declared. */
    static Map<String, List<String>> order(Change change) {
        Map<String, List<String>> orders = new TreeMap<>();
        Value.MapOf planned = Wire.planned(change).value();
        ORDERS.forEach((list, order) -> orders.put(list, NameOrder.merged(planned.texts(order),
                change.declared().map(Resource::value).orElse(Value.EMPTY_MAP).texts(order))));
        return orders;
    }

    /** As the server writes it. */
    static Value.MapOf wire(Value.MapOf live) {
        Map<String, List<String>> orders = new TreeMap<>();
        ORDERS.forEach((list, order) -> orders.put(list, live.texts(order)));
        return wire(live, orders);
    }

    /** As the server takes it. */
    static Value.MapOf wire(Value.MapOf value, Map<String, List<String>> orders) {
        Value.MapOf body = value.without("attributeOrder", "groupOrder");
        for (String list : ORDERS.keySet()) {
            List<Value> members = new ArrayList<>();
            Value.MapOf byName = value.map(list);
            for (String name : NameOrder.complete(orders.getOrDefault(list, List.of()), byName.fields().keySet())) {
                members.add(member(byName.map(name)));
            }
            body = value.has(list) ? body.with(list, new Value.ListOf(members)) : body;
        }
        return body;
    }

    private static Value.MapOf member(Value.MapOf canonical) {
        Value.MapOf member = canonical;
        if (member.isTrue(REQUIRED)) {
            member = member.with(REQUIRED, Value.EMPTY_MAP);
        }
        return member.map(VALIDATIONS).isEmpty() ? member
                : member.with(VALIDATIONS, member.map(VALIDATIONS)
                        .each((name, rule) -> Optional.of(rule.equals(Value.bool(true)) ? Value.EMPTY_MAP : rule)));
    }

    /** What a change makes of the profile as it is now: just what it changes is another. */
    static Value.MapOf onto(Value.MapOf now, Change change) {
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf there = SCHEMA.canonical(tidy(now));
        Value.MapOf becomes = laid(before, Wire.planned(change).value(), there);
        Map<String, List<String>> orders = new TreeMap<>();
        order(change).forEach((list, order) -> orders.put(list,
                NameOrder.merged(there.texts(ORDERS.getOrDefault(list, "")), order)));
        return wire(becomes, orders);
    }

    private static Value.MapOf laid(Value.MapOf before, Value.MapOf after, Value.MapOf now) {
        Value.MapOf laid = now;
        for (String name : Wire.differing(before, after)) {
            Optional<Value> planned = after.get(name);
            if (planned.isEmpty()) {
                laid = laid.without(name);
            } else if (planned.get() instanceof Value.MapOf map
                    && now.get(name).orElse(Value.NULL) instanceof Value.MapOf) {
                laid = laid.with(name, laid(before.map(name), map, now.map(name)));
            } else {
                laid = laid.with(name, planned.get());
            }
        }
        return laid;
    }
}
