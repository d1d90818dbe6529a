package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the authorization services of a client are set. Comes and goes with them. */
final class AuthorizationType implements AuthorizationPart {

    static final String NAME = "authorization";

    /** Resources of their own, each by name. */
    static final Set<String> MEMBERS = Set.of("resources", "policies", "scopes");

    private static final Schema SCHEMA = schemaOfSettings();

    private static Schema schemaOfSettings() {
        Map<String, Field> fields = new HashMap<>();
        List.of("id", "clientId", "name", "resources", "policies", "scopes", "authorizationSchema")
                .forEach(name -> fields.put(name, Field.any().computed()));
        fields.put("allowRemoteResourceManagement", Field.any().byDefault(true));
        fields.put("policyEnforcementMode", Field.any().byDefault("ENFORCING"));
        fields.put("decisionStrategy", Field.any().byDefault("UNANIMOUS"));
        return Schema.of(fields);
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
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        ResourceServer.each(this, reader, wanted, (clientId, id) -> ResourceServer.settings(reader, wanted.realm(), id)
                .ifPresent(settings -> found.add(this, Address.of(NAME, wanted.realm(), clientId), settings,
                        Optional.empty(), false)));
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    /** A PUT that lacks one of the settings is refused with 409 or 500 (26.7.3). */
    @Override
    public List<Call> calls(Change change) {
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            return Call.none();
        }
        Value.MapOf body = change instanceof Change.Create create
                ? Wire.body(SCHEMA, create.planned().value())
                : Wire.changed(SCHEMA, change);
        Again others = Again.with(Set.of(),
                Set.of("allowRemoteResourceManagement", "policyEnforcementMode", "decisionStrategy"));
        return body.isEmpty()
                ? Call.none()
                : List.of(Call.put(ResourceServer.way(change.address()), body).reading(others));
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return new AuthorizationReview(plan, reader).problems();
    }

    @Override
    public List<String> place(Address address) {
        return AuthorizationSettings.place(address.key().get(1));
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (AuthorizationSettings settings : AuthorizationSettings.of(document, origin, pieces)) {
            Value.MapOf own = settings.body().without(MEMBERS.toArray(String[]::new));
            if (!own.isEmpty()) {
                pieces.add(this, Address.of(NAME, realm, settings.clientId()), own, settings.origin());
            }
        }
    }
}
