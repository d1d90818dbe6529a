package dev.realmform.keycloak;

import dev.realmform.json.Json;
import dev.realmform.model.Address;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Live policies of one client by the names of what they hold: the server answers ids.
 *
 * <p>Seen on 26.7.3: a collection read with all fields holds settings, resources and scopes of each policy; the policies in a
 * policy take a request for each. Ids are read together where there is a collection (realm roles, clients, client scopes),
 * users, groups and client roles one by one; the reader sends each request once.
 */
final class PolicyNames {

    private final Reader reader;
    private final Wanted wanted;
    private final Found found;
    private final String client;

    /** For the client of that id. */
    PolicyNames(Reader reader, Wanted wanted, Found found, String client) {
        this.reader = reader;
        this.wanted = wanted;
        this.found = found;
        this.client = client;
    }

    /** The policy with its settings by name. */
    Value.MapOf named(Address policy, Value.MapOf raw) {
        SortedMap<String, Value> config = new TreeMap<>(raw.map(PolicyConfig.FIELD).fields());
        PolicyConfig.FLAGGED.forEach((key, flagged) -> config.computeIfPresent(key,
                (same, text) -> listed(text).<Value>map(items -> flagged(key, flagged, items)).orElse(text)));
        for (String key : List.of(PolicyConfig.USERS, PolicyConfig.CLIENTS)) {
            config.computeIfPresent(key, (same, text) -> listed(text).<Value>map(ids -> names(key, ids)).orElse(text));
        }
        String type = raw.text("type").orElse("");
        String kind = raw.map(PolicyConfig.FIELD).text(AdminPermissions.KIND).orElse("");
        if (PolicyBody.takes(type, PolicyConfig.RESOURCES)) {
            config.put(PolicyConfig.RESOURCES, resources(policy, kind, raw));
        }
        if (PolicyBody.takes(type, PolicyConfig.SCOPES)) {
            config.put(PolicyConfig.SCOPES, Value.texts(names(raw, "scopesData").stream()
                    .map(name -> found.renames().now(AuthorizationScopeType.address(policy, name)).name())
                    .toList()));
        }
        if (PolicyBody.takes(type, PolicyConfig.POLICIES)) {
            config.put(PolicyConfig.POLICIES, policies(policy, raw));
        }
        return raw.without("resources", "scopes", "resourcesData", "scopesData")
                .with(PolicyConfig.FIELD,
                        new Value.MapOf(config));
    }

    private static List<String> names(Value.MapOf raw, String data) {
        return raw.list(data)
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .flatMap(item -> ((Value.MapOf) item).text("name").stream())
                .toList();
    }

    private Value policies(Address policy, Value.MapOf raw) {
        List<Value.MapOf> linked = ResourceServer.linked(reader, wanted.realm(), client, "policy",
                raw.text("id").orElse(""), "associatedPolicies");
        return Value.texts(linked.stream()
                .flatMap(body -> body.text("name").stream())
                .map(name -> found.renames().now(AuthorizationPolicyType.address(policy, name)).name())
                .toList());
    }

    /** Ids that the file itself names stay ids. */
    private Value resources(Address policy, String kind, Value.MapOf raw) {
        List<String> names = names(raw, "resourcesData");
        if (!AdminPermissions.holds(policy)) {
            return Value.texts(names.stream()
                    .map(name -> found.renames().now(AuthorizationResourceType.address(policy, name)).name())
                    .toList());
        }
        List<String> declared = wanted.declared(policy)
                .map(resource -> resource.value().map(PolicyConfig.FIELD).texts(PolicyConfig.RESOURCES))
                .orElse(List.of());
        return Value.texts(names.stream()
                .map(name -> declared.contains(name) || !AdminPermissions.isId(name) ? name : meant(kind, name))
                .toList());
    }

    private String meant(String kind, String id) {
        return switch (kind) {
            case "Users" -> name(PolicyConfig.USERS, id);
            case "Groups" -> name(PolicyConfig.GROUPS, id);
            case "Roles" -> name(PolicyConfig.ROLES, id);
            case "Clients" -> name(PolicyConfig.CLIENTS, id);
            case "Organizations" -> organization(id);
            default -> id;
        };
    }

    private String organization(String id) {
        Optional<Address> live = reader.object(wanted.realm(), "organizations", id)
                .flatMap(body -> body.text("alias"))
                .map(alias -> Organizations.address(wanted.realm(), alias));
        live.ifPresent(address -> found.id(address, id));
        return live.map(found.renames()::now).map(Address::name).orElse(id);
    }

    private static Optional<List<Value>> listed(Value text) {
        try {
            return text instanceof Value.Text(String json)
                    && Json.parse(json) instanceof Value.ListOf(List<Value> items)
                            ? Optional.of(items)
                            : Optional.empty();
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private Value flagged(String key, PolicyConfig.Flagged flagged, List<Value> items) {
        List<Value> members = new ArrayList<>();
        items.forEach(item -> {
            if (item instanceof Value.MapOf member) {
                String name = member.text("id")
                        .map(id -> name(key, id))
                        .or(() -> member.text(flagged.name()))
                        .orElse("");
                members.add(member.without("id").with(flagged.name(), Value.text(name)));
            }
        });
        return new Value.ListOf(members);
    }

    private Value names(String key, List<Value> ids) {
        return Value.texts(Value.EMPTY_MAP.with("ids", new Value.ListOf(ids))
                .texts("ids")
                .stream()
                .map(id -> name(key, id))
                .toList());
    }

    /** The name in the file of what has an id; the id itself if there is nothing of that id. */
    private String name(String key, String id) {
        Optional<Address> live = switch (key) {
            case PolicyConfig.ROLES -> role(id);
            case PolicyConfig.GROUPS -> reader.object(wanted.realm(), "groups", id)
                    .map(group -> GroupTree.named(reader, wanted.realm(), group));
            case PolicyConfig.USERS -> reader.object(wanted.realm(), "users", id)
                    .flatMap(user -> user.text("username"))
                    .map(name -> UserType.address(wanted.realm(), name));
            case PolicyConfig.CLIENTS -> byId("clients", "clientId", id)
                    .map(name -> ClientType.address(wanted.realm(), name));
            default -> byId("client-scopes", "name", id).map(name -> ClientScopeType.address(wanted.realm(), name));
        };
        live.ifPresent(address -> found.id(address, id));
        return live.map(found.renames()::now)
                .map(address -> switch (address.type()) {
                    case GroupType.NAME -> GroupPath.text(address);
                    case RealmRoleType.NAME, ClientRoleType.NAME -> RoleName.text(address);
                    default -> address.name();
                })
                .orElse(id);
    }

    private Optional<String> byId(String collection, String nameField, String id) {
        return byId(reader.objects(wanted.realm(), collection), nameField, id);
    }

    private static Optional<String> byId(List<Value.MapOf> bodies, String nameField, String id) {
        return bodies.stream()
                .filter(body -> body.text("id").filter(id::equals).isPresent())
                .findFirst()
                .flatMap(body -> body.text(nameField));
    }

    private Optional<Address> role(String id) {
        Optional<String> ofRealm = byId(reader.objects(Reader.WHOLE, wanted.realm(), "roles"), "name", id);
        return ofRealm.isPresent()
                ? ofRealm.map(name -> Address.of(RealmRoleType.NAME, wanted.realm(), name))
                : reader.object(wanted.realm(), "roles-by-id", id)
                        .filter(role -> role.isTrue("clientRole"))
                        .map(role -> Address.of(ClientRoleType.NAME, wanted.realm(),
                                ClientType.clientId(reader, wanted, role.text("containerId").orElse("")),
                                role.text("name").orElse("")));
    }
}
