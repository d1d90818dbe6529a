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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Another service that users log in with, or whose tokens are believed; of any provider that the server offers.
 *
 * <p>Seen on 26.7.3: a PUT replaces everything, so that what it leaves out is reset; the secret of the client is masked for
 * everybody, and the mask, sent back, keeps it (a login through the provider works afterwards); an empty setting is dropped.
 */
final class IdentityProviderType implements KeycloakType {

    static final String NAME = "identity-provider";

    static final String SECTION = "identityProviders";

    private static final String PROVIDER_ID = "providerId";
    private static final String CONFIG = "config";
    private static final String HIDE = "hideOnLogin";
    private static final String OLD_HIDE = "hideOnLoginPage";

    /** Absent until somebody sets them; a null counts as false (26.7.3). */
    private static final List<String> OFF_BY_DEFAULT = List.of("trustEmail", "storeToken", "addReadTokenRoleOnCreate",
            "authenticateByDefault", "linkOnly", HIDE);

    /** The organization holds the link to it; how profiles are reviewed became part of the flow, and is dropped (26.7.3). */
    private static final List<String> COMPUTED = List.of("alias", "internalId", "types", "organizationId",
            "updateProfileFirstLoginMode", "updateProfileFirstLogin");

    private static final NamedProvider PROVIDER = new NamedProvider(NAME, PROVIDER_ID, "provider",
            "Give it a providerId, such as oidc or saml.");

    private static final Schema SCHEMA = schemaOfProvider();

    private static Schema schemaOfProvider() {
        Map<String, Field> fields = new HashMap<>();
        COMPUTED.forEach(name -> fields.put(name, Field.any().computed()));
        OFF_BY_DEFAULT.forEach(name -> fields.put(name, Field.any().byDefault(false)));
        fields.put("enabled", Field.any().byDefault(true));
        // A PUT with another one is answered 204, and changes nothing of it (26.7.3); a new object would lose its users' links.
        fields.put(PROVIDER_ID, Field.any().immutable());
        Field free = Field.mapOf(Field.any()).secretsByName();
        SortedMap<String, Field> known = new TreeMap<>(Map.of("clientSecret", Field.any().writeOnly()));
        fields.put(CONFIG, free.knowing(known));
        return Schema.of(fields);
    }

    /** Fields that hold the alias of a flow. */
    static final List<String> FLOWS = List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias");

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

    /** Settings as texts, an empty one as none; whether it is hidden was a setting once, and servers still move it (26.7.3). */
    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        Value.MapOf tidy = Settings.tidy(raw, CONFIG);
        if (!tidy.map(CONFIG).has(OLD_HIDE)) {
            return tidy;
        }
        Value hidden = Value.bool(tidy.map(CONFIG).text(OLD_HIDE).filter("true"::equals).isPresent());
        Value.MapOf moved = tidy.with(CONFIG, tidy.map(CONFIG).without(OLD_HIDE));
        return moved.has(HIDE) ? moved : moved.with(HIDE, hidden);
    }

    @Override
    public Set<Reference> references(Resource desired) {
        String realm = desired.address().root();
        Set<Reference> references = new HashSet<>(Set.of(KeycloakType.realm(desired)));
        for (String field : FLOWS) {
            desired.value()
                    .text(field)
                    .filter(alias -> !alias.isEmpty())
                    .ifPresent(alias -> references.add(new Reference(FlowType.address(realm, alias), Path.of(field))));
        }
        return references;
    }

    /** A flow is given to it once its steps are as they shall be. */
    @Override
    public boolean awaits(Address resource, Address needed) {
        return needed.type().equals(FlowType.NAME);
    }

    @Override
    public Optional<String> collection() {
        return Optional.of(SECTION);
    }

    @Override
    public Optional<String> lossOnDelete(Resource live) {
        return Optional.of("the links of users to it are lost: who logs in through it is no longer known");
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        SortedSet<String> aliases = wanted.names(NAME);
        boolean all = wanted.all(this);
        List<Value.MapOf> bodies = all
                ? IdentityProviders.all(reader, wanted.realm())
                : IdentityProviders.some(reader, wanted.realm(), aliases);
        for (Value.MapOf body : bodies) {
            String alias = body.text("alias").orElse("");
            if (all || aliases.contains(alias)) {
                found.add(this, address(wanted.realm(), alias), withFlows(body, wanted.realm(), found),
                        body.text("internalId"), false);
            }
        }
    }

    /** Flows by the names that they are to have. */
    private static Value.MapOf withFlows(Value.MapOf raw, String realm, Found found) {
        Value.MapOf body = raw;
        for (String field : FLOWS) {
            String alias = raw.text(field).orElse("");
            body = alias.isEmpty()
                    ? body
                    : body.with(field, Value.text(found.renames().now(FlowType.address(realm, alias)).name()));
        }
        return body;
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return IdentityProviders.one(reader, address).flatMap(body -> body.text("internalId"));
    }

    @Override
    public List<Call> calls(Change change) {
        Address address = change.address();
        return switch (change) {
            case Change.Create create -> List.of(Call
                    .post(Way.realm(address.root()).then("identity-provider", "instances"),
                            Wire.body(SCHEMA, create.planned().value()).with("alias", Value.text(address.name())))
                    .makingUnnamed(address));
            case Change.Update update -> update(update);
            case Change.Adopt adopt -> update(adopt);
            case Change.Delete ignored -> List.of(Call.delete(IdentityProviders.way(address)));
            case Change.Replace ignored -> throw new IllegalStateException("an identity provider is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** Everything goes along as it is now, with what changes over it; what goes is sent as null. */
    private static List<Call> update(Change change) {
        Value.MapOf body = Wire.changed(SCHEMA, change);
        for (String field : body.fields().keySet()) {
            if (!Wire.planned(change).value().has(field)) {
                body = body.with(field, Value.NULL);
            }
        }
        return body.isEmpty() ? Call.none()
                : List.of(Call.put(IdentityProviders.way(change.address()), body)
                        .reading(Again.allWith(CONFIG)));
    }

    /** A provider that the server does not have would be refused half-way through the apply. */
    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        return PROVIDER.review(plan, (change, provider, where) -> Optional.of(provider)
                .filter(named -> !IdentityProviders.isOffered(reader, plan, change.address(), named))
                .map(named -> Problem.invalid("the server has no identity provider \"" + named + "\"", where,
                        "A typing error, a provider that is not installed there, or a feature that is switched off.")));
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION, address.name());
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION);
    }

    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        for (Pieces.Member provider : pieces.members(document, origin, SECTION, "alias")) {
            Value body = provider.body();
            if (body instanceof Value.MapOf map && map.has("$was")) {
                pieces.problem("an identity provider cannot be renamed: Keycloak refuses another alias",
                        provider.origin().at("$was"),
                        "Declare a new one beside it, and take this one out once nobody needs it any more.");
                body = map.without("$was");
            }
            pieces.add(this, address(realm, provider.name()), body, provider.origin());
        }
    }
}
