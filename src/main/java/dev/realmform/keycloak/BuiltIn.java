package dev.realmform.keycloak;

import dev.realmform.model.Address;

/** What a server makes by itself with every realm: each type knows its own. */
final class BuiltIn {

    private BuiltIn() {}

    static boolean is(Address address) {
        return KeycloakProvider.known(address).filter(type -> type.isBuiltIn(address)).isPresent();
    }

    /** Whether a realm that is made in the same run may hold it by the time it is to be made. */
    static boolean mayComeWithRealm(Address address) {
        return KeycloakProvider.known(address).filter(type -> type.mayComeWithRealm(address)).isPresent();
    }

    /**
     * Whether nobody may change it, not even the server's own admin: the clients that carry the admin roles, and their roles, and the
     * roles of master that hold them (26.7.3 answers 403 to each PUT, POST and DELETE there), and what is not a policy in the client of
     * the admin permissions.
     */
    static boolean isSealed(Address address) {
        if (AdminPermissions.holds(address)) {
            return AdminPermissions.isSealed(address);
        }
        if (address.type().equals(RealmRoleType.NAME)) {
            return address.root().equals("master") && RealmRoleType.OF_MASTER.contains(address.name());
        }
        boolean inClient = address.type().equals(ClientType.NAME) || address.type().equals(ClientRoleType.NAME);
        return inClient && (address.key().get(1).equals("realm-management")
                || (address.root().equals("master") && address.key().get(1).endsWith("-realm")));
    }
}
