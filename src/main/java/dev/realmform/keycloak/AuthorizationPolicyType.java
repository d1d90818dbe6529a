package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Who may do what in the authorization services of a client: its policies, and its permissions, which are policies too. */
final class AuthorizationPolicyType implements AuthorizationPart.Named {

    static final String NAME = "authorization-policy";

    /** What users permit each other through UMA: theirs, each with a hidden policy that no export holds (26.7.3). */
    static final String OF_USERS = "uma";

    static final String LAST_WITH_DEFAULTS = "26.4";

    private static final String COLLECTION = "policy";

    static final Schema SCHEMA = schemaOfPolicy();

    private static Schema schemaOfPolicy() {
        Map<String, Field> fields = new HashMap<>();
        List.of("id", "name", "owner", "resourceType", "resourcesData", "scopesData", "resources", "scopes", "policies")
                .forEach(name -> fields.put(name, Field.any().computed()));
        // The endpoints of the types are different ones.
        fields.put("type", Field.any().immutable());
        fields.put("logic", Field.any().byDefault("POSITIVE"));
        fields.put("decisionStrategy", Field.any().byDefault("UNANIMOUS"));
        fields.put(PolicyConfig.FIELD, PolicyConfig.field());
        return Schema.of(fields);
    }

    static Address address(Address sibling, String name) {
        return Address.of(NAME, sibling.root(), sibling.key().get(1), name);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String members() {
        return COLLECTION;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return PolicyConfig.tidy(raw);
    }

    @Override
    public boolean mayBeReplaced() {
        return true;
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(ResourceServer.references(desired.address()));
        references.addAll(PolicyConfig.references(desired.address(), desired.value().map(PolicyConfig.FIELD)));
        return references;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<Address> addresses = wanted.of(NAME);
        ResourceServer.each(this, reader, wanted, (clientId, client) -> {
            PolicyNames names = new PolicyNames(reader, wanted, found, client);
            boolean whole = ResourceServer.isWhole(this, wanted, clientId);
            reader.each(ResourceServer.members(reader, wanted.realm(), client, COLLECTION), body -> {
                Address address = Address.of(NAME, wanted.realm(), clientId, body.text("name").orElse(""));
                body.text("id").ifPresent(id -> found.id(address, id));
                if ((whole && !isDefault(address)) || addresses.contains(address)) {
                    found.add(this, address, names.named(address, body), body.text("id"), false);
                }
            });
        });
    }

    @Override
    public boolean mayComeWithRealm(Address address) {
        return isDefault(address);
    }

    /** What older servers put into new services by themselves (26.1.4, 26.4.7; no more in 26.7.3). */
    static boolean isDefault(Address address) {
        return address.name().equals("Default Policy") || address.name().equals("Default Permission");
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        return switch (change) {
            case Change.Create create -> List.of(PolicyBody.create(address, create.planned().value()));
            case Change.Update update -> PolicyBody.update(update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> PolicyBody.update(adopt, false);
            case Change.Delete ignored -> List.of(PolicyBody.delete(address));
            case Change.Replace replace -> List.of(PolicyBody.delete(address),
                    PolicyBody.create(address, replace.planned().value()));
            case Change.Forget ignored -> Call.none();
        };
    }

    @Override
    public List<String> place(Address address) {
        return AuthorizationSettings.place(address.key().get(1), "policies", address.name());
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(PolicyConfig.written(live.value()));
    }

    @Override
    public Set<String> sections() {
        return Set.of("adminPermissionsClient");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (AuthorizationSettings settings : AuthorizationSettings.of(document, origin, new Pieces())) {
            boolean ofAdmins = settings.clientId().equals(AdminPermissions.CLIENT);
            UnaryOperator<Value.MapOf> readable = ofAdmins
                    ? new Administrators(DocumentIds.of(realm, document, origin))::readable
                    : UnaryOperator.identity();
            for (Pieces.Member policy : settings.members("policies", pieces)) {
                cut(Address.of(NAME, realm, settings.clientId(), policy.name()), policy, readable, pieces);
            }
        }
    }

    private void cut(Address address, Pieces.Member policy, UnaryOperator<Value.MapOf> readable, Pieces pieces) {
        Value.MapOf body = policy.body() instanceof Value.MapOf map ? map : Value.EMPTY_MAP;
        Optional<String> type = body.text("type");
        if (type.filter(OF_USERS::equals).isPresent()) {
            pieces.notManaged("permissions that users gave each other", Value.bool(true));
            return;
        }
        if (type.isEmpty() && !body.isTrue("$delete")) {
            pieces.problem("the policy " + policy.name() + " of the client " + address.key().get(1) + " has no type",
                    policy.origin(), "Say what it is: type: role, user, group, client, client-scope, time, regex,"
                            + " aggregate, scope or resource.");
        }
        for (String key : PolicyConfig.broken(body.map(PolicyConfig.FIELD))) {
            pieces.problem(key + " of the policy " + policy.name() + " is neither a list nor a text of JSON",
                    policy.origin().at(PolicyConfig.FIELD).at(key), "Write a list of names.");
        }
        pieces.add(this, address, readable.apply(body), policy.origin());
    }

    /** Permissions of administrators, with their resources by name. */
    private record Administrators(DocumentIds ids) {

        /** One about nothing in particular is one about all of its kind. */
        Value.MapOf readable(Value.MapOf policy) {
            Value.MapOf config = PolicyConfig.tidy(policy).map(PolicyConfig.FIELD);
            Optional<String> kind = config.text(AdminPermissions.KIND);
            if (kind.isEmpty() || !(config.get(PolicyConfig.RESOURCES).orElse(Value.NULL) instanceof Value.ListOf)) {
                return policy;
            }
            List<String> resources = config.texts(PolicyConfig.RESOURCES).stream().map(ids::name).toList();
            return policy.with(PolicyConfig.FIELD, config.with(PolicyConfig.RESOURCES,
                    Value.texts(resources.isEmpty() ? List.of(kind.get()) : resources)));
        }
    }
}
