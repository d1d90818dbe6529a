package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which attributes the users of a realm may have.
 *
 * <p>Seen on 26.7.3: an attribute that is not in the realm's user profile is dropped without a word (201, 204), unless the
 * profile's {@code unmanagedAttributePolicy} lets administrators write it. {@code locale} is taken where the realm has several
 * languages, though no profile lists it.
 */
record UserProfile(Set<String> attributes, boolean open, boolean languages) {

    private static final Set<String> OPEN = Set.of("ENABLED", "ADMIN_EDIT");
    private static final String LANGUAGES = "internationalizationEnabled";
    private static final int NAMED = 3;

    /** The attribute that users have in realms of several languages, whatever their profile says. */
    static final String LOCALE = "locale";

    private static UserProfile of(Value.MapOf profile, boolean languages) {
        return new UserProfile(UserProfileType.attributes(profile), isOpen(profile), languages);
    }

    /** Whether attributes that the profile does not list are kept. */
    static boolean isOpen(Value.MapOf profile) {
        return profile.text("unmanagedAttributePolicy").filter(OPEN::contains).isPresent();
    }

    /** Whether a change is one of a realm that gets or loses its languages. */
    static boolean givesLanguages(Change change) {
        return change.address().type().equals(RealmType.NAME)
                && change.edits().stream().anyMatch(edit -> edit.path().equals(Path.of(LANGUAGES)));
    }

    private boolean takes(String attribute) {
        return open || (languages && attribute.equals(LOCALE)) || attributes.contains(attribute);
    }

    /** The declared resources without attributes that the server would drop. Those that have any refer to the profile, so it is there. */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, LiveState live, Reader reader) {
        Map<String, UserProfile> profiles = new HashMap<>();
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        SortedMap<String, List<Resource>> dropped = new TreeMap<>();
        for (Resource user : declared.values()) {
            Value.MapOf attributes = user.value().map(Attributes.FIELD);
            if (!user.address().type().equals(UserType.NAME) || attributes.isEmpty()) {
                continue;
            }
            UserProfile profile = profiles.computeIfAbsent(user.address().root(),
                    realm -> read(realm, declared, live, reader));
            List<String> gone = attributes.fields().keySet().stream().filter(name -> !profile.takes(name)).toList();
            if (!gone.isEmpty()) {
                kept.put(user.address(), without(user, attributes.without(gone.toArray(String[]::new))));
                gone.stream()
                        .filter(name -> isSaid(user, name))
                        .forEach(
                                name -> dropped.computeIfAbsent(name, ignored -> new ArrayList<>()).add(user));
            }
        }
        return new Provider.Accepted(kept, dropped.entrySet().stream().map(UserProfile::warning).toList());
    }

    private static Resource without(Resource user, Value.MapOf attributes) {
        return user.withValue(attributes.isEmpty()
                ? user.value().without(Attributes.FIELD)
                : user.value().with(Attributes.FIELD, attributes));
    }

    /** Nothing is lost of an attribute that is empty or left to others. */
    private static boolean isSaid(Resource user, String attribute) {
        Path path = Path.of(Attributes.FIELD, attribute);
        boolean empty = user.value().map(Attributes.FIELD).list(attribute).isEmpty();
        return !empty && user.directives().ignore().stream().noneMatch(path::startsWith);
    }

    /** As it will be once this is applied. */
    private static UserProfile read(String realm, SortedMap<Address, Resource> declared, LiveState live,
            Reader reader) {
        Address address = RealmType.address(realm);
        Address own = UserProfileType.address(realm);
        Value.MapOf profile = UserProfileType.planned(Optional.ofNullable(declared.get(own)),
                live.find(own).map(object -> object.resource().value()).orElse(Value.EMPTY_MAP));
        Optional<LiveState.LiveObject> object = live.find(address);
        if (object.isEmpty() && !live.identity().realmIds().containsKey(realm)) {
            return of(profile, speaksLanguages(declared, address).orElse(false));
        }
        String name = object.flatMap(LiveState.LiveObject::formerly).map(Address::root).orElse(realm);
        boolean languages = speaksLanguages(declared, address)
                .orElseGet(() -> reader.object(name).filter(body -> body.isTrue(LANGUAGES)).isPresent());
        return of(profile, languages);
    }

    private static Optional<Boolean> speaksLanguages(SortedMap<Address, Resource> declared, Address realm) {
        return Optional.ofNullable(declared.get(realm))
                .filter(resource -> resource.value().has(LANGUAGES))
                .map(resource -> resource.value().isTrue(LANGUAGES));
    }

    private static Plan.Notice warning(Map.Entry<String, List<Resource>> dropped) {
        List<Resource> users = dropped.getValue();
        String named = String.join(", ", users.stream().limit(NAMED).map(user -> user.address().name()).toList());
        String more = users.size() > NAMED ? " and " + (users.size() - NAMED) + " more" : "";
        String where = users.getFirst().origin().at(Path.of(Attributes.FIELD, dropped.getKey())).toString();
        return new Plan.Notice.Warning(Optional.empty(),
                "left aside: the attribute " + dropped.getKey() + " of " + named + more
                        + " (" + where
                        + "), which the server would drop: it is not in the realm's user profile. Add it there, or"
                        + " let the profile take unmanaged attributes (Realm settings, General)");
    }
}
