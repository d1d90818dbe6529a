package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A client policy: which clients must obey which client profiles. */
final class ClientPolicyType implements PolicyListType {

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
    public PolicyList list() {
        return LIST;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Map<String, String> lackedUpTo() {
        return Map.of("mode", "26.4");
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(PolicyListType.super.references(desired));
        RoleNames.asked(desired.value().get(PROFILES).orElse(Value.NULL))
                .forEach(profile -> references.add(new Reference(
                        ClientProfileType.address(desired.address().root(), profile), Path.of(PROFILES))));
        return references;
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
}
