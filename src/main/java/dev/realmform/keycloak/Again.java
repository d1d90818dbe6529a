package dev.realmform.keycloak;

import dev.realmform.model.Path;
import java.util.Set;

/**
 * What of an object is read again just before a PUT, because the server would reset what the body does not hold.
 *
 * @param base  where in the resource the object of the PUT lies; {@link Path#ROOT} for the resource itself
 * @param maps  fields that the server replaces whole and that are owned key by key: what we change is laid over what is
 *              there now
 * @param carry beginnings of field names: such fields are sent as they are now, unless the body holds them
 * @param whole whether the body is what the type makes of all that is there now, see {@link KeycloakType#onto}
 */
record Again(Path base, Set<String> maps, Set<String> carry, boolean whole) {

    /** For a PUT that erases whatever its body does not hold. */
    static final Again ALL = new Again(Path.ROOT, Set.of(), Set.of(""));

    Again {
        maps = Set.copyOf(maps);
        carry = Set.copyOf(carry);
    }

    Again(Path base, Set<String> maps, Set<String> carry) {
        this(base, maps, carry, false);
    }

    /** For a PUT that replaces an object whose members are owned one by one. */
    static Again everything() {
        return new Again(Path.ROOT, Set.of(), Set.of(), true);
    }

    static Again maps(String... names) {
        return new Again(Path.ROOT, Set.of(names), Set.of());
    }
}
