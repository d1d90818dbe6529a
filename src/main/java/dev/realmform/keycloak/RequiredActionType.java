package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Origin;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.Field;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something that users can be asked to do at login, such as setting a new password. */
final class RequiredActionType implements KeycloakType {

    static final String NAME = "required-action";

    private static final String SECTION = "requiredActions";

    /** Every realm has them (26.7.3). */
    private static final Set<String> ACTIONS = Set.of("CONFIGURE_RECOVERY_AUTHN_CODES", "CONFIGURE_TOTP",
            "TERMS_AND_CONDITIONS", "UPDATE_EMAIL", "UPDATE_PASSWORD", "UPDATE_PROFILE", "VERIFY_EMAIL",
            "VERIFY_PROFILE", "delete_account", "delete_credential", "idp_link", "update_user_locale",
            "webauthn-register", "webauthn-register-passwordless");

    /** What exports of versions up to 20 call otherwise; an import by Keycloak renames it, too (26.7.3). */
    private static final Map<String, String> FORMER = Map.of("terms_and_conditions", "TERMS_AND_CONDITIONS");

    private static final Schema SCHEMA = Schema.of(Map.of(
            "id", Field.any().computed(),
            "alias", Field.any().computed(),
            "providerId", Field.any().immutable(),
            "config", Field.mapOf(Field.any()).writeOnlyByName()));

    /** The alias of today. */
    static String canonical(String alias) {
        return FORMER.getOrDefault(alias, alias);
    }

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
    public Value.MapOf tidy(Value.MapOf raw) {
        return Texts.in(raw, "config");
    }

    @Override
    public String insteadOfDeleting() {
        return "To switch it off, set enabled: false.";
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return ACTIONS.contains(address.name());
    }

    /** All of a realm are one request. */
    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        Set<String> names = wanted.names(NAME);
        for (Value.MapOf action : reader.objects(wanted.realm(), "authentication", "required-actions")) {
            String alias = action.text("alias").orElse("");
            if (wanted.all(this) || names.contains(alias)) {
                Address address = address(wanted.realm(), alias);
                found.add(this, address, action, Optional.empty(), isBuiltIn(address));
            }
        }
    }

    /** It has no id but its alias. */
    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return reader.objects(address.root(), "authentication", "required-actions")
                .stream()
                .flatMap(action -> action.text("alias").stream())
                .filter(address.name()::equals)
                .findFirst();
    }

    @Override
    public List<Call> calls(Change change) {
        return switch (change) {
            case Change.Create create -> create(create);
            case Change.Update update -> update(update, update.renamedFrom().orElse(update.address()));
            case Change.Adopt adopt -> update(adopt, adopt.address());
            case Change.Delete delete -> List.of(Call.delete(at(delete.address())));
            case Change.Replace ignored -> throw new IllegalStateException("a required action is never replaced");
            case Change.Forget ignored -> Call.none();
        };
    }

    /** An action that is to be registered has to be there to register. */
    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.Create(Resource desired, Resource ignored)
                    && desired.address().type().equals(NAME)) {
                String provider = desired.value().text("providerId").orElse(desired.address().name());
                String realm = reader.object(desired.address().root()).isPresent()
                        ? desired.address().root()
                        : reader.home();
                new FlowProviders(reader, realm).actions()
                        .filter(offered -> !offered.contains(provider))
                        .ifPresent(offered -> problems.add(Problem.invalid(
                                "this server has no required action " + provider + ", which " + desired.address()
                                        + " names",
                                desired.source().exact(),
                                "A typing error, or a provider that is not installed or switched off.")));
            }
        }
        return problems;
    }

    private static Way at(Address action) {
        return Way.realm(action.root()).then("authentication", "required-actions", action.name());
    }

    /** What is registered has the id of its provider for an alias at first, and is switched on. */
    private static List<Call> create(Change.Create create) {
        Address address = create.address();
        Value.MapOf planned = create.planned().value();
        String provider = planned.text("providerId").orElse(address.name());
        Address first = address(address.root(), provider);
        List<Call> calls = new ArrayList<>();
        calls.add(Call.post(Way.realm(address.root()).then("authentication", "register-required-action"),
                Value.EMPTY_MAP.with("providerId", Value.text(provider))
                        .with("name", Value.text(planned.text("name").orElse(provider))))
                .makingUnnamed(first));
        Value.MapOf rest = Wire.body(SCHEMA, planned).without("providerId", "name");
        if (!rest.isEmpty() || !first.equals(address)) {
            calls.add(put(first, address, rest));
        }
        return calls;
    }

    private static List<Call> update(Change change, Address old) {
        Value.MapOf changed = Wire.changed(SCHEMA, change);
        boolean renamed = !old.equals(change.address());
        return changed.isEmpty() && !renamed ? Call.none() : List.of(put(old, change.address(), changed));
    }

    /** A PUT takes all that is absent for empty, the alias too (26.7.3): what we do not change is sent as it is now. */
    private static Call put(Address at, Address action, Value.MapOf changed) {
        return Call.put(at(at), changed.with("alias", Value.text(action.name())))
                .reading(Again.allWith("config"));
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
        pieces.members(document, origin, SECTION, "alias")
                .forEach(action -> pieces.add(this, address(realm, canonical(action.name())),
                        current(action.body()), action.origin()));
    }

    private static Value current(Value action) {
        return action instanceof Value.MapOf body && body.text("providerId").isPresent()
                ? body.with("providerId", Value.text(canonical(body.text("providerId").orElseThrow())))
                : action;
    }
}
