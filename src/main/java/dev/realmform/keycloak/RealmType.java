package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
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

/** The realm itself: its top-level fields, without collections and flow bindings. */
final class RealmType implements KeycloakType {

    static final String NAME = "realm";

    /** Keys of a realm document that are no fields of the realm: collections and bindings, of other types or of none yet. */
    static final Set<String> ELSEWHERE = Set.of("clients", "roles", "groups", "users", "defaultRole", "defaultRoles",
            "defaultGroups",
            "clientScopes", "defaultDefaultClientScopes", "defaultOptionalClientScopes", "scopeMappings",
            "clientScopeMappings", "authenticationFlows", "authenticatorConfig", "requiredActions", "browserFlow",
            "registrationFlow", "directGrantFlow", "resetCredentialsFlow", "clientAuthenticationFlow",
            "dockerAuthenticationFlow", "firstBrokerLoginFlow", "identityProviders", "identityProviderMappers",
            "components", "localizationTexts", "organizations", "clientProfiles", "clientPolicies",
            "adminPermissionsClient", "federatedUsers", "userProfile", "messageBundles", "workflows",
            "userFederationProviders", "userFederationMappers", "protocolMappers", "applications", "oauthClients",
            "clientTemplates", "applicationScopeMappings", "socialProviders");

    /** Computed by the server, or left over from old versions: read by no server of today. */
    private static final List<String> LEFT_OVER = List.of("id", "keycloakVersion", "publicKey",
            "certificate", "privateKey", "codeSecret", "social", "otpSupportedApplications",
            "updateProfileOnInitialSocialLogin", "passwordCredentialGrantAllowed");

    private static final List<String> SETS = List.of("requiredCredentials", "supportedLocales", "eventsListeners",
            "enabledEventTypes", "webAuthnPolicyAcceptableAaguids", "webAuthnPolicyExtraOrigins",
            "webAuthnPolicyPasswordlessAcceptableAaguids", "webAuthnPolicyPasswordlessExtraOrigins");

    /** Beginnings of fields that make one policy. */
    private static final List<String> POLICIES = List.of("otpPolicy", "webAuthnPolicy");

    private static final String HEADERS = SecurityHeaders.FIELD;

    private static final Map<String, String> LACKED = Map.of(
            AdminPermissions.ENABLED, AdminPermissions.LAST_WITHOUT,
            "maxSecondaryAuthFailures", "26.4",
            "scimApiEnabled", "26.4",
            "webAuthnPolicyPasswordlessMediation", "26.4",
            "webAuthnPolicyPasswordlessPasskeysEnabled", "26.1",
            "webAuthnPolicyPasswordlessResidentKey", "26.4",
            "webAuthnPolicyResidentKey", "26.4");

    private static final Schema SCHEMA = schemaOfRealm();

    private static Schema schemaOfRealm() {
        Map<String, Field> fields = new HashMap<>();
        ELSEWHERE.forEach(name -> fields.put(name, Field.any().computed()));
        LEFT_OVER.forEach(name -> fields.put(name, Field.any().computed()));
        SETS.forEach(name -> fields.put(name, Field.set()));
        fields.put("realm", Field.any().computed());
        fields.put("webAuthnPolicySignatureAlgorithms", Field.sequence());
        fields.put("webAuthnPolicyPasswordlessSignatureAlgorithms", Field.sequence());
        // Absent if they are off (measured).
        fields.put("eventsExpiration", Field.any().byDefault(0));
        fields.put("webAuthnPolicyPasswordlessPasskeysEnabled", Field.any().byDefault(false));
        fields.put("attributes", RealmAttributes.FIELD);
        fields.put(HEADERS, Field.mapOf(Field.any()));
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
    public Value.MapOf tidy(Value.MapOf raw) {
        return Texts.in(Texts.in(Texts.in(raw, "attributes"), "smtpServer"), HEADERS);
    }

    @Override
    public Optional<Address> container(Address address) {
        return Optional.empty();
    }

    @Override
    public Set<Reference> references(Resource desired) {
        return Set.of();
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        Value.MapOf planned = RealmSettings.along(desired.value(),
                Overlay.of(SCHEMA, desired.value(), live.value()));
        return live.withValue(SecurityHeaders.kept(planned, live.value()));
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return plan.changes()
                .stream()
                .filter(change -> change.address().type().equals(NAME))
                .flatMap(change -> change.declared()
                        .map(declared -> RealmSettings.review(change, declared, reader))
                        .orElse(List.of())
                        .stream())
                .toList();
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
    public boolean isBuiltIn(Address address) {
        return address.root().equals("master");
    }

    @Override
    public Map<String, String> lackedUpTo() {
        return LACKED;
    }

    @Override
    public List<Call> calls(Change change) {
        String realm = change.address().root();
        return switch (change) {
            case Change.Create create -> create(create, realm);
            case Change.Update update -> update(update.renamedFrom().orElse(update.address()).root(), realm, change);
            case Change.Adopt ignored -> update(realm, realm, change);
            case Change.Delete ignored -> List.of(Call.delete(Way.realm(realm)));
            case Change.Replace ignored -> throw new IllegalStateException("a realm is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    private static List<Call> create(Change.Create create, String realm) {
        Value.MapOf body = SecurityHeaders.ofNew(Wire.body(SCHEMA, create.planned().value()), create.desired().value());
        String[] policies = body.fields().keySet().stream().filter(RealmType::isPolicy).toArray(String[]::new);
        List<Call> calls = new ArrayList<>();
        calls.add(Call.post(new Way(List.of()), body.without(policies).with("realm", Value.text(realm)))
                .makingUnnamed(create.address()));
        if (policies.length > 0) {
            String[] others = body.fields().keySet().stream().filter(field -> !isPolicy(field)).toArray(String[]::new);
            Value.MapOf rest = body.without(others);
            calls.add(Call.put(Way.realm(realm), rest).reading(again(rest)));
        }
        return calls;
    }

    private static List<Call> update(String old, String realm, Change change) {
        Value.MapOf body = Wire.changed(SCHEMA, change);
        if (!old.equals(realm)) {
            body = body.with("realm", Value.text(realm));
        }
        if (body.has(HEADERS)) {
            body = body.with(HEADERS, SecurityHeaders.kept(Wire.planned(change).value(),
                    change.before().map(Resource::value).orElse(Value.EMPTY_MAP)).map(HEADERS));
        }
        return body.isEmpty() ? Call.none() : List.of(Call.put(Way.realm(old), body).reading(again(body)));
    }

    /**
     * A realm is not merely merged (measured on 26.7.3). Any PUT that does not hold {@code attributes} resets those of CIBA and
     * PAR to their defaults, and one without the two {@code oauth2Device} fields resets these. {@code attributes} and
     * {@code smtpServer} are replaced whole; the mask of the mail password keeps the password. The fields of an OTP or
     * WebAuthn policy count only together: one alone is ignored, or resets the others. On 26.1.4 a PUT with {@code attributes}
     * takes away all the security headers that it does not hold.
     */
    static Again again(Value.MapOf body) {
        Set<String> maps = new HashSet<>(Set.of("attributes"));
        Set<String> carry = new HashSet<>(Set.of("oauth2Device", HEADERS));
        for (String field : body.fields().keySet()) {
            if (field.equals("smtpServer")) {
                maps.add(field);
            }
            POLICIES.stream().filter(field::startsWith).forEach(carry::add);
        }
        return Again.with(maps, carry);
    }

    private static boolean isPolicy(String field) {
        return POLICIES.stream().anyMatch(field::startsWith);
    }

    @Override
    public List<String> place(Address address) {
        return List.of();
    }

    @Override
    public Set<String> sections() {
        return Set.of();
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        List<String> others = new ArrayList<>(ELSEWHERE);
        others.add("realm");
        RealmSettings.refuseUnusedLogin(document, origin, pieces);
        pieces.add(this, address(realm), document.without(others.toArray(String[]::new)),
                new Origin(origin.at("realm").source(), origin.below()));
    }
}
