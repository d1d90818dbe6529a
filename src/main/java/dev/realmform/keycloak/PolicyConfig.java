package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The settings of a policy or permission. Exports hold lists in them as texts of JSON; here they are lists of names, which a
 * file may also write as they are.
 */
final class PolicyConfig {

    static final String FIELD = "config";

    static final String RESOURCES = "resources";
    static final String SCOPES = "scopes";
    static final String POLICIES = "applyPolicies";
    static final String CLIENTS = "clients";
    static final String USERS = "users";
    static final String ROLES = "roles";
    static final String GROUPS = "groups";
    static final String CLIENT_SCOPES = "clientScopes";

    /** Sets of names. */
    static final Set<String> NAMES = Set.of(USERS, CLIENTS, RESOURCES, SCOPES, POLICIES);

    /** What is listed with a flag, by name: what the member is called in an export, and its flag. */
    static final Map<String, Flagged> FLAGGED = Map.of(ROLES, new Flagged("id", "required"),
            CLIENT_SCOPES, new Flagged("id", "required"), GROUPS, new Flagged("path", "extendChildren"));

    /** What the types of Keycloak have, beside links to others (26.7.3). */
    private static final Map<String, Set<String>> SETTINGS = Map.of(
            "role", Set.of(ROLES, "fetchRoles"),
            "user", Set.of(USERS),
            "group", Set.of(GROUPS, "groupsClaim"),
            "client", Set.of(CLIENTS),
            "client-scope", Set.of(CLIENT_SCOPES),
            "time", Set.of("nbf", "noa", "dayMonth", "dayMonthEnd", "month", "monthEnd", "year", "yearEnd", "hour",
                    "hourEnd", "minute", "minuteEnd"),
            "regex", Set.of("targetClaim", "targetContextAttributes", "pattern"),
            "aggregate", Set.of(),
            "scope", Set.of(),
            "resource", Set.of());

    private static final Set<String> LINKS = Set.of(RESOURCES, SCOPES, POLICIES, AdminPermissions.KIND);

    /** A list of objects that have a name and a flag. */
    record Flagged(String name, String flag) {}

    private PolicyConfig() {}

    /** Who is named in a policy decides who gets in: so lists are declared whole. */
    static Field field() {
        Map<String, Field> fields = new HashMap<>();
        NAMES.forEach(key -> fields.put(key, Field.set()));
        FLAGGED.keySet().forEach(key -> fields.put(key, Field.mapOf(Field.any()).whole()));
        // Left over from old versions; the endpoints of the types answer 500 to it (26.7.3).
        fields.put("default", Field.any().computed());
        // Absent if they were not said (26.7.3).
        fields.put("fetchRoles", Field.any().byDefault("false"));
        fields.put("targetContextAttributes", Field.any().byDefault("false"));
        return Field.object(fields);
    }

    /** The settings that policies of a type can have; empty if it is none of Keycloak's own. */
    static Set<String> settings(String type) {
        Set<String> own = SETTINGS.get(type);
        if (own == null) {
            return Set.of();
        }
        Set<String> all = new HashSet<>(own);
        all.addAll(LINKS);
        return all;
    }

    /** A policy with its settings in their one form. */
    static Value.MapOf tidy(Value.MapOf policy) {
        if (!(policy.get(FIELD).orElse(Value.NULL) instanceof Value.MapOf)) {
            return policy;
        }
        Value.MapOf texts = Texts.in(policy, FIELD).map(FIELD);
        String kind = texts.text(AdminPermissions.KIND).orElse("");
        return policy.with(FIELD, texts.each((key, value) -> Optional.of(tidy(key, kind, listed(key, value)))));
    }

    /** A live policy as a file has it: what is listed with a flag is a list. */
    static Value.MapOf written(Value.MapOf policy) {
        Value.MapOf config = policy.map(FIELD)
                .each((key, value) -> Optional.ofNullable(FLAGGED.get(key))
                        .filter(_ -> value instanceof Value.MapOf)
                        .map(flagged -> listed(flagged, (Value.MapOf) value))
                        .or(() -> Optional.of(value)));
        return policy.has(FIELD) ? policy.with(FIELD, config) : policy;
    }

    private static Value listed(Flagged flagged, Value.MapOf members) {
        List<Value> items = new ArrayList<>();
        members.fields()
                .forEach((name, member) -> items.add(member instanceof Value.MapOf map && map.isTrue(flagged.flag())
                        ? Value.EMPTY_MAP.with(flagged.name(), Value.text(name)).with(flagged.flag(), Value.bool(true))
                        : Value.text(name)));
        return new Value.ListOf(items);
    }

    private static boolean isList(String key) {
        return NAMES.contains(key) || FLAGGED.containsKey(key);
    }

    /** A text of JSON as what it says; left as it is if it is none. */
    private static Value listed(String key, Value value) {
        if (!isList(key) || !(value instanceof Value.Text(String text))) {
            return value;
        }
        return text.isBlank() ? new Value.ListOf(List.of()) : parsed(text).orElse(value);
    }

    private static Optional<Value> parsed(String text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /** The settings that should be lists and are none. */
    static List<String> broken(Value.MapOf config) {
        return config.fields()
                .keySet()
                .stream()
                .filter(PolicyConfig::isList)
                .filter(key -> listed(key, config.get(key).orElse(Value.NULL)) instanceof Value.Text)
                .toList();
    }

    private static Value tidy(String key, String kind, Value value) {
        Flagged flagged = FLAGGED.get(key);
        if (flagged != null) {
            return flagged(key, flagged, value);
        }
        return switch (key) {
            case USERS -> TextSet.each(value, UserType::canonicalName);
            case RESOURCES -> TextSet.each(value, name -> AdminPermissions.canonical(kind, name));
            default -> value;
        };
    }

    private static Value flagged(String key, Flagged flagged, Value value) {
        SortedMap<String, Value> members = new TreeMap<>();
        switch (value) {
            case Value.ListOf(List<Value> items) -> items.forEach(item -> {
                Value.MapOf member = item instanceof Value.MapOf map ? map : Value.EMPTY_MAP.with(flagged.name(), item);
                members.put(name(key, member.text(flagged.name()).orElse("")), flag(flagged, member));
            });
            case Value.MapOf map -> map.fields()
                    .forEach((name, member) -> members.put(name(key, name),
                            flag(flagged, member instanceof Value.MapOf object ? object : Value.EMPTY_MAP)));
            default -> {
                return value;
            }
        }
        return new Value.MapOf(members);
    }

    private static String name(String key, String name) {
        return key.equals(GROUPS) ? GroupPath.canonical(name) : name;
    }

    private static Value flag(Flagged flagged, Value.MapOf member) {
        boolean set = member.isTrue(flagged.flag()) || member.text(flagged.flag()).filter("true"::equals).isPresent();
        return Value.EMPTY_MAP.with(flagged.flag(), Value.bool(set));
    }

    /** Whom the settings of a policy name. */
    static Set<Reference> references(Address policy, Value.MapOf config) {
        String realm = policy.root();
        Set<Reference> references = new HashSet<>();
        flagged(references, config, ROLES, name -> RoleName.address(realm, name));
        flagged(references, config, GROUPS, name -> GroupPath.address(realm, name));
        flagged(references, config, CLIENT_SCOPES, name -> ClientScopeType.address(realm, name));
        set(references, config, USERS, name -> Optional.of(UserType.address(realm, name)));
        set(references, config, CLIENTS, name -> Optional.of(ClientType.address(realm, name)));
        set(references, config, POLICIES, name -> Optional.of(AuthorizationPolicyType.address(policy, name)));
        set(references, config, SCOPES, name -> Optional.of(AuthorizationScopeType.address(policy, name)));
        set(references, config, RESOURCES, name -> resource(policy, config, name));
        return references;
    }

    /** What the name of a resource stands for. */
    static Optional<Address> resource(Address policy, Value.MapOf config, String name) {
        return AdminPermissions.holds(policy)
                ? AdminPermissions.meant(policy.root(), config.text(AdminPermissions.KIND).orElse(""), name)
                : Optional.of(AuthorizationResourceType.address(policy, name));
    }

    private static void flagged(Set<Reference> references, Value.MapOf config, String key,
            Function<String, Address> address) {
        config.map(key)
                .fields()
                .keySet()
                .forEach(name -> references.add(new Reference(address.apply(name), Path.of(FIELD, key))));
    }

    private static void set(Set<Reference> references, Value.MapOf config, String key,
            Function<String, Optional<Address>> address) {
        Value set = config.get(key).orElse(Value.NULL);
        List<String> names = set instanceof Value.MapOf partial ? partial.texts(Overlay.ADD) : config.texts(key);
        names.forEach(name -> address.apply(name)
                .ifPresent(to -> references.add(new Reference(to, Path.of(FIELD, key)))));
    }
}
