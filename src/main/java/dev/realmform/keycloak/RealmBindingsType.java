package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the things that lie in a realm the realm itself points to: its flows, and the scopes and groups that new clients
 * and users get. Apart from the realm, since these wait for the realm, and this waits for them.
 */
final class RealmBindingsType implements KeycloakType {

    static final String NAME = "realm-bindings";

    static final String GROUPS = "defaultGroups";

    private static final String BROWSER_FLOW = "browserFlow";

    /** Field of a realm document, and the endpoint that holds it. */
    static final SortedMap<String, String> SCOPES = new TreeMap<>(Map.of(
            "defaultDefaultClientScopes", "default-default-client-scopes",
            "defaultOptionalClientScopes", "default-optional-client-scopes"));

    private static final Set<String> SETS = Set.of(GROUPS, "defaultDefaultClientScopes",
            "defaultOptionalClientScopes");

    /** Fields of the realm itself that hold the alias of a flow. */
    static final Set<String> FLOWS = Set.of(BROWSER_FLOW, "registrationFlow", "directGrantFlow",
            "resetCredentialsFlow", "clientAuthenticationFlow", "dockerAuthenticationFlow", "firstBrokerLoginFlow");

    private static final Set<String> FIELDS = Stream.concat(SETS.stream(), FLOWS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Schema SCHEMA = Schema.of(SETS.stream()
            .collect(Collectors.toMap(field -> field, field -> Field.set())));

    static Address address(String realm) {
        return Address.of(NAME, realm);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return TextSet.each(raw, GROUPS, GroupPath::canonical);
    }

    @Override
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return true;
    }

    /** Whether a change says which groups new users get. */
    static boolean givesGroups(Change change) {
        return change.address().type().equals(NAME) && change.writes()
                && change.declared().filter(bindings -> bindings.value().has(GROUPS)).isPresent();
    }

    /** Whether a change binds another browser flow than is bound; a new realm has one that is called browser. */
    static boolean bindsBrowserFlow(Change change) {
        if (change instanceof Change.Create create) {
            return create.address().type().equals(NAME)
                    && create.desired().value().text(BROWSER_FLOW).filter(flow -> !flow.equals("browser")).isPresent();
        }
        return change.address().type().equals(NAME)
                && change.edits().stream().anyMatch(edit -> edit.path().equals(Path.of(BROWSER_FLOW)));
    }

    /** A flow is bound once its steps are as they shall be: no login goes through half of them. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return needed.type().equals(FlowType.NAME);
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>();
        references.add(KeycloakType.realm(desired));
        SCOPES.keySet()
                .forEach(field -> asked(desired, field).forEach(
                        scope -> references.add(
                                new Reference(ClientScopeType.address(realm, scope), Path.of(field)))));
        for (String field : FLOWS) {
            desired.value()
                    .text(field)
                    .ifPresent(
                            alias -> references.add(new Reference(FlowType.address(realm, alias), Path.of(field))));
        }
        asked(desired, GROUPS)
                .forEach(path -> references.add(new Reference(GroupPath.address(realm, path), Path.of(GROUPS))));
        return references;
    }

    private static List<String> asked(Resource desired, String field) {
        return RoleNames.asked(desired.value().get(field).orElse(Value.NULL));
    }

    /** A scope is in one list at most (26.7.3 answers 409 to a second): one that joins a list leaves the other. */
    @Override
    public Resource propose(Resource desired, Resource live) {
        Value.MapOf planned = Overlay.of(SCHEMA, desired.value(), live.value());
        String first = SCOPES.firstKey();
        String last = SCOPES.lastKey();
        planned = leaving(last, Sets.between(live.value(), planned, Path.of(first)).added(), planned);
        return live.withValue(
                leaving(first, Sets.between(live.value(), planned, Path.of(last)).added(), planned));
    }

    private static Value.MapOf leaving(String field, Set<String> joining, Value.MapOf planned) {
        List<String> left = planned.texts(field).stream().filter(scope -> !joining.contains(scope)).toList();
        return left.size() == planned.list(field).size() ? planned : planned.with(field, Value.texts(left));
    }

    /** Each field costs a request, so only what is asked for is read. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Address address = address(wanted.realm());
        Map<String, Value> fields = new HashMap<>();
        if (SCOPES.keySet().stream().anyMatch(field -> wanted.asks(address, field))) {
            SCOPES.forEach((field, endpoint) -> fields.put(field, scopes(reader, endpoint, wanted.realm(), found)));
        }
        if (wanted.asks(address, GROUPS)) {
            fields.put(GROUPS, groups(reader, wanted.realm(), found));
        }
        if (FLOWS.stream().anyMatch(field -> wanted.asks(address, field))) {
            Value.MapOf body = reader.object(wanted.realm()).orElse(Value.EMPTY_MAP);
            FLOWS.forEach(field -> body.text(field)
                    .map(alias -> found.renames().now(FlowType.address(wanted.realm(), alias)).name())
                    .ifPresent(alias -> fields.put(field, Value.text(alias))));
        }
        found.add(this, address, new Value.MapOf(fields), Optional.empty(), true);
    }

    private static Value scopes(Reader reader, String endpoint, String realm, Found found) {
        List<String> names = new ArrayList<>();
        for (Value.MapOf scope : reader.objects(realm, endpoint)) {
            Address address = ClientScopeType.address(realm, scope.text("name").orElse(""));
            scope.text("id").ifPresent(id -> found.id(address, id));
            names.add(found.renames().now(address).name());
        }
        return Value.texts(names);
    }

    private static Value groups(Reader reader, String realm, Found found) {
        List<String> paths = new ArrayList<>();
        for (Value.MapOf group : reader.objects(realm, "default-groups")) {
            Address address = GroupTree.named(reader, realm, group);
            group.text("id").ifPresent(id -> found.id(address, id));
            paths.add(GroupPath.text(found.renames().now(address)));
        }
        return Value.texts(paths);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    /** What moves from one list to another has to leave the one first. */
    @Override
    public List<Call> calls(Change change) {
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            return Call.none();
        }
        String realm = change.address().root();
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        List<Call> leave = new ArrayList<>();
        List<Call> join = new ArrayList<>();
        SCOPES.forEach((field, endpoint) -> {
            Way way = Way.realm(realm).then(endpoint);
            Sets scopes = Sets.between(before, after, Path.of(field));
            scopes.removed().forEach(scope -> leave.add(Call.delete(way.id(ClientScopeType.address(realm, scope)))));
            scopes.added().forEach(scope -> join.add(Call.put(way.id(ClientScopeType.address(realm, scope)))));
        });
        Way way = Way.realm(realm).then("default-groups");
        Sets groups = Sets.between(before, after, Path.of(GROUPS));
        groups.removed().forEach(path -> leave.add(Call.delete(way.id(GroupPath.address(realm, path)))));
        groups.added().forEach(path -> join.add(Call.put(way.id(GroupPath.address(realm, path)))));
        leave.addAll(join);
        flows(before, after).ifPresent(
                flows -> leave.add(Call.put(Way.realm(realm), flows).reading(RealmType.again(flows))));
        return leave;
    }

    /** Other flows for the realm; they are fields of the realm, and a PUT of it has to hold what it would reset otherwise. */
    private static Optional<Value.MapOf> flows(Value.MapOf before, Value.MapOf after) {
        Value.MapOf changed = Value.EMPTY_MAP;
        for (String field : Wire.differing(before, after)) {
            changed = FLOWS.contains(field)
                    ? changed.with(field, after.get(field).orElse(Value.text("")))
                    : changed;
        }
        return Optional.of(changed).filter(flows -> !flows.isEmpty());
    }

    @Override
    public List<String> place(Address address) {
        return List.of();
    }

    @Override
    public Set<String> sections() {
        return FIELDS;
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        Map<String, Value> fields = new HashMap<>();
        FIELDS.forEach(field -> document.get(field).ifPresent(value -> fields.put(field, value)));
        for (String field : FLOWS) {
            // The server answers 500 to a realm without one (26.7.3).
            if (fields.containsKey(field)
                    && !(fields.get(field) instanceof Value.Text(String alias) && !alias.isBlank())) {
                pieces.problem(field + " names no flow", origin.at(field),
                        "Write the alias of a flow: a realm has one for each purpose.");
                fields.remove(field);
            }
        }
        if (!fields.isEmpty()) {
            pieces.add(this, address(realm), new Value.MapOf(fields),
                    new Origin(origin.at("realm").source(), origin.below()));
        }
    }
}
