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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A client policy: which clients must obey which client profiles. */
final class ClientPolicyType implements KeycloakType {

    static final String NAME = "client-policy";

    private static final String PROFILES = "profiles";

    private static final PolicyList LIST = new PolicyList("clientPolicies", "policies", "globalPolicies", "conditions",
            "condition", "client-policy-condition");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "name", Field.any().computed(),
            "enabled", Field.any().byDefault(false),
            "conditions", Field.sequence(),
            PROFILES, Field.set()));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.of(RealmType.address(address.root()));
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>(LIST.references(desired));
        references.add(new Reference(RealmType.address(realm), Path.ROOT));
        RoleNames.asked(desired.value().get(PROFILES).orElse(Value.NULL))
                .forEach(profile -> references.add(
                        new Reference(ClientProfileType.address(realm, profile), Path.of(PROFILES))));
        return references;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return LIST.tidy(raw);
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(LIST.section());
    }

    /** All policies of a realm that can be changed. */
    static Stream<Resource> live(Reader reader, String realm) {
        ClientPolicyType type = new ClientPolicyType();
        return reader.object(realm, "client-policies", LIST.list())
                .orElse(Value.EMPTY_MAP)
                .list(LIST.list())
                .stream()
                .filter(Value.MapOf.class::isInstance)
                .map(Value.MapOf.class::cast)
                .map(policy -> Resource.live(Address.of(NAME, realm, policy.text("name").orElse("")),
                        type.canonical(policy)));
    }

    /** The profiles that a live policy will use once a plan is carried out. */
    static List<String> profiles(Resource live, Plan plan) {
        return plan.change(live.address())
                .filter(change -> !(change instanceof Change.Forget))
                .map(change -> change instanceof Change.Delete ? Value.EMPTY_MAP : Wire.planned(change).value())
                .orElse(live.value())
                .texts(PROFILES);
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        LIST.read(this, reader, wanted, found);
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public List<Call> calls(Change change) {
        return LIST.calls(SCHEMA, change);
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return LIST.review(NAME, plan, reader);
    }

    @Override
    public Set<String> sections() {
        return Set.of(LIST.section());
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        LIST.cut(this, realm, document, origin, pieces);
    }
}
