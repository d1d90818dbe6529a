package dev.realmform.keycloak;

import dev.realmform.model.Path;
import java.util.Set;

/** What is read again just before a PUT, because the server would reset what the body does not hold. */
sealed interface Again {

    /** For a PUT that erases whatever its body does not hold. */
    Again ALL = new Fields(Path.ROOT, Set.of(), Set.of(""), 0);

    /**
     * Fields of the object that go along.
     *
     * @param base  where in the resource the object of the PUT lies; {@link Path#ROOT} for the resource itself
     * @param maps  fields that the server replaces whole and that are owned key by key, or member by member: what we change is
     *              laid over what is there now
     * @param carry beginnings of field names: such fields are sent as they are now, unless the body holds them
     * @param above how many segments of the path further up the object lies that holds it in a list of named members, if it is
     *              read as part of that one; 0 if it is read by itself
     */
    record Fields(Path base, Set<String> maps, Set<String> carry, int above) implements Again {
        public Fields {
            maps = Set.copyOf(maps);
            carry = Set.copyOf(carry);
        }
    }

    /**
     * One member of a list that the server replaces whole: the body is this member, and all others are sent as they are now. A
     * body without fields takes it out.
     *
     * @param list the field of the object that holds the list
     * @param name what the member is called now
     */
    record Member(String list, String name) implements Again {}

    /** All of an object whose members are owned one by one: the body is what {@link KeycloakType#onto} makes of it. */
    record Whole() implements Again {}

    /** Maps that are owned key by key. */
    static Again maps(String... names) {
        return new Fields(Path.ROOT, Set.of(names), Set.of(), 0);
    }

    /** Such maps inside a part of the resource. */
    static Again maps(Path base, String... names) {
        return new Fields(base, Set.of(names), Set.of(), 0);
    }

    /** Such maps, in an object of which all else goes along. */
    static Again allWith(String... maps) {
        return new Fields(Path.ROOT, Set.of(maps), Set.of(""), 0);
    }

    /** Such maps, and the fields whose names begin so. */
    static Again with(Set<String> maps, Set<String> carry) {
        return new Fields(Path.ROOT, maps, carry, 0);
    }
}
