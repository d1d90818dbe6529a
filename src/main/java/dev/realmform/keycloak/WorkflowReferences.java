package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Path;
import dev.realmform.model.Reference;
import dev.realmform.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a workflow names: roles and groups that its steps give, and what its conditions and events look at. The server takes
 * such names whether they exist or not (26.7.3). A role of a client is written {@code client/role} here.
 */
final class WorkflowReferences {

    /** {@code is-member-of(/Leavers)}, as 26.7.3 reads conditions; a parameter may be quoted. */
    private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}0-9_/-]*)\\(((?:\\\\.|[^\\\\)])+)\\)");

    private static final List<String> EXPRESSIONS = List.of("on", "if");

    private final String realm;
    private final Set<Reference> references = new HashSet<>();

    private WorkflowReferences(String realm) {
        this.realm = realm;
    }

    static Set<Reference> of(String realm, Value.MapOf workflow) {
        WorkflowReferences found = new WorkflowReferences(realm);
        List<Value> steps = workflow.list(WorkflowType.STEPS);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Value.MapOf step) {
                found.step(step.map(WorkflowType.WITH),
                        Path.of(WorkflowType.STEPS, String.valueOf(i), WorkflowType.WITH));
            }
        }
        for (String field : EXPRESSIONS) {
            workflow.text(field).ifPresent(text -> found.expression(text, Path.of(field)));
        }
        return found.references;
    }

    private void step(Value.MapOf settings, Path at) {
        SettingReferences.texts(settings, "role").forEach(role -> add(RoleName.address(realm, role), at.then("role")));
        SettingReferences.texts(settings, "group")
                .forEach(group -> references.add(GroupPath.reference(realm, group, at.then("group"))));
    }

    private void expression(String text, Path at) {
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            String name = call.group(2).replaceAll("\\\\(.)", "$1").strip().replaceAll("^(['\"])(.*)\\1$", "$2");
            meant(call.group(1), name).ifPresent(address -> add(address, at));
        }
    }

    /** Events of roles look at the name alone, which a role of any client may have. */
    private Optional<Address> meant(String condition, String name) {
        return switch (condition) {
            case "has-role" -> Optional.of(RoleName.address(realm, name));
            case "is-member-of" -> Optional.of(GroupPath.address(realm, name));
            case "user-group-membership-added", "user-group-membership-removed" ->
                Optional.of(name).filter(path -> path.startsWith("/")).map(path -> GroupPath.address(realm, path));
            case "has-identity-provider-link", "user-federated-identity-added", "user-federated-identity-removed" ->
                Optional.of(IdentityProviderType.address(realm, name));
            case "user-authenticated", "client-authenticated" -> Optional.of(ClientType.address(realm, name));
            default -> Optional.empty();
        };
    }

    private void add(Address to, Path at) {
        references.add(new Reference(to, at));
    }
}
