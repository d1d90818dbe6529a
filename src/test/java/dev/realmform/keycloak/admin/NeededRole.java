package dev.realmform.keycloak.admin;

/** The role that a request needs, for tests in other packages. */
public final class NeededRole {

    private NeededRole() {}

    public static String of(Request request) {
        return Roles.needed(request);
    }
}
