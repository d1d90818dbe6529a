package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which attributes the users of a realm may have.
 *
 * <p>Seen on 26.7.3: an attribute that is not in the realm's user profile is dropped without a word (201, 204), unless the
 * profile's {@code unmanagedAttributePolicy} lets administrators write it.
 */
record UserProfile(Set<String> attributes, boolean open) {

    /** What a new realm has. The language is added where the realm has several. */
    private static final UserProfile OF_NEW_REALM = new UserProfile(Set.of(), false);

    private static final Set<String> OPEN = Set.of("ENABLED", "ADMIN_EDIT");

    private static UserProfile of(Value.MapOf profile) {
        Set<String> names = new HashSet<>();
        profile.list("attributes").forEach(item -> {
            if (item instanceof Value.MapOf attribute) {
                attribute.text("name").ifPresent(names::add);
            }
        });
        return new UserProfile(names, profile.text("unmanagedAttributePolicy").filter(OPEN::contains).isPresent());
    }

    private boolean takes(String attribute) {
        return open || attribute.equals("locale") || attributes.contains(attribute);
    }

    /** What of a plan the server would drop. */
    static List<Problem> review(Plan plan, Reader reader) {
        TreeMap<String, UserProfile> profiles = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Change change : plan.changes()) {
            Set<String> written = change.address().type().equals(UserType.NAME) ? written(change) : Set.of();
            if (!written.isEmpty()) {
                UserProfile profile = profiles.computeIfAbsent(change.address().root(),
                        realm -> read(plan, reader, realm));
                List<String> dropped = written.stream().filter(name -> !profile.takes(name)).toList();
                if (!dropped.isEmpty()) {
                    problems.add(dropped(change.declared().orElseThrow(), dropped));
                }
            }
        }
        return problems;
    }

    private static UserProfile read(Plan plan, Reader reader, String realm) {
        String live = plan.change(RealmType.address(realm))
                .flatMap(change -> change instanceof Change.Update update ? update.renamedFrom() : Optional.empty())
                .map(Address::root)
                .orElse(realm);
        return reader.object(live, "users", "profile").map(UserProfile::of).orElse(OF_NEW_REALM);
    }

    /** The attributes that a change sets. */
    private static Set<String> written(Change change) {
        Value.MapOf planned = Wire.planned(change).value().map(Attributes.FIELD);
        Set<String> names = new TreeSet<>();
        if (change instanceof Change.Create) {
            names.addAll(planned.fields().keySet());
        }
        for (Edit edit : change.edits()) {
            List<String> path = edit.path().segments();
            if (path.getFirst().equals(Attributes.FIELD)) {
                names.addAll(path.size() > 1 ? List.of(path.get(1)) : planned.fields().keySet());
            }
        }
        Set<Path> ignored = change.declared().map(desired -> desired.directives().ignore()).orElse(Set.of());
        names.removeIf(name -> planned.texts(name).isEmpty()
                || ignored.stream().anyMatch(Path.of(Attributes.FIELD, name)::startsWith));
        return names;
    }

    private static Problem dropped(Resource user, List<String> attributes) {
        boolean one = attributes.size() == 1;
        return Problem.refused(
                "the server would drop the attribute" + (one ? " " : "s ") + String.join(", ", attributes) + " of "
                        + user.address() + ": " + (one ? "it is" : "they are")
                        + " not in the user profile of the realm",
                user.origin().at(Path.of(Attributes.FIELD, attributes.getFirst())).exact(),
                "Add " + (one ? "it" : "them") + " to the realm's user profile, or let the profile take unmanaged"
                        + " attributes (Realm settings, General: Unmanaged attributes); or take "
                        + (one ? "it" : "them")
                        + " out of the file.");
    }
}
