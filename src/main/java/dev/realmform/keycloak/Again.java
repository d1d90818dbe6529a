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
 */
record Again(Path base, Set<String> maps, Set<String> carry) {

    Again {
        maps = Set.copyOf(maps);
        carry = Set.copyOf(carry);
    }

    /** For a PUT that erases whatever its body does not hold. */
    static final Again ALL = new Again(Path.ROOT, Set.of(), Set.of(""));

    static Again maps(String... names) {
        return new Again(Path.ROOT, Set.of(names), Set.of());
    }
}
