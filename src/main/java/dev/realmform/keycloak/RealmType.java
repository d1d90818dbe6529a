package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Problem;
import dev.realmform.model.Reference;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The realm itself: its top-level fields, without collections and flow bindings. */
final class RealmType implements KeycloakType {

    static final String NAME = "realm";

    /** Keys of a realm document that are no fields of the realm: collections and bindings, of other types or of none yet. */
    static final Set<String> ELSEWHERE = Set.of("clients", "roles", "groups", "users", "defaultGroups",
            "clientScopes", "defaultDefaultClientScopes", "defaultOptionalClientScopes", "scopeMappings",
            "clientScopeMappings", "authenticationFlows", "authenticatorConfig", "requiredActions", "browserFlow",
            "registrationFlow", "directGrantFlow", "resetCredentialsFlow", "clientAuthenticationFlow",
            "dockerAuthenticationFlow", "firstBrokerLoginFlow", "identityProviders", "identityProviderMappers",
            "components", "localizationTexts", "organizations", "clientProfiles", "clientPolicies",
            "adminPermissionsClient", "federatedUsers", "userProfile", "messageBundles", "workflows",
            "userFederationProviders", "userFederationMappers", "protocolMappers", "applications", "oauthClients",
            "clientTemplates", "applicationScopeMappings", "socialProviders");

    /** Computed by the server, or left over from old versions: read by no server of today. */
    private static final List<String> LEFT_OVER = List.of("id", "keycloakVersion", "defaultRole", "defaultRoles",
            "publicKey", "certificate", "privateKey", "codeSecret", "social", "otpSupportedApplications",
            "updateProfileOnInitialSocialLogin", "passwordCredentialGrantAllowed");

    private static final List<String> SETS = List.of("requiredCredentials", "supportedLocales", "eventsListeners",
            "enabledEventTypes", "webAuthnPolicyAcceptableAaguids", "webAuthnPolicyExtraOrigins",
            "webAuthnPolicyPasswordlessAcceptableAaguids", "webAuthnPolicyPasswordlessExtraOrigins");

    private static final Schema SCHEMA = schemaOfRealm();

    private static Schema schemaOfRealm() {
        Map<String, Field> fields = new HashMap<>();
        ELSEWHERE.forEach(name -> fields.put(name, Field.any().computed()));
        LEFT_OVER.forEach(name -> fields.put(name, Field.any().computed()));
        SETS.forEach(name -> fields.put(name, Field.set()));
        fields.put("realm", Field.any().computed());
        fields.put("webAuthnPolicySignatureAlgorithms", Field.sequence());
        fields.put("webAuthnPolicyPasswordlessSignatureAlgorithms", Field.sequence());
        fields.put("attributes", Field.mapOf(Field.any()).secretsByName());
        fields.put("browserSecurityHeaders", Field.mapOf(Field.any()));
        fields.put("smtpServer", Field.object(Map.of("password", Field.any().writeOnly(), "authTokenClientSecret",
                Field.any().writeOnly())));
        return Schema.of(fields);
    }

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
    public Set<Reference> references(Resource desired) {
        return Set.of();
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return Optional.of("everything in the realm is lost: users, their credentials and sessions, keys");
    }

    /**
     * The id of a realm, if it exists.
     *
     * @throws dev.realmform.model.ProblemException if this login may see its name and no more
     */
    static Optional<String> id(Reader reader, String realm) {
        return reader.object(realm)
                .map(body -> body.text("id")
                        .orElseThrow(
                                () -> new Problem(Problem.Kind.FORBIDDEN,
                                        "the server shows this login the name of the realm only",
                                        address(realm).toString(),
                                        "Give it the role view-realm of the client realm-management.",
                                        Optional.empty()).asException()));
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Address address = address(wanted.realm());
        reader.object(wanted.realm())
                .ifPresent(
                        body -> found.add(this, address, body, body.text("id"), BuiltIn.is(address)));
    }

    @Override
    public boolean isUsed(Wanted wanted) {
        return true;
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return id(reader, address.root());
    }

    @Override
    public List<Call> calls(Change change) {
        String realm = change.address().root();
        return switch (change) {
            case Change.Create create -> List.of(Call.post(new Way(List.of()),
                    Wire.body(SCHEMA, create.planned().value()).with("realm", Value.text(realm)))
                    .makingUnnamed(change.address()));
            case Change.Update update -> update(update.renamedFrom().orElse(update.address()).root(), realm, change);
            case Change.Adopt ignored -> update(realm, realm, change);
            case Change.Delete ignored -> List.of(Call.delete(Way.realm(realm)));
            case Change.Replace ignored -> throw new IllegalStateException("a realm is never replaced");
            case Change.Forget ignored -> List.of();
        };
    }

    /** Only {@code attributes} is replaced whole (measured): keys of others are read again and kept. */
    private static List<Call> update(String old, String realm, Change change) {
        Value.MapOf body = Wire.changed(SCHEMA, change);
        if (!old.equals(realm)) {
            body = body.with("realm", Value.text(realm));
        }
        if (body.isEmpty()) {
            return Call.none();
        }
        Call call = Call.put(Way.realm(old), body);
        return List.of(body.has("attributes") ? call.refreshing(Set.of("attributes")) : call);
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<String> others = new ArrayList<>(ELSEWHERE);
        others.add("realm");
        pieces.add(this, address(realm), document.without(others.toArray(String[]::new)), origin);
    }
}
