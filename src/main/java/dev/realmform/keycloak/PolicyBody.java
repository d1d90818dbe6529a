package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Policies as the server takes them. Each type that Keycloak knows has an endpoint of its own, which takes ids; a type of
 * somebody else's goes to the general one, which takes the settings as texts.
 */
final class PolicyBody {

    private static final Set<String> PERMISSIONS = Set.of("scope", "resource");

    private static final Set<String> TYPED = Set.of("role", "user", "group", "client", "client-scope", "time", "regex",
            "aggregate", "scope", "resource");

    /** Settings that the endpoints of the types call otherwise. */
    private static final Map<String, String> RENAMED = Map.of("nbf", "notBefore", "noa", "notOnOrAfter",
            AdminPermissions.KIND, "resourceType", PolicyConfig.POLICIES, "policies");

    private static final Set<String> FLAGS = Set.of("fetchRoles", "targetContextAttributes");

    private PolicyBody() {}

    /** Whether the type is one of Keycloak's own. */
    static boolean isTyped(String type) {
        return TYPED.contains(type);
    }

    /** Whether policies of a type hold a setting that the server keeps as links to others. */
    static boolean takes(String type, String links) {
        return switch (links) {
            case PolicyConfig.SCOPES -> type.equals("scope");
            case PolicyConfig.RESOURCES -> PERMISSIONS.contains(type);
            default -> type.equals("aggregate") || PERMISSIONS.contains(type);
        };
    }

    private static String type(Value.MapOf policy) {
        return policy.text("type").orElse("");
    }

    /** Where policies of a type are made. */
    private static Way way(Address policy, String type) {
        Way server = ResourceServer.way(policy);
        Way collection = server.then(PERMISSIONS.contains(type) ? "permission" : "policy");
        return isTyped(type) ? collection.then(type) : collection;
    }

    static Call create(Address address, Value.MapOf planned) {
        Value.MapOf body = planned.without(PolicyConfig.FIELD).with("name", Value.text(address.name()));
        Value.MapOf config = planned.map(PolicyConfig.FIELD);
        String type = type(planned);
        Value.MapOf whole = isTyped(type) ? joined(body, byClientId(address, config, typed(address, config, config)))
                : body.with(PolicyConfig.FIELD, config);
        return Call.post(way(address, type), whole).making(address);
    }

    /**
     * The settings of a new permission with its clients by clientId. Asked for a resource by the id of a client, the server
     * remembers that there is none; the client's own authorization services go by the same id, so from then on it answers 404 for
     * all of them (26.7.3). A PUT takes ids alone.
     */
    private static Value.MapOf byClientId(Address policy, Value.MapOf config, Value.MapOf settings) {
        boolean aboutClients = AdminPermissions.holds(policy)
                && config.text(AdminPermissions.KIND).filter("Clients"::equals).isPresent();
        return config.get(PolicyConfig.RESOURCES)
                .filter(_ -> aboutClients)
                .map(clients -> settings.with(PolicyConfig.RESOURCES, clients))
                .orElse(settings);
    }

    static Call delete(Address policy) {
        return Call.delete(ResourceServer.way(policy).then("policy").id(policy));
    }

    /** A PUT erases what it does not hold, but the links of a permission to policies and resources (26.7.3). */
    static List<Call> update(Change change, boolean renamed) {
        Address address = change.address();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        Value.MapOf changed = Wire.changed(AuthorizationPolicyType.SCHEMA, change);
        if (changed.isEmpty() && !renamed) {
            return Call.none();
        }
        String type = type(after);
        Way way = way(address, type).id(address);
        Value.MapOf body = changed.without(PolicyConfig.FIELD)
                .with("name", Value.text(address.name()))
                .with("type", Value.text(type));
        if (!isTyped(type)) {
            return List.of(Call.put(way, body)
                    .reading(changed.has(PolicyConfig.FIELD) ? Again.allWith(PolicyConfig.FIELD) : Again.ALL));
        }
        Value.MapOf config = after.map(PolicyConfig.FIELD);
        Value.MapOf differing = Value.EMPTY_MAP;
        for (String key : Wire.differing(before.map(PolicyConfig.FIELD), config)) {
            differing = differing.with(key,
                    config.get(key).orElseGet(() -> Value.NULL));
        }
        if (takes(type, PolicyConfig.SCOPES)) {
            differing = differing.with(PolicyConfig.SCOPES, config.get(PolicyConfig.SCOPES).orElse(Value.NULL));
        }
        return List.of(Call.put(way, joined(body, typed(address, differing, config))).reading(Again.ALL));
    }

    private static Value.MapOf joined(Value.MapOf body, Value.MapOf more) {
        SortedMap<String, Value> fields = new TreeMap<>(body.fields());
        fields.putAll(more.fields());
        return new Value.MapOf(fields);
    }

    /**
     * Settings as the endpoint of their type takes them.
     *
     * @param some  those to send; one that is to go as null
     * @param whole all that the policy will have
     */
    private static Value.MapOf typed(Address policy, Value.MapOf some, Value.MapOf whole) {
        SortedMap<String, Value> fields = new TreeMap<>();
        some.fields()
                .forEach((key, value) -> fields.put(RENAMED.getOrDefault(key, key), typed(policy, whole, key, value)));
        return new Value.MapOf(fields);
    }

    private static Value typed(Address policy, Value.MapOf whole, String key, Value value) {
        String realm = policy.root();
        return switch (key) {
            case PolicyConfig.ROLES -> flagged(key, value, name -> RoleName.address(realm, name));
            case PolicyConfig.GROUPS -> flagged(key, value, name -> GroupPath.address(realm, name));
            case PolicyConfig.CLIENT_SCOPES -> flagged(key, value, name -> ClientScopeType.address(realm, name));
            case PolicyConfig.USERS -> ids(value, name -> Way.idOf(UserType.address(realm, name)));
            case PolicyConfig.CLIENTS -> ids(value, name -> Way.idOf(ClientType.address(realm, name)));
            case PolicyConfig.SCOPES -> ids(value, name -> Way.idOf(AuthorizationScopeType.address(policy, name)));
            case PolicyConfig.POLICIES -> ids(value, name -> Way.idOf(AuthorizationPolicyType.address(policy, name)));
            case PolicyConfig.RESOURCES -> ids(value, name -> PolicyConfig.resource(policy, whole, name)
                    .map(Way::idOf)
                    .orElse(Value.text(name)));
            default -> FLAGS.contains(key) ? Value.bool(value.equals(Value.text("true"))) : value;
        };
    }

    private static Value ids(Value names, Function<String, Value> id) {
        List<Value> ids = new ArrayList<>();
        Value.EMPTY_MAP.with("names", names).texts("names").forEach(name -> ids.add(id.apply(name)));
        return new Value.ListOf(ids);
    }

    private static Value flagged(String key, Value members, Function<String, Address> address) {
        String flag = Objects.requireNonNull(PolicyConfig.FLAGGED.get(key)).flag();
        List<Value> items = new ArrayList<>();
        Value.EMPTY_MAP.with("members", members)
                .map("members")
                .fields()
                .forEach((name, member) -> items.add(Value.EMPTY_MAP.with("id", Way.idOf(address.apply(name)))
                        .with(flag, Value.bool(member instanceof Value.MapOf map && map.isTrue(flag)))));
        return new Value.ListOf(items);
    }
}
