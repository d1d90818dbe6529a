package dev.realmform.keycloak;

import java.util.SortedSet;
import java.util.TreeSet;

/** The names of all resource types, for tests in other packages. */
public final class TypeNames {

    private TypeNames() {}

    public static SortedSet<String> all() {
        SortedSet<String> names = new TreeSet<>();
        KeycloakProvider.TYPES.forEach(type -> names.add(type.name()));
        return names;
    }
}
