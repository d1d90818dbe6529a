package dev.realmform.keycloak;

import dev.realmform.model.Address;

/**
 * How a role of the realm or of a client is named inside policies: {@code approver}, {@code pay-portal/approver}. A slash that
 * belongs to the name of a role is written {@code ~/}; those of a client id are left as they are.
 */
final class RoleName {

    private RoleName() {}

    static Address address(String realm, String text) {
        int slash = slash(text);
        return slash < 0
                ? Address.of(RealmRoleType.NAME, realm, text.replace("~/", "/"))
                : Address.of(ClientRoleType.NAME, realm, text.substring(0, slash),
                        text.substring(slash + 1).replace("~/", "/"));
    }

    /** The last slash that is not part of the name of a role. */
    private static int slash(String text) {
        int slash = text.lastIndexOf('/');
        while (slash > 0 && text.charAt(slash - 1) == '~') {
            slash = text.lastIndexOf('/', slash - 1);
        }
        return slash;
    }

    static String text(Address role) {
        String name = role.name().replace("/", "~/");
        return role.type().equals(ClientRoleType.NAME) ? role.key().get(1) + "/" + name : name;
    }
}
