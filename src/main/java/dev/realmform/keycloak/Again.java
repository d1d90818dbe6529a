package dev.realmform.keycloak;

import dev.realmform.model.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What of an object is read again just before a PUT, because the server would reset what the body does not hold.
 *
 * @param base  where in the resource the object of the PUT lies; {@link Path#ROOT} for the resource itself
 * @param maps  fields that the server replaces whole and that are owned key by key, or member by member: what we change is laid
 *              over what is there now
 * @param carry beginnings of field names: such fields are sent as they are now, unless the body holds them
 * @param whole whether the body is what the type makes of all that is there now, see {@link KeycloakType#onto}
 * @param member of a list that the server replaces whole: the body is this member, and all others are sent as they are now
 * @param above  how many segments of the path further up the object lies that holds it in a list of named members, if it is read
 *               as part of that one; 0 if it is read by itself
 */
record Again(Path base, Set<String> maps, Set<String> carry, boolean whole, Optional<Member> member, int above) {

    /** For a PUT that erases whatever its body does not hold. */
    static final Again ALL = new Again(Path.ROOT, Set.of(), Set.of(""));

    /**
     * One member of a list.
     *
     * @param list the field of the object that holds the list
     * @param name what the member is called now
     */
    record Member(String list, String name) {}

    Again {
        maps = Set.copyOf(maps);
        carry = Set.copyOf(carry);
    }

    Again(Path base, Set<String> maps, Set<String> carry) {
        this(base, maps, carry, false, Optional.empty(), 0);
    }

    /** For a PUT that replaces an object whose members are owned one by one. */
    static Again everything() {
        return new Again(Path.ROOT, Set.of(), Set.of(), true, Optional.empty(), 0);
    }

    /** The same, read as part of the object that holds it. */
    Again readAbove(int segments) {
        return new Again(base, maps, carry, whole, member, segments);
    }

    /** A change of one member of a list; a body without fields takes it out. */
    static Again member(String list, String name) {
        return new Again(Path.ROOT, Set.of(), Set.of(), false, Optional.of(new Member(list, name)), 0);
    }

    static Again maps(String... names) {
        return new Again(Path.ROOT, Set.of(names), Set.of());
    }
}
