package dev.realmform.keycloak.admin;

import java.util.List;

/** Which role of the admin API a request needs. Seen on 26.7.3 with service accounts; the server itself names none in a 403. */
final class Roles {

    private Roles() {}

    /** The role's name, such as {@code view-clients}. */
    static String needed(Request request) {
        List<String> path = request.path();
        boolean reads = request.method() == Method.GET;
        if (path.isEmpty()) {
            return reads ? "view-realm" : "create-realm";
        }
        boolean whole = path.size() > 1 && (path.get(1).startsWith("partial") || path.get(1).equals("workflows"));
        if (whole || path.contains("testSMTPConnection")) {
            return "manage-realm";
        }
        String role = (reads ? "view-" : "manage-") + area(path);
        // By its id, nothing tells which client it is.
        if (path.contains("authz")) {
            return role + " (" + (reads ? "view" : "manage") + "-realm for the permissions of administrators)";
        }
        // 26.4.7 has no such role, and asks for another one.
        if (role.endsWith("-organizations")) {
            return role + " (manage-realm on a server without such a role)";
        }
        // By its id, nothing tells whether a role is the realm's or a client's.
        boolean anyRole = path.size() > 1 && path.get(1).equals("roles-by-id") && role.endsWith("-realm");
        return anyRole ? role + " (" + role.replace("-realm", "-clients") + " for the role of a client)" : role;
    }

    /** What is asked for, in a word or two. */
    static String thing(Request request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return "realms";
        }
        return path.size() == 1 ? "the settings" : "the " + path.get(1);
    }

    static String remedy(Request request, String role) {
        if (role.equals("create-realm")) {
            return "Grant the login's user or service account the role create-realm of realm master.";
        }
        String realm = request.realm().orElse("");
        return "Grant the login's user or service account the role " + role
                + " of client realm-management in realm " + realm + " (of client " + realm
                + "-realm, if it logs in to master).";
    }

    private static String area(List<String> path) {
        if (path.size() == 1) {
            return "realm";
        }
        if (path.contains("authz")) {
            return "authorization";
        }
        return switch (path.get(1)) {
            case "clients", "client-scopes", "client-templates", "default-default-client-scopes",
                    "default-optional-client-scopes" ->
                "clients";
            case "users" -> path.size() > 2 && path.get(2).equals("profile") ? "realm" : "users";
            case "groups", "group-by-path", "attack-detection" -> "users";
            case "roles", "roles-by-id" -> path.contains("users") || path.contains("groups") ? "users" : "realm";
            case "identity-provider" -> "identity-providers";
            case "events", "admin-events" -> "events";
            case "organizations" -> "organizations";
            default -> "realm";
        };
    }
}
