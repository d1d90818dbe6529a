package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A client profile: rules that client policies lay upon clients. */
final class ClientProfileType implements PolicyListType {

    static final String NAME = "client-profile";

    private static final PolicyList LIST = new PolicyList("clientProfiles", "profiles", "globalProfiles", "executors",
            "executor", "client-policy-executor");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "name", Field.any().computed(),
            "executors", Field.sequence()));

    /** Seen on 26.7.3. */
    private static final Set<String> GLOBAL = Set.of("fapi-1-baseline", "fapi-1-advanced", "fapi-ciba",
            "fapi-2-security-profile", "fapi-2-message-signing", "fapi-2-dpop-security-profile",
            "fapi-2-dpop-message-signing", "oauth-2-1-for-confidential-client", "oauth-2-1-for-public-client",
            "saml-security-profile");

    static Address address(String realm, String profile) {
        return Address.of(NAME, realm, profile);
    }

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
    public boolean isBuiltIn(Address address) {
        return GLOBAL.contains(address.name());
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>(PolicyListType.super.review(plan, reader));
        for (Change change : plan.changes()) {
            gone(change).ifPresent(profile -> problems.addAll(stillUsed(profile, change, plan, reader)));
        }
        return problems;
    }

    /** The name that a change takes away. */
    private static Optional<Address> gone(Change change) {
        return switch (change) {
            case Change.Delete delete when delete.address().type().equals(NAME) && delete.goesWith().isEmpty() ->
                Optional.of(delete.address());
            case Change.Update update when update.address().type().equals(NAME) -> update.renamedFrom();
            default -> Optional.empty();
        };
    }

    /** The server lets a profile go that a policy names, and from then on refuses every change of the policies (26.7.3). */
    private static List<Problem> stillUsed(Address profile, Change change, Plan plan, Reader reader) {
        return ClientPolicyType.live(reader, profile.root())
                .filter(policy -> ClientPolicyType.profiles(policy, plan).contains(profile.name()))
                .map(policy -> Problem.refused(policy.address() + " uses " + profile + ", which is to go",
                        change.address().toString(), "Declare the policy without it, or keep the profile."))
                .toList();
    }
}
