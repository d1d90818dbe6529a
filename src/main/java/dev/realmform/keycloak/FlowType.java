package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An authentication flow with its whole tree: executions, sub-flows, settings. Changed in place, step by step, so that logins
 * go on meanwhile.
 */
final class FlowType implements KeycloakType {

    static final String NAME = "flow";

    static final String BASIC = "basic-flow";
    static final String FORM = "form-flow";
    static final String CLIENT = "client-flow";

    /** Every realm has them (26.7.3); {@code saml ecp} is in no list of flows, but answers to its name. */
    private static final Set<String> FLOWS = Set.of("browser", "direct grant", "registration", "reset credentials",
            "clients", "first broker login", "docker auth", "saml ecp");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "alias", Field.any().computed(),
            "topLevel", Field.any().computed(),
            Steps.ORDER, Field.sequence(),
            Steps.NAME, Steps.field()));

    static Address address(String realm, String alias) {
        return Address.of(NAME, realm, alias);
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
    public Set<Reference> mentions(Resource desired) {
        return SettingReferences.ofSteps(desired.address().root(), desired.value());
    }

    @Override
    public Optional<String> collection() {
        return Optional.of("authenticationFlows");
    }

    @Override
    public String insteadOfDeleting() {
        return "To have another one in use, bind that in its place.";
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return FLOWS.contains(address.name());
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return live.withValue(FlowPlan.of(SCHEMA, desired, live, isBuiltIn(live.address())));
    }

    /** A step of a built-in flow cannot go (26.7.3); what we set in one can. */
    @Override
    public boolean mayRelease(Address address, Path member) {
        return !isBuiltIn(address) || !member.parent().last().equals(Steps.NAME);
    }

    /** The flows are one request; the steps of one are another, and each setting too. Only declared and owned ones are read. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Map<String, Value.MapOf> flows = new HashMap<>();
        reader.objects(wanted.realm(), "authentication", "flows")
                .forEach(flow -> flows.put(flow.text("alias").orElse(""), flow));
        Set<String> names = wanted.all(this) ? new java.util.TreeSet<>(flows.keySet()) : wanted.names(NAME);
        reader.each(names, alias -> {
            Value.MapOf flow = flows.getOrDefault(alias, Value.EMPTY_MAP);
            Address address = address(wanted.realm(), alias);
            if (!flow.isEmpty() || isBuiltIn(address)) {
                add(reader, wanted, found, address, flow);
            }
        });
    }

    private void add(Reader reader, Wanted wanted, Found found, Address address, Value.MapOf flow) {
        Value.MapOf value = flow.without(Steps.NAME);
        if (wanted.hasFields(address)) {
            Value.MapOf tree = new FlowReading(reader, address, found::id).tree(true);
            if (flow.isEmpty() && tree.isEmpty()) {
                return;
            }
            for (Map.Entry<String, Value> field : tree.fields().entrySet()) {
                value = value.with(field.getKey(), field.getValue());
            }
        }
        found.add(this, address, value, flow.text("id"), isBuiltIn(address) || flow.isTrue("builtIn"));
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return reader.objects(address.root(), "authentication", "flows")
                .stream()
                .filter(flow -> flow.text("alias").filter(address.name()::equals).isPresent())
                .findFirst()
                .flatMap(flow -> flow.text("id"));
    }

    @Override
    public Set<String> parts() {
        return Set.of(Steps.EXECUTION, Steps.SETTINGS, Steps.SUB_FLOW);
    }

    @Override
    public Optional<String> findPart(Reader reader, Ids ids, Address part) {
        Address flow = new Address(NAME, part.key().subList(0, part.key().size() - 1));
        return Optional.ofNullable(FlowReading.parts(reader, flow).get(part));
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> FlowCalls.create(create);
            case Change.Update update -> FlowCalls.update(update, update.renamedFrom().isPresent());
            case Change.Adopt adopt -> FlowCalls.update(adopt, false);
            case Change.Delete delete -> List.of(Call.delete(Way.realm(delete.address().root())
                    .then("authentication", "flows")
                    .id(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a flow is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return FlowReview.of(plan, reader);
    }

    @Override
    public List<String> place(Address address) {
        return List.of("authenticationFlows", address.name());
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(FlowSection.listed(live.value()).without("builtIn"));
    }

    @Override
    public Set<String> sections() {
        return Set.of("authenticationFlows", "authenticatorConfig");
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        FlowSection.of(document, origin, pieces)
                .forEach(flow -> pieces.add(this, address(realm, flow.name()), flow.body(), flow.origin()));
    }
}
