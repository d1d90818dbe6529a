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
import dev.realmform.provider.Overlay;
import dev.realmform.provider.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which attributes the users of a realm may have, and by which rules. Every realm has one; it is JSON in a component, behind
 * an endpoint of its own. Attributes and groups are owned one by one, their order is kept.
 */
final class UserProfileType implements KeycloakType {

    static final String NAME = "user-profile";

    static final String SECTION = "userProfile";

    static Address address(String realm) {
        return Address.of(NAME, realm);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return ProfileBody.SCHEMA;
    }

    @Override
    public Value.MapOf tidy(Value.MapOf raw) {
        return ProfileBody.tidy(raw);
    }

    @Override
    public boolean comesWithContainer() {
        return true;
    }

    @Override
    public boolean isBuiltIn(Address address) {
        return true;
    }

    @Override
    public Set<Reference> references(Resource desired) {
        Set<Reference> references = new HashSet<>(ProfileBody.scopes(desired));
        references.add(KeycloakType.realm(desired));
        return references;
    }

    @Override
    public Resource propose(Resource desired, Resource live) {
        return live.withValue(ProfileBody.propose(desired.value(), live.value()));
    }

    @Override
    public void list(Reader reader, Wanted wanted, Found found) {
        reader.object(wanted.realm(), "users", "profile")
                .ifPresent(profile -> found.add(this, address(wanted.realm()), profile, Optional.empty(), true));
    }

    @Override
    public Optional<String> find(Reader reader, Ids ids, Address address) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> lackedUpTo() {
        return Map.of(ProfileBody.ATTRIBUTES + ".*.defaultValue", "26.3");
    }

    /** The server replaces it whole: what others have changed meanwhile is read again and stays. */
    @Override
    public List<Call> calls(Change change) {
        if (change instanceof Change.Delete || change instanceof Change.Forget) {
            return Call.none();
        }
        Value.MapOf before = change.before().map(Resource::value).orElse(Value.EMPTY_MAP);
        Value.MapOf after = Wire.planned(change).value();
        return Wire.differing(before, after).isEmpty() ? Call.none()
                : List.of(Call.put(Way.realm(change.address().root()).then("users", "profile"),
                        ProfileBody.wire(after, ProfileBody.order(change))).reading(new Again.Whole()));
    }

    @Override
    public Value.MapOf onto(Value.MapOf now, Change change) {
        return ProfileBody.onto(now, change);
    }

    @Override
    public List<Problem> review(Plan plan, Reader reader) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            if (change.address().type().equals(NAME)) {
                change.declared().ifPresent(declared -> groups(declared, Wire.planned(change).value(), problems));
            }
        }
        return problems;
    }

    /** Keycloak answers 400 to an attribute of a group that is not there. */
    private static void groups(Resource declared, Value.MapOf planned, List<Problem> problems) {
        declared.value().map(ProfileBody.ATTRIBUTES).fields().forEach((name, value) -> {
            Path at = Path.of(ProfileBody.ATTRIBUTES, name, "group");
            Optional<String> group = value instanceof Value.MapOf attribute ? attribute.text("group")
                    : Optional.empty();
            group.filter(text -> !text.isEmpty() && !planned.map(ProfileBody.GROUPS).has(text))
                    .ifPresent(text -> problems.add(Problem.invalid(
                            "the attribute " + name + " is to be in the group " + text + ", which the user profile of "
                                    + declared.address().root() + " does not have",
                            declared.origin().at(at).exact() + "  " + at,
                            "Declare it under groups of the user profile, or take it out.")));
        });
    }

    @Override
    public List<String> place(Address address) {
        return List.of(SECTION);
    }

    @Override
    public void paste(Resource live, Sheet document) {
        document.at(place(live.address())).put(ProfileBody.wire(live.value()));
    }

    @Override
    public Set<String> sections() {
        return Set.of(SECTION);
    }

    /** Of its own section, or out of the component that an export has. */
    @Override
    public void cut(String realm, Value.MapOf document, Origin origin, Pieces pieces) {
        document.get(SECTION)
                .filter(value -> !(value instanceof Value.Null))
                .ifPresent(body -> pieces.add(this, address(realm), body, origin.at(SECTION)));
        for (ProfileComponent profile : ProfileComponent.of(document, origin, pieces)) {
            pieces.add(this, address(realm), profile.body(), profile.origin());
        }
    }

    /** Names of the attributes that a profile has. */
    static Set<String> attributes(Value.MapOf profile) {
        return profile.map(ProfileBody.ATTRIBUTES).fields().keySet();
    }

    /** The live profile with the declared one over it. */
    static Value.MapOf planned(Optional<Resource> declared, Value.MapOf live) {
        return declared.map(resource -> Overlay.of(ProfileBody.SCHEMA, resource.value(), live)).orElse(live);
    }

}
