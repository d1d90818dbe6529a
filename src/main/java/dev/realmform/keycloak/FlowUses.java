package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.ProblemException;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a flow of one realm will be bound once a plan has been applied. A bound flow cannot be deleted: 500 (26.7.3). */
final class FlowUses {

    private final Reader reader;
    private final String realm;
    private final Map<Address, Change> changes = new HashMap<>();

    FlowUses(Reader reader, String realm, Plan plan) {
        this.reader = reader;
        this.realm = realm;
        plan.changes().forEach(change -> changes.put(change.address(), change));
    }

    /** By what the flow is used, in words; by its name on the server. */
    List<String> of(String alias) {
        List<String> uses = new ArrayList<>();
        Value.MapOf body = after(RealmBindingsType.address(realm), reader.object(realm).orElse(Value.EMPTY_MAP));
        RealmBindingsType.FLOWS.stream()
                .sorted()
                .filter(field -> body.text(field).filter(alias::equals).isPresent())
                .forEach(field -> uses.add("the realm (" + field + ")"));
        clients(alias, uses);
        identityProviders(alias, uses);
        return uses;
    }

    private void clients(String alias, List<String> uses) {
        Optional<String> id = reader.objects(realm, "authentication", "flows")
                .stream()
                .filter(flow -> flow.text("alias").filter(alias::equals).isPresent())
                .findFirst()
                .flatMap(flow -> flow.text("id"));
        for (Value.MapOf client : reader.objects(realm, "clients")) {
            Address address = ClientType.address(realm, client.text("clientId").orElse(""));
            after(address, client).map(FlowOverrides.NAME).fields().forEach((use, flow) -> {
                boolean isThis = flow.equals(Value.text(alias)) || id.map(Value::text).filter(flow::equals).isPresent();
                if (isThis && !(changes.get(address) instanceof Change.Delete)) {
                    uses.add(address + " (" + FlowOverrides.NAME + "." + use + ")");
                }
            });
        }
    }

    private void identityProviders(String alias, List<String> uses) {
        List<Value.MapOf> providers;
        try {
            providers = IdentityProviders.all(reader, realm);
        } catch (ProblemException e) {
            // Takes a role of its own; who has it not, gets the server's answer.
            return;
        }
        for (Value.MapOf provider : providers) {
            Address address = IdentityProviderType.address(realm, provider.text("alias").orElse(""));
            Value.MapOf after = after(address, provider);
            IdentityProviderType.FLOWS.stream()
                    .filter(field -> after.text(field).filter(alias::equals).isPresent()
                            && !(changes.get(address) instanceof Change.Delete))
                    .forEach(field -> uses.add(address + " (" + field + ")"));
        }
    }

    /** An object with the fields that the plan changes. */
    private Value.MapOf after(Address address, Value.MapOf live) {
        Value.MapOf after = live;
        Change change = changes.get(address);
        if (change instanceof Change.Update || change instanceof Change.Adopt) {
            for (Map.Entry<String, Value> field : Wire.planned(change).value().fields().entrySet()) {
                after = after.with(field.getKey(), field.getValue());
            }
        }
        return after;
    }
}
