package dev.realmform.access;

import dev.realmform.model.Address;
import dev.realmform.model.RealmAccess;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Groups and roles as reasons name them. */
final class Spoken {

    private Spoken() {}

    /** {@code osmo-group1 on osmo-device}; a role of the realm is its name. */
    static String role(Address role) {
        return role.key().size() < 3 ? role.name() : role.name() + " on " + role.key().get(1);
    }

    static String roles(Collection<Address> roles) {
        return roles.stream().map(Spoken::role).collect(Collectors.joining(", "));
    }

    /** How one comes to the last of a path by what lies before it. */
    static String through(List<Address> path) {
        List<Address> before = path.subList(0, path.size() - 1);
        return before.isEmpty() ? "directly"
                : "through "
                        + before.stream().map(Spoken::name).collect(Collectors.joining(", "));
    }

    private static String name(Address node) {
        return node.type().equals("group") ? RealmAccess.path(node) : "role " + role(node);
    }
}
